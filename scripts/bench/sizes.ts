/** How large the house is: its files and functions in lines. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseSync } from '@swc/core';

const src = join(__dirname, '../../src');

export type Sizes = {
  readonly lines: number;
  readonly files: number;
  readonly filesOver200: readonly string[];
  /** Lines of each function, its own closures included; the longest first. */
  readonly functions: readonly { readonly where: string; readonly lines: number }[];
};

const IS_FUNCTION =
  /^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression|ClassMethod|MethodProperty)$/;

export function sizesOfSrc(): Sizes {
  const files = filesIn(src).map((path) => ({ path: relative(src, path), text: readFileSync(path, 'utf8') }));
  return {
    lines: files.reduce((sum, { text }) => sum + linesIn(text), 0),
    files: files.length,
    filesOver200: files.filter(({ text }) => linesIn(text) > 200).map(({ path }) => path),
    functions: files.flatMap(functionsIn).sort((one, other) => other.lines - one.lines),
  };
}

const linesIn = (text: string) => text.split('\n').length - 1;

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesIn(path);
    return path.endsWith('.ts') ? [path] : [];
  });
}

function functionsIn({ path, text }: { readonly path: string; readonly text: string }) {
  // Positions are counted in bytes, on from what was parsed before: an empty text tells from where.
  const from = parseSync('', { syntax: 'typescript' }).span.end;
  const bytes = Buffer.from(text);
  const lineAt = (position: number) => linesIn(bytes.subarray(0, position - from).toString()) + 1;
  const found: { where: string; lines: number }[] = [];
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) return void node.forEach(walk);
    if (node === null || typeof node !== 'object') return;
    const { type, span } = node as { type?: string; span?: { start: number; end: number } };
    if (type && span && IS_FUNCTION.test(type)) {
      const [first, last] = [lineAt(span.start), lineAt(span.end)];
      found.push({ where: `${path}:${first}`, lines: last - first + 1 });
    }
    Object.values(node).forEach(walk);
  };
  walk(parseSync(text, { syntax: 'typescript', target: 'es2022' }).body);
  return found;
}

/** Of values in any order, the one that nine of ten do not exceed. */
export const p90 = (values: readonly number[]): number =>
  [...values].sort((one, other) => one - other)[Math.floor(values.length * 0.9)] ?? 0;
