/** Tells a screen reader what others see: a phone that rings, somebody who picks up, an alert. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Entry, RoomFacts } from '../../journal';
import { useWords } from '../settings';
import { onEntry } from '../store';
import type { Words } from '../words/words';

export function Announcer() {
  const words = useWords();
  const [said, say] = useState('');
  const calls = useRef(new Map<string, string>());
  const room = useRef<RoomFacts>(undefined);

  useEffect(
    () =>
      onEntry((entry, isOld) => {
        if (entry.kind === 'opened') {
          room.current = entry.room;
          calls.current.clear();
        }
        if (entry.kind === 'call') calls.current.set(entry.call, nameOf(entry.to, room.current));
        const news = isOld ? undefined : newsOf(entry, calls.current, words);
        if (news) say(news);
      }),
    [words],
  );
  return (
    <p class="unseen" role="status" aria-live="assertive">
      {said}
    </p>
  );
}

function nameOf(place: string, room: RoomFacts | undefined): string {
  return room?.members.find(({ phone }) => phone === place)?.name ?? '';
}

function newsOf(entry: Entry, calls: ReadonlyMap<string, string>, { announce }: Words): string | undefined {
  if (entry.kind === 'alert') {
    const { monitorName, status } = entry.alert;
    return status === 'OK' ? announce.closed(monitorName) : announce.raised(monitorName);
  }
  const name = 'call' in entry ? calls.get(entry.call) : '';
  if (!name) return undefined;
  if (entry.kind === 'ringing') return announce.rings(name);
  if (entry.kind === 'ended') return announce.ends(name);
  if (entry.kind === 'answered')
    return entry.by === 'voicemail' ? announce.voicemail(name) : announce.answers(name);
  return undefined;
}
