import { useMemo, useState } from 'preact/hooks';
import type { RequestSeen, RoomFacts } from '../../journal';
import type { View } from '../../view';
import { useWords } from '../settings';
import { clockTime } from '../time';
import type { Words } from '../words/words';
import { LogEntry } from './log-entry';

type Props = { readonly view: View; readonly version: number; readonly room: RoomFacts };
type Shown = 'webhooks' | 'all';

/** Pixels of a row, as in the style sheet: only visible rows are drawn. */
const ROW = 32;
const HEIGHT = 384;
const SPARE = 6;

export function Log({ view, version, room }: Props) {
  const words = useWords();
  const [shown, show] = useState<Shown>('webhooks');
  const [opened, open] = useState<RequestSeen | undefined>(undefined);
  const [top, setTop] = useState(0);
  // The view is the same object, changed: its version shows that.
  const requests = useMemo(() => requestsIn(view, shown), [version, shown]);
  const first = Math.max(0, Math.floor(top / ROW) - SPARE);
  const inSight = requests.slice(first, first + Math.ceil(HEIGHT / ROW) + 2 * SPARE);
  return (
    <>
      <div class="row">
        <label>
          {words.log.show}{' '}
          <select value={shown} onChange={({ currentTarget }) => show(currentTarget.value as Shown)}>
            <option value="webhooks">{words.log.shows.webhooks}</option>
            <option value="all">{words.log.shows.all}</option>
          </select>
        </label>
        <span class="muted">{requests.length}</span>
      </div>
      {requests.length === 0 ? (
        <p class="muted">{words.log.empty}</p>
      ) : (
        <section
          class="log"
          aria-label={words.floor.tabs.log}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be within reach of the keyboard
          tabIndex={0}
          onScroll={({ currentTarget }) => setTop(currentTarget.scrollTop)}
        >
          <table aria-rowcount={requests.length + 1}>
            <thead>
              <tr>
                {Object.entries(words.log.columns).map(([column, name]) => (
                  <th key={column} scope="col" class={column}>
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              <Space rows={first} />
              {inSight.map((request, place) => (
                <Row
                  key={request.id}
                  place={first + place + 2}
                  request={request}
                  timeZone={room.timeZone}
                  open={() => open(request)}
                />
              ))}
              <Space rows={requests.length - first - inSight.length} />
            </tbody>
          </table>
        </section>
      )}
      {opened && <LogEntry request={opened} view={view} close={() => open(undefined)} />}
    </>
  );
}

function requestsIn({ requests }: View, shown: Shown): RequestSeen[] {
  const all = [...requests.values()].reverse();
  return shown === 'all' ? all : all.filter(({ to }) => to === 'functions');
}

function Space({ rows }: { rows: number }) {
  if (rows <= 0) return null;
  return (
    <tr class="space">
      <td colSpan={6} height={rows * ROW} />
    </tr>
  );
}

type RowProps = { request: RequestSeen; timeZone: string; open: () => void; place: number };

function Row({ request, timeZone, open, place }: RowProps) {
  const words = useWords();
  const { at, to, method, path, status, ms, requestCounts, fault } = request;
  const what = `${method} ${path}`;
  return (
    <tr aria-rowindex={place} class={to}>
      <td class="time">{clockTime(at, timeZone)}</td>
      <td class="to">{nameOf(to, words)}</td>
      <td class="request">
        <button type="button" class="link" aria-label={words.log.opens(what)} onClick={open}>
          {what}
        </button>
      </td>
      <td class={`status ${(status ?? 200) >= 400 || fault ? 'bad' : ''}`}>
        {status ?? fault ?? words.log.waiting}
      </td>
      <td class="took">{ms === undefined ? '' : words.log.took(ms)}</td>
      <td class="request-counts">
        {requestCounts && words.log.requestCounts(Object.entries(requestCounts))}
      </td>
    </tr>
  );
}

function nameOf(to: RequestSeen['to'], { log }: Words): string {
  return { functions: log.functions, twilio: 'Twilio', sync: 'Sync', slack: 'Slack', mackerel: 'Mackerel' }[
    to
  ];
}
