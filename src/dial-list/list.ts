/** The dial list as the Functions read it: checked and completed by the build, so that no webhook has to. */

export type Language = 'ja' | 'en';

/** The same text in each language. */
export type Words = Readonly<Record<Language, string>>;

export type Member = {
  /** As written in Slack. */
  readonly name: string;
  /** As spoken; the name if none is given. */
  readonly reading: string;
  /** E.164. Never in a log line, a Slack post, a URL or an error message. */
  readonly phone: string;
  /** Seconds; Twilio rings 5 s longer than told: twilio.com/docs/voice/twiml/dial#timeout */
  readonly ringSeconds: number;
  readonly language: Language;
  readonly slackUserId?: string;
};

export type Rotation = {
  readonly every: 'day' | 'week' | 'page' | 'never';
  /** Handoff time in the list's time zone, `HH:MM`. */
  readonly at: string;
  /** The date on which member 1 is first, `YYYY-MM-DD`. */
  readonly since: string;
  /**
   * When the handoff of a date comes: from a day on, so many minutes after its midnight in UTC. Days are counted from
   * 1970-01-01. An entry for each change of the clock, in order; none if the date changes nothing.
   */
  readonly handoffs: readonly (readonly [day: number, minutes: number])[];
};

export type DialList = {
  readonly timeZone: string;
  /** Slack's language, and the spoken one for a member without a language. */
  readonly language: Language;
  /** What takes a page: key 1, or picking up. */
  readonly answer: 'keypress' | 'pickup';
  /** Whether members who call number A hear how things stand, and can be rung back. */
  readonly callIn: 'on' | 'off';
  /** What starts a page: the call of Mackerel's Twilio channel, or its webhook. */
  readonly start: 'call' | 'webhook';
  /** Minutes for which a re-sent alert rings nobody after somebody took it. */
  readonly quietMinutes: number;
  /** Minutes after a take in which a new alert's page begins with the taker, who is awake; 0: it does not. */
  readonly awakeMinutes: number;
  /**
   * Minutes after a closing in which the same monitor's next alert goes quietly to the member who had taken it; 0: it
   * rings.
   */
  readonly settleMinutes: number;
  /** Minutes after which an unanswered alert rings again, if the webhook starts pages. */
  readonly repeatMinutes: number;
  readonly rounds: number;
  readonly pauseSeconds: number;
  readonly rotation: Rotation;
  readonly members: readonly Member[];
};
