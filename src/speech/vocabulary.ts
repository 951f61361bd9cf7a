import type { Language } from '../dial-list/list';
import type { AlertDetails, AlertStatus } from '../escalation';
import type { Signs } from './message';
import type { Quantity, Span } from './quantity';
import type { Phrases } from './speech';

/** Everything that one language provides. */
export type Vocabulary = Phrases & {
  readonly language: Language;
  readonly signs: Signs;
  test(reading: string): string;
  /** @param hasWorst the worst alert is named next */
  greeting(reading: string, alerts: number, hasWorst: boolean): string;
  readonly status: Readonly<Record<AlertStatus, string>>;
  /** What an alert is about. */
  subject(alert: AlertDetails): string;
  /** The name of a value that has none. */
  readonly value: string;
  /** The spoken name of a metric. */
  metric(name: string): string;
  number(quantity: Quantity): string;
  is(name: string, value: string): string;
  isBeside(name: string, value: string, threshold: string): string;
  isBeyond(name: string, value: string, threshold: string, operator: '>' | '<'): string;
  since(span: Span): string;
  /**
   * @param hasWorst another alert was named before them
   * @param rest how many are not named
   */
  others(names: string, hasWorst: boolean, rest: number): string;
  /** @param worst the name of the worst of them, if it has one */
  newcomers(count: number, worst: string | null): string;
  testWorked(reading: string): string;
  taken(reading: string, alerts: number): string;
  takenToo(alerts: number): string;
};
