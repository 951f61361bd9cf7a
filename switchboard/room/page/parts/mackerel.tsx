import type { RoomFacts } from '../../journal';
import type { View } from '../../view';
import { send } from '../send';
import { useWords } from '../settings';
import { Alerts } from './alerts';
import { Raise } from './raise';

type Props = { readonly view: View; readonly room: RoomFacts };

export function Mackerel({ view, room }: Props) {
  const words = useWords();
  return (
    <section id="mackerel" class="panel" aria-labelledby="mackerel-heading">
      <h2 id="mackerel-heading">{words.mackerel.heading}</h2>
      <Raise />
      <Drill />
      <Alerts alerts={[...view.alerts.values()]} timeZone={room.timeZone} />
    </section>
  );
}

function Drill() {
  const words = useWords();
  return (
    <p class="drill">
      <button type="button" onClick={() => void send('POST', '/api/drills')}>
        {words.mackerel.drill}
      </button>
      <span class="muted">{words.mackerel.drillHint}</span>
    </p>
  );
}
