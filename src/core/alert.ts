/** What is known of an alert of the monitoring service; often no more than its id. */
export type AlertFacts = {
  readonly id: string;
  /** When we first heard of it, in seconds since the epoch. */
  readonly heardAt: number;
};
