/** A phone room on a port of its own, for a browser to look at: `tsx room-server.ts '<settings>'` prints its address. */
import { createServer } from 'node:http';
import { dialList } from '../../switchboard';
import { sampleAlerts } from '../../switchboard/drill/alerts';
import { planFor } from '../../switchboard/drill/scripted-people';
import { openRoom, type Room, serveRoom } from '../../switchboard/room';

const { language = 'en', speed = 1, members = 3, calls = 0 } = JSON.parse(process.argv[2] ?? '{}');
const NAMES = { en: ['Sato', 'Suzuki', 'Takahashi'], ja: ['佐藤', '鈴木', '高橋'] } as const;
const names: readonly string[] = NAMES[language as 'en' | 'ja'];

const list = dialList({
  language,
  rotation: { every: 'never' },
  rounds: 2,
  pauseSeconds: 5,
  ringSeconds: 30,
  members: Array.from({ length: members }, (_, place) => ({
    name: names[place] ?? `Member ${place + 1}`,
    phone: `+8150000000${String(place + 1).padStart(2, '0')}`,
  })),
});

// What the Functions log is no part of this.
for (const kind of ['log', 'warn', 'error', 'info'] as const) console[kind] = () => undefined;
const server = createServer();
server.listen(0, '127.0.0.1', async () => {
  const room = openRoom({
    list,
    startAt: new Date('2026-11-22T18:00:00Z'),
    speed,
    settings: {
      mackerel: { webhook: true, apiKey: 'write', statusCallback: true, notifiesGroups: true },
      resendEverySeconds: 600,
    },
  });
  if (calls > 0) await liveThrough(room);
  server.on(
    'request',
    serveRoom(
      room,
      () => room.make({ do: 'drill', alert: sampleAlerts[0] ?? {}, plan: planFor(list, 0) }).ids[0] ?? '',
    ),
  );
  const { port } = server.address() as { port: number };
  process.stdout.write(`http://127.0.0.1:${port}\n`);
});

/** As many calls as were asked for, in virtual time; the clock stands still afterwards. */
async function liveThrough(room: Room): Promise<void> {
  room.setClock({ isPaused: true });
  for (const { phone } of room.now.places.members) room.make({ do: 'habit', phone, habit: 'busy' });
  const { clock, exchange } = room.now.board;
  while (exchange.calls.length < calls) {
    room.make({ do: 'raise', alert: {}, count: 50 });
    await clock.runUntil(() => exchange.calls.every(({ endedAt }) => endedAt !== undefined), 600);
    await clock.run(30);
  }
}

process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
