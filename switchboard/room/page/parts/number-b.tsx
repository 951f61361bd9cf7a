import { useEffect, useRef, useState } from 'preact/hooks';
import { musicOf } from '../../lines';
import type { View } from '../../view';
import { useWords } from '../settings';
import { useNow } from '../store';
import { secondsSince } from '../time';

/** Number B, where Mackerel's call goes. Its music is audible unless it is muted. */
export function NumberB({ view, isMuted }: { readonly view: View; readonly isMuted: boolean }) {
  const words = useWords();
  const call = musicOf(view);
  const isPlaying = call !== undefined;
  const now = useNow(500, isPlaying);
  const sound = useRef<HTMLAudioElement>(null);
  const [isBlocked, setBlocked] = useState(false);

  useEffect(() => {
    const audio = sound.current;
    if (!audio) return;
    if (!isPlaying || isMuted || view.settings.isPaused) return audio.pause();
    const play = () =>
      audio.play().then(
        () => setBlocked(false),
        () => setBlocked(audio.paused),
      );
    void play();
    // Browsers play no sound before somebody has touched the page.
    document.addEventListener('pointerdown', play, { once: true });
    document.addEventListener('keydown', play, { once: true });
    return () => {
      audio.pause();
      document.removeEventListener('pointerdown', play);
      document.removeEventListener('keydown', play);
    };
  }, [isPlaying, isMuted, view.settings.isPaused]);

  return (
    <section class={`phone service ${isPlaying ? 'music' : 'over'}`} aria-label={words.numberB.heading}>
      <div class="head">
        <b>{words.numberB.heading}</b>
        <span class="standing">
          {call
            ? `♪ ${words.numberB.playing(secondsSince(call.answeredAt ?? now, now))}`
            : words.numberB.silent}
        </span>
      </div>
      {/* biome-ignore lint/a11y/useMediaCaption: music without words */}
      <audio ref={sound} src="/hold-music.wav" loop preload="none" />
      {isPlaying && isBlocked && !isMuted && <p class="muted">{words.numberB.blocked}</p>}
    </section>
  );
}
