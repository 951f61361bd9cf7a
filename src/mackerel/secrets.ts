/**
 * Removes what may be a secret from an alert's texts as they come in: it is not spoken, not posted, and not in a
 * callback's URL, which Twilio logs. Mackerel still has the original text.
 */

/** Replaces each secret. */
export const HIDDEN = '•••';

const ALWAYS = /(?:pass(?:wor[dt]|wd|phrase|code)?|pwd|secret|api[-_ ]?key|access[-_ ]?key|private[-_ ]?key)/
  .source;
const NAMES = `(?:${ALWAYS}|token|credentials?|signature|sig|session(?:[-_]?id)?|cookie)`;

/** A quoted value, whose quotes may be escaped as in JSON within JSON, or everything up to the next separator. */
const VALUE = /(?:\\*"(?:[^"\\]|\\+[^"])*\\*"|'[^']*'|[^\s"'`&,;|}\])<>、。]+)/.source;

const SECRETS: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, HIDDEN],
  // Credentials in a URL: a name with a password, or only a token. The password itself may contain `@`.
  [/\b([a-z][\w+.-]*:\/\/)[^\s/?#"'<>]+@(?=[\w[.-])/gi, `$1${HIDDEN}@`],
  [/\b(https:\/\/hooks\.slack\.com\/\w+\/)[\w/-]+/gi, `$1${HIDDEN}`],
  [/\b((?:proxy-)?authorization\\*["']?\s*[:=]\s*\\*["']?(?:[a-z]+\s+)?)[^\s"',\\]+/gi, `$1${HIDDEN}`],
  [/\b(bearer\s+|basic\s+(?=\S*[\d=+/]))[\w.~+/=-]{8,}/gi, `$1${HIDDEN}`],
  // `password: letmein`, but not `password: authentication failed`.
  [new RegExp(`(\\b[\\w-]*${ALWAYS}\\s*:\\s*)\\w+(?=\\s*(?:$|[,;|)}\\]\\n]))`, 'gim'), `$1${HIDDEN}`],
  // `password=…`, `"api_key": "…"`, `--token …`, `MYSQL_PWD=…`. Not `token expired` or `token: expired at`.
  [new RegExp(`((?:[\\w-]*[-_])?${NAMES}\\\\*["']?\\s*=\\s*)${VALUE}`, 'gi'), `$1${HIDDEN}`],
  [
    new RegExp(
      `(\\b[\\w-]*${NAMES}\\\\*["']?\\s*:\\s*)(?=\\\\*["']|[^\\s,;]*\\d|[^\\s,;]*[^\\w\\s,;]\\w)${VALUE}`,
      'gi',
    ),
    `$1${HIDDEN}`,
  ],
  [new RegExp(`(\\s--?(?:[\\w-]+-)?${NAMES}\\s+)${VALUE}`, 'gi'), `$1${HIDDEN}`],
  // `curl -u name:password`, `mysql -ppassword`
  [/(\s-u\s+)[^\s:]+:\S+/g, `$1${HIDDEN}`],
  [/(\bmysql\w*\s(?:[^\n|;]*\s)?-p)[^\s`"']+/g, `$1${HIDDEN}`],
  // Prefixes as their makers document them: Amazon, GitHub, GitLab, Slack, Google, Stripe and OpenAI, npm, JWT.
  [
    /\b(?:(?:AKIA|ASIA)[A-Z\d]{16}|gh[pousr]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}|xox[a-z]-[\w-]{8,}|xapp-[\w-]{8,}|AIza[\w-]{30,}|[sr]k[-_](?=[\w-]*\d)[\w-]{16,}|npm_\w{20,}|eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?)/g,
    HIDDEN,
  ],
];

/** Characters. Every text that is kept is shorter, and somebody waits to be rung. */
const LONGEST = 6_000;

export const withoutSecrets = (text: string): string =>
  SECRETS.reduce((shown, [secret, instead]) => shown.replace(secret, instead), text.slice(0, LONGEST));
