import { useEffect } from 'preact/hooks';
import { onEntry } from '../store';

/** Speaks what the phones say with the browser's own synthesis, in the message's language, while it is on. */
export function Voice({ isOn }: { readonly isOn: boolean }) {
  useEffect(() => {
    if (!isOn || !('speechSynthesis' in window)) return;
    const leave = onEntry((entry, isOld) => {
      if (isOld) return;
      // A key, or the end of a call, cuts the speech short.
      if (entry.kind === 'ended' || (entry.kind === 'pressed' && entry.taken)) speechSynthesis.cancel();
      if (entry.kind !== 'says') return;
      const speech = new SpeechSynthesisUtterance(entry.text);
      speech.lang = entry.language;
      speechSynthesis.speak(speech);
    });
    return () => {
      leave();
      speechSynthesis.cancel();
    };
  }, [isOn]);
  return null;
}
