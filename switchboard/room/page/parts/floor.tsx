/** Below the room: every request, what can be broken, and the night as a file. */
import { useState } from 'preact/hooks';
import type { RoomFacts } from '../../journal';
import type { View } from '../../view';
import { useWords } from '../settings';
import { Faults } from './faults';
import { Log } from './log';
import { NightFile } from './night-file';

type Props = { readonly view: View; readonly version: number; readonly room: RoomFacts };
const TABS = ['log', 'faults', 'night'] as const;
type Tab = (typeof TABS)[number];

export function Floor({ view, version, room }: Props) {
  const words = useWords();
  const [tab, setTab] = useState<Tab>('log');

  const byArrow = (event: KeyboardEvent, place: number) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const next = step && TABS[(place + step + TABS.length) % TABS.length];
    if (!next) return;
    setTab(next);
    document.getElementById(`tab-${next}`)?.focus();
  };

  return (
    <section id="floor" class="panel" aria-labelledby="floor-heading">
      <div class="heading">
        <h2 id="floor-heading">{words.floor.heading}</h2>
        <div role="tablist" aria-labelledby="floor-heading">
          {TABS.map((one, place) => (
            <button
              key={one}
              id={`tab-${one}`}
              type="button"
              role="tab"
              aria-selected={tab === one}
              aria-controls="floor-panel"
              tabIndex={tab === one ? 0 : -1}
              onClick={() => setTab(one)}
              onKeyDown={(event) => byArrow(event, place)}
            >
              {words.floor.tabs[one]}
            </button>
          ))}
        </div>
      </div>
      <div id="floor-panel" role="tabpanel" aria-labelledby={`tab-${tab}`}>
        {tab === 'log' && <Log view={view} version={version} room={room} />}
        {tab === 'faults' && <Faults view={view} room={room} />}
        {tab === 'night' && <NightFile />}
      </div>
    </section>
  );
}
