/** The page's few files. The script is bundled at the first request, so that `npm start` need not wait for it. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

export type PageFile = { readonly type: string; readonly body: Buffer | Uint8Array };

const folder = join(__dirname, 'page');
const music = join(__dirname, '../../src/assets/hold-music.wav');

const SOURCES: Readonly<Record<string, () => Promise<PageFile>>> = {
  '/': async () => ({ type: 'text/html; charset=utf-8', body: await readFile(join(folder, 'index.html')) }),
  '/page.js': async () => ({ type: 'text/javascript; charset=utf-8', body: await bundled('main.tsx') }),
  '/page.css': async () => ({ type: 'text/css; charset=utf-8', body: await bundled('style/index.css') }),
  '/icon.svg': async () => ({ type: 'image/svg+xml', body: await readFile(join(folder, 'icon.svg')) }),
  '/hold-music.wav': async () => ({ type: 'audio/wav', body: await readFile(music) }),
};

const files = new Map<string, Promise<PageFile>>();

/** Undefined if the page has no such file. */
export async function pageFile(path: string): Promise<PageFile | undefined> {
  const source = Object.hasOwn(SOURCES, path) ? SOURCES[path] : undefined;
  if (!source) return undefined;
  const file = files.get(path) ?? source();
  files.set(path, file);
  return file;
}

async function bundled(entry: string): Promise<Uint8Array> {
  const { outputFiles } = await build({
    entryPoints: [join(folder, entry)],
    bundle: true,
    write: false,
    minify: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'error',
  });
  const [output] = outputFiles;
  if (!output) throw new Error(`Nothing was built of ${entry}`);
  return output.contents;
}
