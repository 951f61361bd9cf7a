/** Removes from a check's message what only machines read: ids, JSON, log fields, colours. Slack shows the original. */

export function forPeople(message: string): string {
  const text = withoutJson(withoutColours(inLines(message)));
  return text.split('\n').map(withoutMachineWords).join('\n');
}

/** Turns line ends that a shell or JSON left as two letters into line ends, but not the `\n` in a Windows path. */
const inLines = (message: string) =>
  message
    .replace(/\b[a-z]:\\[^\s"']*|(?:\\r)?\\n|\\r|\\t/gi, (found) => {
      if (found.length > 4 || !/^\\/.test(found)) return found;
      return found === '\\t' ? ' ' : '\n';
    })
    .replace(/\r\n?/g, '\n');

/**
 * Removes terminal sequences, of which often only the end is left: `[31m`, but not `[main]` or `[1min avg]`. ECMA-48
 */
const withoutColours = (text: string) =>
  text
    .replace(/(?:(?!\n)\p{Cc}|\^\[|\\(?:e|x1[bB]|u001[bB]|0?33))\[[\d;?]*[A-Za-z]/gu, '')
    .replace(/\[(?:\d{1,3}(?:;\d{1,3})*m(?![^[\]\n]{0,20}\])|m(?![\w\]]))/g, '');

const JSON_BEGINS = /\{\s*\\?"[\w.@ -]+\\?"\s*:/;

/** Replaces each JSON object by its texts for people, one a line. */
function withoutJson(text: string): string {
  const from = text.search(JSON_BEGINS);
  if (from < 0) return text;
  const to = endOfObject(text, from);
  const rest = withoutJson(text.slice(to).replace(/^[\]},]+/, ''));
  return `${text.slice(0, from).replace(/[[\s]+$/, '')}\n${wordsIn(text.slice(from, to)).join('\n')}\n${rest}`;
}

/** The index after its last brace, or the end of a text that was cut. */
function endOfObject(text: string, from: number): number {
  let depth = 0;
  for (const { 0: token, index } of text.slice(from).matchAll(/\\?"(?:[^"\\]|\\[^"])*\\?"|[{}]/g)) {
    if (token === '{') depth++;
    if (token === '}') depth--;
    if (depth === 0) return from + index + 1;
  }
  return text.length;
}

function wordsIn(json: string): string[] {
  const plain = json.replaceAll('\\"', '"');
  const found = [...plain.matchAll(/"([\w.@ -]+)"\s*:\s*"([^"]*)/g)].flatMap(([, key = '', value = '']) =>
    isForPeople(key) || (isWords(value) && !isForMachines(key)) ? inLines(value).split('\n').slice(0, 1) : [],
  );
  return [...new Set(found)];
}

const isForPeople = (key: string) =>
  /(?:^|[._-]|error)(?:message|msg|error|err|reason|title|description|detail|summary|text|cause)$/i.test(key);

const isForMachines = (key: string) =>
  /^@?(?:time(?:stamp)?|ts|date(?:time)?|level|lvl|log_?level|severity|caller|logger|func(?:tion)?|[pt]id|thread|goroutine|version|commit|sha|user_?agent)$|stack|trace|span|(?:^|[._-])(?:id|uuid|hash)$|[a-z]I[dD]$/.test(
    key,
  );

const isWords = (value: string) =>
  /\p{L}{2,}\s+\p{L}{2,}|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(value);

/** A hidden secret together with its name: nobody can use either. */
const HIDDEN = /(?<![?&\w.-])(?:-{1,2})?[\w.-]*\\*["']?\s*[=:]\s*\\*["']?•••|(?<!:\/\/)•••/g;

/** HTML tags, since error pages arrive as a browser would get them. */
const TAGS =
  /<\/?(?:!doctype|html|head|body|title|center|h[1-6r]|p|br|div|span|b|i|em|strong|a|pre|code|ul|li|table|t[rdh]|meta|link)\b[^<>]*>/gi;

const FIELD = /(?<![\w.<>=!/?&-])([a-z_][\w.@-]*)=(?![=>])("(?:[^"\\]|\\.)*"?|'[^']*'?|[^\s|,;"']+)/gi;

function withoutMachineWords(line: string): string {
  if (isOfStack(line)) return '';
  return line
    .replace(PERFORMANCE_DATA, '')
    .replace(HIDDEN, '')
    .replace(TAGS, ' ')
    .replace(FIELD, (_, key: string, value: string) => fieldInWords(key, value.replace(/^["']|["']$/g, '')))
    .replace(LOG_TIME, '')
    .replace(TIME, '$1 $2')
    .replace(IDS, '')
    .replace(/\(\s*\)|\[\s*\]|\{\s*\}/g, '')
    .replace(/^[\s|,;:、-]+/, '');
}

function fieldInWords(key: string, value: string): string {
  if (isForPeople(key)) return value;
  return isForMachines(key) ? '' : `${key} ${value}`;
}

/**
 * A plugin's performance data after its message: `'label'=value[unit];[warn];[crit];[min];[max]`, repeated.
 * nagios-plugins.org/doc/guidelines.html
 */
const PERFORMANCE_DATA =
  /\|(?:\s*(?<=[|\s])(?:'[^']*'|[^\s=|']+)=(?:U|-?[\d.]+[a-z%]{0,3})(?:;[-\d.:@~]*){0,4}(?=\s|…?$))+\s*…?$/i;

/** `    at handler (/srv/app.js:12:3)`, `  File "app.py", line 12`, `main.main()`, `	/srv/prog.go:8 +0x1d` */
const isOfStack = (line: string) =>
  /^\s+at\s+\S.*:\d+\)?\s*$|^\s*File "[^"]*", line \d+|^Traceback \(most recent|^\s*\.\.\. \d+ more$|^goroutine \d+ \[|^\s+\S+:\d+(?: \+0x[\da-f]+)?$|^[\w/*-]+\.[\w.()*-]+\([^)]*\)$/.test(
    line,
  );

/**
 * The time at the beginning of a log line, as many programs, syslog and Kubernetes write it. How long the alert is
 * open is said anyway.
 */
const LOG_TIME =
  /^\s*(?:\[?\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:\s?(?:Z\b|[+-]\d\d:?\d\d|UTC\b|JST\b))?\]?|[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d |[IWEF]\d{4} \d\d:\d\d:[\d.]+ +\d+ \S+\])/;

/** A time, which is spoken to the minute. */
const TIME =
  /\b(\d{4}[-/]\d\d[-/]\d\d)[T ](\d\d:\d\d)(?::\d\d(?:[.,]\d+)?)?(?:\s?(?:Z\b|[+-]\d\d:?\d\d|UTC\b|JST\b))?/g;

/** UUIDs, hashes and the like: hexadecimal with letters and digits, or letters of both cases with digits. */
const IDS =
  /(?<![\w/.-])(?:[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|0x[\da-f]{5,}|(?=\d*[a-f])(?=[a-f]*\d)[\da-f]{12,}|(?=\S*\d)(?=\S*[A-Z])(?=\S*[a-z])[A-Za-z\d+/]{24,}={0,2})(?![\w/.-])/g;
