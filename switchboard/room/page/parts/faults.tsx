import type { RoomFacts } from '../../journal';
import type { View } from '../../view';
import { send } from '../send';
import { useWords } from '../settings';
import { clockTime } from '../time';

type Props = { readonly view: View; readonly room: RoomFacts };

const OF_NEIGHBOURS = ['down', 'silent', 'slow', 'wrong', 'busy'];
const OF_CALLBACKS = ['late', 'twice', 'lost'];
const FAULTS: readonly (readonly [string, readonly string[]])[] = [
  ['twilio', OF_NEIGHBOURS],
  ['sync', OF_NEIGHBOURS],
  ['slack', OF_NEIGHBOURS],
  ['mackerel', OF_NEIGHBOURS],
  ['callbacks', OF_CALLBACKS],
  ['documents', OF_CALLBACKS],
  ['account', ['one-a-second', 'four-at-once']],
];

/** The number of Twilio's errors shown, the latest first. */
const MOST = 20;

export function Faults({ view, room }: Props) {
  const words = useWords();
  const { faults } = view.settings;
  const mend = () =>
    void send('PUT', '/api/faults', Object.fromEntries(FAULTS.map(([what]) => [what, null])));
  return (
    <div id="faults">
      <p class="muted">{words.faults.hint}</p>
      <div class="faults">
        {FAULTS.map(([what, ways]) => (
          <label key={what} class={faults[what] ? 'broken' : ''}>
            {words.faults.what[what]}
            <select
              value={faults[what] ?? ''}
              onChange={({ currentTarget }) =>
                void send('PUT', '/api/faults', { [what]: currentTarget.value || null })
              }
            >
              <option value="">{words.faults.fine}</option>
              {ways.map((how) => (
                <option key={how} value={how}>
                  {words.faults.how[how]}
                </option>
              ))}
            </select>
          </label>
        ))}
      </div>
      {Object.keys(faults).length > 0 && (
        <button type="button" onClick={mend}>
          {words.faults.mend}
        </button>
      )}
      {view.troubles.length > 0 && (
        <>
          <h3>{words.faults.troubles}</h3>
          <ul class="events">
            {view.troubles
              .slice(-MOST)
              .reverse()
              .map(({ at, code, message }, place) => (
                <li key={`${place} ${at}`}>
                  <time>{clockTime(at, room.timeZone)}</time> <b>{code}</b> {message}
                </li>
              ))}
          </ul>
        </>
      )}
    </div>
  );
}
