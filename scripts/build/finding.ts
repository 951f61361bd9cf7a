/**
 * A fault that the build finds in what people have written: where it is, and what to write instead. Shows no phone
 * number.
 */
export type Finding = {
  readonly file: string;
  /** Counted from 1. */
  readonly line?: number;
  readonly place?: string;
  readonly message: string;
};

export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
