import { useRef } from 'preact/hooks';
import { send, tellProblem } from '../send';
import { useWords } from '../settings';

export function NightFile() {
  const words = useWords();
  const input = useRef<HTMLInputElement>(null);
  async function play({ currentTarget }: { readonly currentTarget: HTMLInputElement }): Promise<void> {
    const file = currentTarget.files?.[0];
    currentTarget.value = '';
    if (!file) return;
    const night = await file
      .text()
      .then(JSON.parse)
      .catch(() => undefined);
    if (night === undefined) tellProblem({ why: 'not-a-night' });
    else await send('POST', '/api/night', night);
  }
  return (
    <div class="night">
      <p>
        <a class="button" href="/api/night" download="night.json">
          {words.night.save}
        </a>{' '}
        <span class="muted">{words.night.saveHint}</span>
      </p>
      <p>
        <button type="button" onClick={() => input.current?.click()}>
          {words.night.play}
        </button>{' '}
        <span class="muted">{words.night.playHint}</span>
      </p>
      {/* The browser would label it in its own language, not in the page's. */}
      <input ref={input} type="file" accept="application/json,.json" hidden onChange={play} />
      <p class="muted">{words.night.test}</p>
    </div>
  );
}
