import { send, tellProblem } from '../send';
import { useWords } from '../settings';

export function NightFile() {
  const words = useWords();
  async function play(input: HTMLInputElement): Promise<void> {
    const file = input.files?.[0];
    if (!file) return;
    try {
      await send('POST', '/api/night', JSON.parse(await file.text()));
    } catch {
      tellProblem(words.night.notANight);
    }
    input.value = '';
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
        <label>
          {words.night.play}{' '}
          <input
            type="file"
            accept="application/json,.json"
            onChange={({ currentTarget }) => void play(currentTarget)}
          />
        </label>{' '}
        <span class="muted">{words.night.playHint}</span>
      </p>
      <p class="muted">{words.night.test}</p>
    </div>
  );
}
