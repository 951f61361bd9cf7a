/** How people and alerts are written, short enough for a message to have room for them. */

import type { DialList } from '../dial-list/list';
import { type AlertDetails, alertIn, type State } from '../escalation';
import { type Depth, FULL } from './depth';
import { clipped, escaped, linkable } from './markup';
import { phrasesIn } from './phrase-book';
import type { Names, Phrases } from './phrases';

export function namesIn({ members, language }: DialList, state: State, depth: Depth = FULL): Names {
  const name = (member: number) => escaped(clipped(members[member]?.name ?? `#${member + 1}`, depth.member));
  const mention = (member: number) => {
    const id = depth.isBare ? undefined : members[member]?.slackUserId;
    return id ? `<@${id}>` : name(member);
  };
  const alert = (id: string) => titleOf(alertIn(state, id) ?? { id, heardAt: 0 }, phrasesIn(language), depth);
  return { name, mention, alert, listed: depth.listed };
}

/** An alert in a few words: the monitor and what it watches, else its id. */
export function titleOf(
  { id, isGroup, monitor, target, url }: AlertDetails,
  phrases: Phrases,
  depth: Depth = FULL,
): string {
  const short = (word: string) => escaped(clipped(word, depth.title));
  const name = isGroup && monitor !== undefined ? phrases.alertGroup(monitor) : monitor;
  const words = [name, target].filter((word) => word !== undefined);
  const title = words.map(short).join(' — ') || `${phrases.alertOfUnknownName} \`${short(id)}\``;
  const link = url && linkable(url);
  return link && link.length <= depth.url ? `<${link}|${title.replaceAll('|', '¦')}>` : title;
}
