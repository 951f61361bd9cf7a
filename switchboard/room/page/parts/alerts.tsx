import { useState } from 'preact/hooks';
import type { AlertSeen } from '../../journal';
import { send } from '../send';
import { useWords } from '../settings';
import { clockTime } from '../time';

/** The number of alerts shown at first. */
const MOST = 5;

export function Alerts({ alerts, timeZone }: { alerts: readonly AlertSeen[]; timeZone: string }) {
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
