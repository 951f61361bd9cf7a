import { useState } from 'preact/hooks';
import type { RoomFacts } from '../../journal';
import { type Lane, stretchesOf, timelineOf } from '../../timeline';
import { isLive, type View } from '../../view';
import { useWords } from '../settings';
import { useNow } from '../store';
import type { Words } from '../words/words';
import { TimelineList } from './timeline-list';
import { TimelinePicture } from './timeline-picture';

type Props = { readonly view: View; readonly room: RoomFacts };

/** The latest page as a picture; the ones before it can be looked at, too. */
export function TimelineOfPage({ view, room }: Props) {
  const words = useWords();
  const isGoing = [...view.calls.values()].some(isLive);
  const now = useNow(500, isGoing);
  const [back, goBack] = useState(0);
  const stretches = stretchesOf(view, now);
  const place = Math.max(0, stretches.length - 1 - back);
  const stretch = stretches[place];
  const nameOf = (lane: Lane) => laneName(lane.id, room, words);
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
      {stretch ? (
        <Drawn
          timeline={timelineOf(view, stretch.from, stretch.to, now)}
          nameOf={nameOf}
          timeZone={room.timeZone}
        />
      ) : (
        <p class="muted">{words.timeline.empty}</p>
      )}
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
