import { useEffect, useState } from 'preact/hooks';
import type { View } from '../../view';
import { send } from '../send';
import { type Theme, useWords } from '../settings';
import { useNow } from '../store';
import { clockTime } from '../time';

const SPEEDS = [1, 5, 20, 60];

type Props = {
  readonly view: View;
  readonly theme: Theme;
  readonly setTheme: (theme: Theme) => void;
  readonly switchLanguage: () => void;
  readonly isMuted: boolean;
  readonly setMuted: (muted: boolean) => void;
  readonly isSpoken: boolean;
  readonly setSpoken: (spoken: boolean) => void;
};

export function Header(props: Props) {
  const words = useWords();
  const { view } = props;
  return (
    <header class="top">
      <h1>
        <img src="/icon.svg" alt="" width="28" height="28" />
        <span>
          {words.title} <small>mackerel-kaden</small>
        </span>
      </h1>
      {view.room && <ClockOf view={view} timeZone={view.room.timeZone} />}
      <div class="liking">
        <Toggle label={words.view.mute} isOn={props.isMuted} set={props.setMuted} />
        {'speechSynthesis' in window && (
          <Toggle label={words.view.voice} isOn={props.isSpoken} set={props.setSpoken} />
        )}
        <label>
          <span class="unseen">{words.view.theme}</span>
          <select
            value={props.theme}
            onChange={({ currentTarget }) => props.setTheme(currentTarget.value as Theme)}
          >
            {Object.entries(words.view.themes).map(([theme, name]) => (
              <option key={theme} value={theme}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <button type="button" onClick={props.switchLanguage}>
          {words.view.language}
        </button>
      </div>
    </header>
  );
}

function Toggle({ label, isOn, set }: { label: string; isOn: boolean; set: (on: boolean) => void }) {
  return (
    <button type="button" class="toggle" aria-pressed={isOn} onClick={() => set(!isOn)}>
      {label}
    </button>
  );
}

function ClockOf({ view, timeZone }: { view: View; timeZone: string }) {
  const words = useWords();
  const { speed, isPaused, isPlaying, faults } = view.settings;
  const now = useNow(250, !isPaused);
  const speeds = SPEEDS.includes(speed) ? SPEEDS : [...SPEEDS, speed].sort((one, other) => one - other);
  const broken = Object.keys(faults).length;
  return (
    <div class="clock">
      <time role="timer" aria-label={words.clock.label}>
        {clockTime(now, timeZone)}
      </time>
      <label>
        <span class="unseen">{words.clock.speed}</span>
        <select
          value={String(speed)}
          onChange={({ currentTarget }) =>
            void send('PUT', '/api/clock', { speed: Number(currentTarget.value) })
          }
        >
          {speeds.map((one) => (
            <option key={one} value={String(one)}>
              {one}×
            </option>
          ))}
        </select>
      </label>
      <button type="button" onClick={() => void send('PUT', '/api/clock', { isPaused: !isPaused })}>
        {isPaused ? words.clock.goOn : words.clock.pause}
      </button>
      <button type="button" onClick={() => void send('POST', '/api/clock/step')}>
        {words.clock.step}
      </button>
      <Clean />
      {isPaused && <span class="badge">{words.clock.paused}</span>}
      {isPlaying && <span class="badge">{words.clock.playing}</span>}
      {broken > 0 && (
        <a class="badge bad" href="#faults">
          {words.faults.on(broken)}
        </a>
      )}
    </div>
  );
}

/** Asks twice, because a night that was not saved is lost. */
function Clean() {
  const words = useWords();
  const [isAsked, ask] = useState(false);
  useEffect(() => {
    if (!isAsked) return;
    const timer = setTimeout(() => ask(false), 4000);
    return () => clearTimeout(timer);
  }, [isAsked]);
  const clean = () => {
    if (isAsked) void send('POST', '/api/reset');
    ask(!isAsked);
  };
  return (
    <button type="button" class={isAsked ? 'danger' : ''} onClick={clean}>
      {isAsked ? words.clock.reallyClean : words.clock.clean}
    </button>
  );
}
