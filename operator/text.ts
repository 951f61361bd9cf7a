/** What an operator reads, in both languages side by side, so that a change of one shows the other. */
import type { Words } from '../src/dial-list/list';

export type Text = Words;

export const text = (en: string, ja: string): Text => ({ en, ja });

/** The same in every language: a name, a number, a URL. */
export const asIs = (value: string | number): Text => text(String(value), String(value));
