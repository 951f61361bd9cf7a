import pc from 'picocolors';
import type { Tone, Who } from './row';

/** The look of the story. No meaning rests on colour alone. */
export type Paint = {
  tone(tone: Tone | undefined, text: string): string;
  who(who: Who, name: string): string;
};

export function paintFor(hasColour: boolean): Paint {
  const c = pc.createColors(hasColour);
  const tones: Record<Tone, (text: string) => string> = {
    strong: c.bold,
    faint: c.dim,
    good: c.green,
    bad: c.red,
    warning: c.yellow,
    code: c.cyan,
    link: c.cyan,
    key: (text) => c.bold(c.cyan(text)),
    speech: c.italic,
    mention: (text) => c.bold(c.blue(text)),
  };
  const members = [c.cyan, c.yellow, c.magenta, c.green, c.blue];
  const roles: Record<Exclude<Who['role'], 'member'>, (text: string) => string> = {
    mackerel: c.red,
    slack: c.blue,
    'number-b': c.dim,
    switchboard: c.red,
  };
  return {
    tone: (tone, text) => (tone ? tones[tone](text) : text),
    who({ role, place = 0 }, name) {
      if (role !== 'member') return roles[role](name);
      const colour = members[place % members.length] ?? c.cyan;
      return c.bold(colour(name));
    },
  };
}
