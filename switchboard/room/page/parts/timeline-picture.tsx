import { useEffect, useRef, useState } from 'preact/hooks';
import type { Bar, Lane, Timeline, TimelineMark } from '../../timeline';
import { useWords } from '../settings';
import { clockTime } from '../time';

/** Pixels. */
const LANE = 30;
const AXIS = 22;
const BAR = 16;
const NAMES = 96;
const EDGE = 32;
/** Seconds between two lines; as many lines as there is room for. */
const STEPS = [10, 15, 30, 60, 120, 300, 600, 1800, 3600];
const LEAST_STEP = 72;

type Props = {
  readonly timeline: Timeline;
  readonly nameOf: (lane: Lane) => string;
  readonly timeZone: string;
};

export function TimelinePicture({ timeline, nameOf, timeZone }: Props) {
  const words = useWords();
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  const { from, to, lanes } = timeline;
  const room = Math.max(60, width - NAMES - EDGE);
  const x = (at: number) => NAMES + ((Math.min(Math.max(at, from), to) - from) / (to - from)) * room;
  const height = AXIS + lanes.length * LANE + 6;
  const took = Math.round((to - from) / 1000);
  return (
    <div class="picture" ref={frame}>
      <svg
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={words.timeline.summary(lanes.length, took)}
      >
        {ticksIn(from, to, room).map((at) => (
          <g key={at}>
            <line class="tick" x1={x(at)} x2={x(at)} y1={AXIS - 4} y2={height} />
            <text class="time" x={x(at)} y={AXIS - 9} text-anchor="middle">
              {clockTime(at, timeZone)}
            </text>
          </g>
        ))}
        {lanes.map((lane, place) => (
          <g key={lane.id} transform={`translate(0 ${AXIS + place * LANE})`}>
            <line class="lane" x1={0} x2={width} y1={LANE} y2={LANE} />
            <text class="name" x={0} y={LANE / 2 + 5}>
              {cut(nameOf(lane))}
            </text>
            {apart(lane.bars, ({ to }) => x(to)).map((bar) => (
              <BarOf key={`${bar.from} ${bar.kind}`} bar={bar} x={x} />
            ))}
            {apart(lane.marks, ({ at, kind }) => (kind === 'key' ? Number.NaN : x(at))).map((mark, count) => (
              <MarkOf key={`${mark.at} ${count}`} mark={mark} x={x(mark.at)} />
            ))}
          </g>
        ))}
      </svg>
    </div>
  );
}

function BarOf({ bar, x }: { bar: Bar; x: (at: number) => number }) {
  const words = useWords();
  const left = x(bar.from);
  const width = Math.max(2, x(bar.to) - left);
  const seconds = Math.round((bar.to - bar.from) / 1000);
  const ended = bar.end ? ` · ${words.desk.ended[bar.end] ?? bar.end}` : '';
  return (
    <rect class={`bar ${bar.kind}`} x={left} y={(LANE - BAR) / 2} width={width} height={BAR} rx={3}>
      <title>{words.timeline.span(words.timeline.kinds[bar.kind] ?? bar.kind, seconds) + ended}</title>
    </rect>
  );
}

function MarkOf({ mark, x }: { mark: TimelineMark; x: number }) {
  const words = useWords();
  const title = <title>{`${words.timeline.kinds[mark.kind]}: ${mark.what.split('\n')[0]}`}</title>;
  const y = LANE / 2;
  if (mark.kind === 'key')
    return (
      <g class="mark key">
        {title}
        <circle cx={x} cy={y} r={9} />
        <text x={x} y={y + 4.5} text-anchor="middle">
          {mark.what}
        </text>
      </g>
    );
  if (mark.kind === 'slack')
    return (
      <rect class="mark slack" x={x - 4} y={y - 4} width={8} height={8} rx={2}>
        {title}
      </rect>
    );
  const points =
    mark.kind === 'notified'
      ? `${x - 5},${y - 5} ${x + 5},${y - 5} ${x},${y + 5}`
      : `${x},${y - 6} ${x + 6},${y} ${x},${y + 6} ${x - 6},${y}`;
  return (
    <polygon class={`mark ${mark.kind}`} points={points}>
      {title}
    </polygon>
  );
}

/** Leaves out a mark less than a pixel from the one before it. Marks without a place stay. */
function apart<T>(all: readonly T[], placeOf: (one: T) => number): T[] {
  let last = Number.NEGATIVE_INFINITY;
  return all.filter((one) => {
    const place = placeOf(one);
    if (Math.abs(place - last) < 1) return false;
    last = place;
    return true;
  });
}

/** Round times, as close together as they can be read. */
function ticksIn(from: number, to: number, room: number): number[] {
  const most = Math.max(1, Math.floor(room / LEAST_STEP));
  const seconds = (to - from) / 1000;
  const step = (STEPS.find((one) => seconds / one <= most) ?? 7200) * 1000;
  const first = Math.ceil(from / step) * step;
  return Array.from(
    { length: Math.max(0, Math.floor((to - first) / step) + 1) },
    (_, place) => first + place * step,
  );
}

/** Letters of a name beside its lane; Chinese and Japanese ones are twice as wide. */
const ROOM_FOR_NAME = 13;
function cut(name: string): string {
  let room = ROOM_FOR_NAME;
  const letters = [...name];
  const shown = letters.filter((letter) => {
    room -= /[\u3000-\u9fff\uff00-\uffef]/.test(letter) ? 2 : 1;
    return room >= 0;
  });
  return shown.length < letters.length ? `${shown.slice(0, -1).join('')}…` : name;
}

function useWidth(frame: { readonly current: HTMLDivElement | null }): number {
  const [width, setWidth] = useState(600);
  useEffect(() => {
    if (!frame.current) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setWidth(Math.floor(entry.contentRect.width));
    });
    observer.observe(frame.current);
    return () => observer.disconnect();
  }, [frame]);
  return width;
}
