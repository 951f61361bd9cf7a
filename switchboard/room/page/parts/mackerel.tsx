import { useState } from 'preact/hooks';
import type { AlertSeen, RoomFacts } from '../../journal';
import type { View } from '../../view';
import { presets, type Wanted } from '../presets';
import { send } from '../send';
import { useWords } from '../settings';
import { clockTime } from '../time';

type Props = { readonly view: View; readonly room: RoomFacts };

const TYPES = [
  'host',
  'service',
  'external',
  'check',
  'connectivity',
  'expression',
  'anomalyDetection',
  'query',
] as const;
const STATUSES = ['CRITICAL', 'WARNING', 'UNKNOWN'] as const;

export function Mackerel({ view, room }: Props) {
  const words = useWords();
  return (
    <section id="mackerel" class="panel" aria-labelledby="mackerel-heading">
      <h2 id="mackerel-heading">{words.mackerel.heading}</h2>
      <Raise />
      <Drill />
      <Alerts alerts={[...view.alerts.values()]} timeZone={room.timeZone} />
    </section>
  );
}

function Raise() {
  const words = useWords();
  const [wanted, want] = useState<Wanted>(presets[0]?.alert ?? {});
  const [preset, setPreset] = useState('0');
  const [count, setCount] = useState(1);
  const change = (changes: Wanted) => want({ ...wanted, ...changes });

  const choose = (value: string) => {
    setPreset(value);
    const chosen = presets[Number(value)];
    if (chosen) want(chosen.alert);
  };
  const raise = (event: Event) => {
    event.preventDefault();
    const told = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== ''));
    void send('POST', '/api/alerts', { ...told, count });
  };

  return (
    <form class="raise" onSubmit={raise}>
      <label>
        {words.mackerel.preset}
        <select value={preset} onChange={({ currentTarget }) => choose(currentTarget.value)}>
          {presets.map(({ alert }, place) => (
            <option key={alert.monitorName} value={String(place)}>
              {`${words.mackerel.types[alert.type ?? 'host']}: ${alert.monitorName}`}
            </option>
          ))}
          <option value="own">{words.mackerel.own}</option>
        </select>
      </label>
      <label>
        {words.mackerel.status}
        <select
          value={wanted.status ?? 'CRITICAL'}
          onChange={({ currentTarget }) =>
            change({ status: currentTarget.value as (typeof STATUSES)[number] })
          }
        >
          {STATUSES.map((status) => (
            <option key={status} value={status}>
              {words.mackerel.statuses[status]}
            </option>
          ))}
        </select>
      </label>
      <details open={preset === 'own'}>
        <summary>{words.mackerel.more}</summary>
        <label>
          {words.mackerel.type}
          <select
            value={wanted.type ?? 'host'}
            onChange={({ currentTarget }) => change({ type: currentTarget.value as (typeof TYPES)[number] })}
          >
            {TYPES.map((type) => (
              <option key={type} value={type}>
                {words.mackerel.types[type]}
              </option>
            ))}
          </select>
        </label>
        <Text
          label={words.mackerel.monitor}
          value={wanted.monitorName}
          set={(monitorName) => change({ monitorName })}
        />
        <Text label={words.mackerel.message} value={wanted.message} set={(message) => change({ message })} />
        <Text
          label={words.mackerel.group}
          value={wanted.group}
          set={(group) => change({ group })}
          hint={words.mackerel.groupHint}
        />
        <label>
          {words.mackerel.count}
          <input
            type="number"
            min="1"
            max="1000"
            value={count}
            onInput={({ currentTarget }) => setCount(Math.max(1, Number(currentTarget.value) || 1))}
          />
        </label>
      </details>
      <button type="submit" class="primary">
        {words.mackerel.raise}
        {count > 1 && ` × ${count}`}
      </button>
    </form>
  );
}

function Drill() {
  const words = useWords();
  return (
    <p class="drill">
      <button type="button" onClick={() => void send('POST', '/api/drills')}>
        {words.mackerel.drill}
      </button>
      <span class="muted">{words.mackerel.drillHint}</span>
    </p>
  );
}

type TextProps = { label: string; value?: string; set: (value: string) => void; hint?: string };

function Text({ label, value = '', set, hint }: TextProps) {
  return (
    <label>
      {label}
      <input
        type="text"
        value={value}
        placeholder={hint}
        onInput={({ currentTarget }) => set(currentTarget.value)}
      />
    </label>
  );
}

/** Alerts that stand there without being asked for. */
const MOST = 5;

function Alerts({ alerts, timeZone }: { alerts: readonly AlertSeen[]; timeZone: string }) {
  const words = useWords();
  const open = alerts.filter(({ status }) => status !== 'OK').reverse();
  const closed = alerts.filter(({ status }) => status === 'OK').reverse();
  return (
    <>
      <h3>{words.mackerel.open(open.length)}</h3>
      {open.length === 0 && <p class="muted">{words.mackerel.none}</p>}
      <List alerts={open} timeZone={timeZone} />
      {closed.length > 0 && (
        <details>
          <summary>{words.mackerel.closed(closed.length)}</summary>
          <List alerts={closed} timeZone={timeZone} />
        </details>
      )}
    </>
  );
}

function List({ alerts, timeZone }: { alerts: readonly AlertSeen[]; timeZone: string }) {
  const words = useWords();
  const [isWhole, showAll] = useState(false);
  if (alerts.length === 0) return null;
  return (
    <ul class="alerts">
      {(isWhole ? alerts : alerts.slice(0, MOST)).map((alert) => (
        <Alert key={alert.id} alert={alert} timeZone={timeZone} />
      ))}
      {!isWhole && alerts.length > MOST && (
        <li>
          <button type="button" onClick={() => showAll(true)}>
            {words.mackerel.andMore(alerts.length - MOST)}
          </button>
        </li>
      )}
    </ul>
  );
}

function Alert({ alert, timeZone }: { alert: AlertSeen; timeZone: string }) {
  const words = useWords();
  const { id, monitorName, status, about, openedAt, closedAt, group } = alert;
  const ask = (what: string) => () => void send('POST', `/api/alerts/${id}/${what}`);
  return (
    <li>
      <p>
        <span class={`status ${status.toLowerCase()}`}>{words.mackerel.statuses[status]}</span>{' '}
        <b>{monitorName}</b>
        {group && <span class="muted"> · {group}</span>}
      </p>
      <p class="muted">
        {about} · <time>{clockTime(closedAt ?? openedAt, timeZone)}</time>
      </p>
      {status !== 'OK' && (
        <p class="row">
          <button
            type="button"
            aria-label={words.mackerel.ofAlert(words.mackerel.resend, monitorName)}
            onClick={ask('resend')}
          >
            {words.mackerel.resend}
          </button>
          <button
            type="button"
            aria-label={words.mackerel.ofAlert(words.mackerel.close, monitorName)}
            onClick={ask('close')}
          >
            {words.mackerel.close}
          </button>
        </p>
      )}
    </li>
  );
}
