import type { Place } from '../../journal';
import { send } from '../send';
import { useWords } from '../settings';

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'];

type Props = {
  readonly phone: Place;
  readonly name: string;
  readonly keys: readonly { readonly digit: string }[];
};

/** Its keys can be typed while the focus is in it. */
export function Keypad({ phone, name, keys }: Props) {
  const words = useWords();
  const press = (digits: string) => void send('POST', `/api/phones/${phone}/press`, { digits });
  return (
    <fieldset
      class="keypad"
      aria-label={words.desk.keypad(name)}
      onKeyDown={({ key }) => KEYS.includes(key) && press(key)}
    >
      {KEYS.map((digit) => (
        <button key={digit} type="button" onClick={() => press(digit)}>
          {digit} {words.desk.keys[digit] && <small>{words.desk.keys[digit]}</small>}
        </button>
      ))}
      {keys.length > 0 && (
        <p class="muted">
          {words.desk.pressed} {keys.map(({ digit }) => digit).join(' ')}
        </p>
      )}
    </fieldset>
  );
}
