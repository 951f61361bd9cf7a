/** An alert to raise: ready-made, or in the user's own words; one or a burst. */
import { useState } from 'preact/hooks';
import { presets, type Wanted } from '../presets';
import { send } from '../send';
import { useWords } from '../settings';

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

export function Raise() {
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
