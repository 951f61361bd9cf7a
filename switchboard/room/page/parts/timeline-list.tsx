import { useState } from 'preact/hooks';
import type { Lane, Timeline } from '../../timeline';
import { useWords } from '../settings';
import { clockTime } from '../time';

type Props = {
  readonly timeline: Timeline;
  readonly nameOf: (lane: Lane) => string;
  readonly timeZone: string;
};

/** The picture as text. */
export function TimelineList(props: Props) {
  const words = useWords();
  const [isOpen, setOpen] = useState(false);
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{words.timeline.asList}</summary>
      {isOpen && <Rows {...props} />}
    </details>
  );
}

function Rows({ timeline, nameOf, timeZone }: Props) {
  const words = useWords();
  const rows = timeline.lanes
    .flatMap((lane) => [
      ...lane.bars.map(({ from, to, kind, end }) => {
        const span = words.timeline.span(words.timeline.kinds[kind] ?? kind, Math.round((to - from) / 1000));
        return {
          at: from,
          who: nameOf(lane),
          what: end ? `${span} · ${words.desk.ended[end] ?? end}` : span,
        };
      }),
      ...lane.marks.map(({ at, kind, what }) => ({
        at,
        who: nameOf(lane),
        what: `${words.timeline.kinds[kind]}: ${what.split('\n')[0]}`,
      })),
    ])
    .sort((one, other) => one.at - other.at);
  return (
    <ol class="events">
      {rows.map(({ at, who, what }, place) => (
        <li key={`${place} ${at}`}>
          <time>{clockTime(at, timeZone)}</time> <b>{who}</b> {what}
        </li>
      ))}
    </ol>
  );
}
