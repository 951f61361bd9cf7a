/** The spoken text: the part that has been said, and the rest fainter. */
import type { CallSeen, Speech } from '../../view';
import { useWords } from '../settings';
import { useNow } from '../store';

export function Subtitle({ call }: { readonly call: CallSeen }) {
  const words = useWords();
  const { speech, music } = call;
  const now = useNow(100, speech !== undefined && isSpoken(speech, Number.POSITIVE_INFINITY));
  if (music) return <p class="subtitle muted">♪ {music}</p>;
  if (!speech || !isSpoken(speech, now)) {
    return (
      <p class="subtitle">
        {speech && <span lang={speech.language}>{speech.text}</span>}{' '}
        <span class="muted">{words.desk.listening}</span>
      </p>
    );
  }
  const letters = [...speech.text];
  const spoken = Math.ceil(letters.length * Math.min(1, (now - speech.at) / (speech.seconds * 1000)));
  return (
    <p class="subtitle" lang={speech.language}>
      <span class="spoken">{letters.slice(0, spoken).join('')}</span>
      <span class="unspoken">{letters.slice(spoken).join('')}</span>
    </p>
  );
}

const isSpoken = ({ at, seconds, cutAt }: Speech, now: number): boolean =>
  cutAt === undefined && (now === Number.POSITIVE_INFINITY || now < at + seconds * 1000);
