import { readdirSync } from 'node:fs';
import { join, parse, posix, relative, sep } from 'node:path';

/** One Function or Asset: `path` as in the URL ('/dial-list', '/hold-music.wav'), `filePath` absolute. */
export type RouteFile = {
  readonly path: string;
  readonly access: 'public' | 'protected' | 'private';
  readonly filePath: string;
  /** What is in it, if it need not be a file. */
  readonly text?: string;
};

/** The Functions in a folder: `dial-list.protected.ts` is /dial-list, and only Twilio may call it. */
export function functionsIn(folder: string): RouteFile[] {
  return filesIn(folder)
    .filter((file) => /\.[jt]s$/.test(file) && !/\.d\.ts$/.test(file))
    .map((file) => {
      const { access, name } = accessOf(file.replace(/\.[jt]s$/, ''));
      return { path: `/${name}`, access, filePath: join(folder, file) };
    });
}

/** The Assets in a folder: `dial-list.private.json` is '/dial-list.json', and only Functions may read it. */
export function assetsIn(folder: string): RouteFile[] {
  return filesIn(folder).map((file) => {
    const { dir, name: stem, ext } = parse(file);
    const { access, name } = accessOf(stem);
    return {
      path: posix.join('/', dir.split(sep).join('/'), name + ext),
      access,
      filePath: join(folder, file),
    };
  });
}

function accessOf(stem: string): { access: RouteFile['access']; name: string } {
  const [, name = stem, access = 'public'] = /^(.+)\.(protected|private)$/.exec(stem) ?? [];
  return { access: access as RouteFile['access'], name: name.split(sep).join('/') };
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}
