import { dialList, ignores, openSwitchboard, takes } from '.';

async function night(): Promise<void> {
  const [sato, suzuki] = ['+815000000001', '+815000000002'];
  const members = [{ name: 'Sato', phone: sato } as const, { name: 'Suzuki', phone: suzuki } as const];
  const list = dialList({ language: 'en', rotation: { every: 'never' }, members });
  const board = openSwitchboard({ list, startAt: new Date('2026-11-22T18:00:00Z') });
  board.person('Sato').next(ignores);
  board.person('Suzuki').next(takes);
  board.mackerel.raise({ monitorName: 'loadavg5' });
  await board.untilQuiet();
  for (const { text } of board.slack.messages) console.log(text);
  board.close();
}
void night();
