/** Writes the music that a waiting caller hears. The same score always gives the same bytes. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loop, sampleRate } from './hold-music/loop';
import { muLawWav } from './hold-music/wav';

const path = join(__dirname, '../src/assets/hold-music.wav');
const wav = muLawWav(loop(), sampleRate);
writeFileSync(path, wav);
console.log(`${path}: ${wav.length} bytes`);
