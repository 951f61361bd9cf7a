import { OWN } from '../../journal';
import { isLive, latestCallAt } from '../../lines';
import type { View } from '../../view';
import { send } from '../send';
import { useWords } from '../settings';
import { useNow } from '../store';
import { secondsSince } from '../time';
import { Keypad } from './keypad';
import { Gesture } from './member-phone';
import { Subtitle } from './subtitle';

/** The phone of the person in the room: it calls number A. */
export function OwnPhone({ view }: { readonly view: View }) {
  const words = useWords();
  const call = latestCallAt(view, OWN);
  const isOn = call !== undefined && isLive(call);
  const now = useNow(500, isOn);
  const name = words.own.heading;
  return (
    <section class={`phone service ${isOn ? 'talking' : 'over'}`} aria-label={name}>
      <div class="head">
        <b>{name}</b>
        {isOn && (
          <span class="standing">{words.desk.talking(secondsSince(call.answeredAt ?? now, now))}</span>
        )}
      </div>
      {isOn ? (
        <>
          <Subtitle call={call} />
          <Keypad phone={OWN} name={name} keys={call.keys} />
          <p class="row">
            <Gesture what="hang-up" phone={OWN} name={name} look="danger" />
          </p>
        </>
      ) : (
        <>
          <p class="muted">{words.own.hint}</p>
          <button type="button" onClick={() => void send('POST', '/api/phones/own/call')}>
            {words.own.call}
          </button>
        </>
      )}
    </section>
  );
}
