/** The whole product without any account: `npm start`. */

import pc from 'picocolors';
import { builtList, sampleIn } from './dial-lists';
import { readArguments } from './terminal/arguments';
import { widthForNames } from './terminal/layout';
import { paintFor } from './terminal/paint';
import { phrasesIn } from './terminal/phrases';
import { openPorts, PortTaken } from './terminal/ports';
import { runDrill } from './terminal/run-drill';
import { openScreen } from './terminal/screen';

async function main(): Promise<number> {
  const reading = readArguments(process.argv.slice(2), process.env);
  const phrases = phrasesIn(reading.language);
  if (!reading.ok) return refuse(`${phrases.fault(reading.fault)}\n\n${phrases.usage}`);
  const { given } = reading;
  if (given.help) {
    console.log(phrases.usage);
    return 0;
  }
  const built = builtList();
  if (!built) return refuse(phrases.notBuilt);
  const list = sampleIn(reading.language, built);
  const names = [...list.members.map(({ name }) => name), 'Mackerel', phrases.numberB, phrases.switchboard];
  try {
    const ports = await openPorts(given.port);
    const screen = openScreen(process.stdout, {
      names: widthForNames(names),
      timeZone: list.timeZone,
      paint: paintFor(pc.isColorSupported),
    });
    return await runDrill({ list, given, phrases, screen, ports });
  } catch (error) {
    if (error instanceof PortTaken) return refuse(phrases.portTaken(error.port));
    throw error;
  }
}

function refuse(why: string): number {
  console.error(`${pc.red('✗')} ${why}`);
  return 1;
}

// The reader of the output has gone.
process.stdout.on('error', () => process.exit(1));

main().then((code) => {
  process.exitCode = code;
});
