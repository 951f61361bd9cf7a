import { useMemo, useState } from 'preact/hooks';
import type { RoomFacts } from '../../journal';
import { isLive } from '../../lines';
import { type Lane, stretchesOf, timelineOf } from '../../timeline';
import type { View } from '../../view';
import { useWords } from '../settings';
import { useNow } from '../store';
import type { Words } from '../words/words';
import { TimelineList } from './timeline-list';
import { TimelinePicture } from './timeline-picture';

type Props = { readonly view: View; readonly version: number; readonly room: RoomFacts };

/** The latest page as a picture; earlier ones can be chosen. */
export function TimelineOfPage({ view, version, room }: Props) {
  const words = useWords();
  const isGoing = [...view.calls.values()].some(isLive);
  const time = useNow(500, isGoing);
  // While nothing happens, the picture stays as it is.
  const now = isGoing ? time : 0;
  const [back, goBack] = useState(0);
  // The view is the same object, changed: its version shows that.
  const stretches = useMemo(() => stretchesOf(view, now), [version, now]);
  const place = Math.max(0, stretches.length - 1 - back);
  const drawn = useMemo(() => draw(stretches[place]), [version, now, place, words]);

  function draw(stretch: (typeof stretches)[number] | undefined) {
    if (!stretch) return <p class="muted">{words.timeline.empty}</p>;
    return (
      <Drawn
        timeline={timelineOf(view, stretch.from, stretch.to, now)}
        nameOf={(lane) => laneName(lane.id, room, words)}
        timeZone={room.timeZone}
      />
    );
  }

  return (
    <section id="timeline" class="panel" aria-labelledby="timeline-heading">
      <div class="heading">
        <h2 id="timeline-heading">{words.timeline.heading}</h2>
        {stretches.length > 1 && (
          <span class="row">
            <button type="button" disabled={place === 0} onClick={() => goBack(back + 1)}>
              ← {words.timeline.earlier}
            </button>
            <button type="button" disabled={back === 0} onClick={() => goBack(Math.max(0, back - 1))}>
              {words.timeline.later} →
            </button>
          </span>
        )}
      </div>
      {drawn}
    </section>
  );
}

type DrawnProps = {
  readonly timeline: ReturnType<typeof timelineOf>;
  readonly nameOf: (lane: Lane) => string;
  readonly timeZone: string;
};

function Drawn(props: DrawnProps) {
  return (
    <>
      <TimelinePicture {...props} />
      <Legend lanes={props.timeline.lanes} />
      <TimelineList {...props} />
    </>
  );
}

function Legend({ lanes }: { lanes: readonly Lane[] }) {
  const words = useWords();
  const bars = [...new Set(lanes.flatMap((lane) => lane.bars.map(({ kind }) => kind)))];
  const marks = [...new Set(lanes.flatMap((lane) => lane.marks.map(({ kind }) => kind)))];
  return (
    <ul class="legend">
      {bars.map((kind) => (
        <li key={kind}>
          <span class={`swatch ${kind}`} aria-hidden="true" />
          {words.timeline.kinds[kind]}
        </li>
      ))}
      {marks.map((kind) => (
        <li key={kind}>
          <span class={`swatch mark ${kind}`} aria-hidden="true" />
          {words.timeline.kinds[kind]}
        </li>
      ))}
    </ul>
  );
}

function laneName(id: string, room: RoomFacts, { timeline }: Words): string {
  if (Object.hasOwn(timeline.lanes, id)) return timeline.lanes[id as keyof typeof timeline.lanes];
  return room.members.find(({ phone }) => phone === id)?.name ?? id;
}
