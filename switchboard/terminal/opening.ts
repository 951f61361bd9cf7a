import type { DialList } from '../../src/dial-list/list';
import type { Act } from '../drill/scripted-people';
import type { Phrases } from './phrases';
import { blank, type Row, span } from './row';

/** The lines above the story: where everything is, who is on the list, and how fast time runs. */
export function opening(
  phrases: Phrases,
  about: {
    readonly functions: string;
    readonly room: string;
    readonly members: DialList['members'];
    readonly from: string;
    readonly speed: number;
  },
): Row[] {
  const { labels } = phrases;
  const line = (label: string, ...spans: Row['spans']) => ({ label: span(label, 'faint'), spans });
  return [
    blank,
    { label: span('mackerel-kaden', 'strong'), spans: [span(phrases.heading)] },
    blank,
    line(labels.functions, span(about.functions, 'code'), span(`  ${phrases.functionsNote}`, 'faint')),
    line(labels.room, span(about.room, 'code'), span(`  ${phrases.roomNote}`, 'faint')),
    line(labels.members, span(about.members.map(({ name }) => name).join(' → '))),
    line(labels.time, span(phrases.time(about.from, about.speed))),
  ];
}

/** The lines above every drill: how people are going to behave. */
export function planRow(phrases: Phrases, members: number, acts: readonly Act[]): Row {
  return { label: span(phrases.labels.plan, 'faint'), spans: [span(phrases.plan(members, acts))] };
}

/** The lines below the first drill: how to raise and close alerts by hand. */
export function howToGoOn(phrases: Phrases, room: string, alert: string): Row[] {
  const ways = phrases.next(room, alert).map(({ what, how }) => ({
    label: span(what, 'faint'),
    spans: [span(how, 'code')],
  }));
  return [...ways, blank];
}
