import type { Habit, Place, RoomFacts } from '../../journal';
import { isInHand, latestCallAt, standingOf } from '../../lines';
import type { CallSeen, View } from '../../view';
import { send } from '../send';
import { useWords } from '../settings';
import { useNow } from '../store';
import { secondsSince } from '../time';
import { Keypad } from './keypad';
import { Subtitle } from './subtitle';

type Props = {
  readonly view: View;
  readonly room: RoomFacts;
  readonly phone: Place;
  readonly members: readonly number[];
  readonly position: number;
};

const HABITS: readonly Habit[] = [
  'by-hand',
  'ignores',
  'takes',
  'passes',
  'voicemail',
  'busy',
  'switched-off',
];

export function MemberPhone({ view, room, phone, members, position }: Props) {
  const names = members.map((member) => room.members[member]?.name ?? '');
  const name = names.join('・');
  const call = latestCallAt(view, phone);
  const standing = call ? standingOf(call) : 'over';
  const habit = view.settings.habits[phone] ?? 'by-hand';
  return (
    <li id={`phone-${phone}`} class={`phone ${standing}`} aria-label={name} tabIndex={-1}>
      <div class="head">
        <span class="place" aria-hidden="true">
          {position + 1}
        </span>
        <b>{name}</b>
        <Standing call={call} />
      </div>
      {call && standing === 'ringing' && <Ringing call={call} phone={phone} name={name} />}
      {call && (standing === 'talking' || standing === 'voicemail') && (
        <OnTheLine call={call} phone={phone} name={name} />
      )}
      {standing === 'over' && <AtRest phone={phone} name={name} habit={habit} />}
    </li>
  );
}

/** What the phone does when it rings; it can also call. */
function AtRest({ phone, name, habit }: { phone: Place; name: string; habit: Habit }) {
  const words = useWords();
  return (
    <>
      <label class="habit">
        {words.desk.habit}
        <select
          value={habit}
          onChange={({ currentTarget }) =>
            void send('PUT', `/api/phones/${phone}`, { habit: currentTarget.value })
          }
        >
          {HABITS.map((one) => (
            <option key={one} value={one}>
              {words.desk.habits[one]}
            </option>
          ))}
        </select>
      </label>
      <button
        type="button"
        class="link"
        aria-label={words.desk.ofPhone(words.own.call, name)}
        onClick={() => void send('POST', `/api/phones/${phone}/call`)}
      >
        {words.own.call}
      </button>
    </>
  );
}

function Standing({ call }: { call: CallSeen | undefined }) {
  const words = useWords();
  const standing = call ? standingOf(call) : 'over';
  const now = useNow(500, standing !== 'over');
  const since = secondsSince(call?.answeredAt ?? call?.ringingAt ?? now, now);
  const said = {
    over: call?.status ? (words.desk.ended[call.status] ?? call.status) : words.desk.idle,
    dialed: words.desk.dialed,
    ringing: words.desk.ringing,
    talking: words.desk.talking(since),
    voicemail: words.desk.voicemail(since),
  }[standing];
  return <span class="standing">{said}</span>;
}

type AtHand = { readonly call: CallSeen; readonly phone: Place; readonly name: string };

function Ringing({ call, phone, name }: AtHand) {
  const words = useWords();
  const now = useNow(250);
  const { ringingAt = now, most } = call;
  const left = Math.max(0, most - secondsSince(ringingAt, now));
  return (
    <>
      <p class="left">
        <progress value={most - left} max={most} aria-label={words.desk.ringing} />
        <span>{words.desk.secondsLeft(left)}</span>
      </p>
      <p class="row">
        <Gesture what="pick-up" phone={phone} name={name} look="good" />
        <Gesture what="refuse" phone={phone} name={name} look="danger" />
      </p>
    </>
  );
}

function OnTheLine({ call, phone, name }: AtHand) {
  const isPerson = isInHand(call);
  return (
    <>
      <Subtitle call={call} />
      {isPerson && <Keypad phone={phone} name={name} keys={call.keys} />}
      {isPerson && (
        <p class="row">
          <Gesture what="hang-up" phone={phone} name={name} look="danger" />
        </p>
      )}
    </>
  );
}

type GestureProps = { what: 'pick-up' | 'refuse' | 'hang-up'; phone: Place; name: string; look: string };

export function Gesture({ what, phone, name, look }: GestureProps) {
  const words = useWords();
  const said = words.desk.gestures[what];
  return (
    <button
      type="button"
      class={look}
      aria-label={words.desk.ofPhone(said, name)}
      onClick={() => void send('POST', `/api/phones/${phone}/${what}`)}
    >
      {said}
    </button>
  );
}
