import type { Act } from '../drill/scripted-people';
import type { Problem } from '../drill/verdict';
import type { Phrases } from './phrases';

const DOES: Record<Act, string> = {
  ignore: 'lets it ring',
  voicemail: 'has a voicemail',
  busy: 'is on the phone',
  pass: 'passes it on with 2',
  take: 'takes it with 1',
  'pick-up': 'picks up, which takes it',
};
const PLACE = ['first', 'second', 'third'];

const WRONG: Record<Exclude<Problem['kind'], 'rings' | 'fault'>, string> = {
  endless: 'The calls did not end in time.',
  'not-taken': 'Nobody took the alert.',
  'not-in-slack': 'Slack does not say who took it.',
  'no-music': 'The hold music never started.',
  'music-plays': 'The hold music is still playing.',
  'wrong-order': 'The phones did not ring in the order of the list.',
};

export const english: Phrases = {
  usage: [
    'npm start -- [options]',
    '',
    '  --port N      port of the Functions (3000); the phone room takes the next one',
    '  --speed N     how many times faster than real time it runs (20)',
    '  --lang ja|en  language of the output (default: by LANG)',
    '  --once        ends after the first drill, with 0 if the page ended as it should, else 1',
    '  --verbose     also shows log lines and webhooks',
  ].join('\n'),
  fault: (fault) => {
    if (fault.kind === 'unknown') return `Unknown argument "${fault.given}".`;
    if (fault.name === 'port') return '--port needs a number from 1 to 65534, as in --port 3000.';
    if (fault.name === 'speed') return '--speed needs a number above 0 and up to 1000, as in --speed 5.';
    return '--lang needs ja or en.';
  },
  portTaken: (port) =>
    `Port ${port} is in use. Try another: npm start -- --port ${port > 60_000 ? 3000 : port + 1000}`,
  notBuilt: 'Nothing has been built yet. Run: npm run build',

  heading: 'a drill on the switchboard; no real phone rings',
  labels: {
    functions: 'Functions',
    room: 'Phone room',
    members: 'Dial list',
    time: 'Time',
    plan: 'This drill',
  },
  functionsNote: 'as on Twilio, requests without a signature are refused',
  roomNote: 'open it in a browser: alerts, phones, Slack, every request',
  time: (from, speed) => `from ${from}, at ${speed} times real speed`,
  plan: (members, acts) =>
    `${acts.map((act, ring) => `the ${acts.length === 1 ? 'only one' : PLACE[ring]} ${DOES[act]}`).join(', ')}.${members > acts.length ? ' Nobody else should be rung.' : ''}`,

  numberB: 'Number B',
  switchboard: 'Exchange',
  raised: (alert, about) => `alert ${alert}: ${about}`,
  closed: (alert) => `alert ${alert} is closed`,
  mackerelCalls: 'calls number B from number A',
  musicStarts: 'the hold music starts',
  musicStops: 'the hold music stops',
  rings: (listed, added) => `rings (${listed} s, plus Twilio's ${added})`,
  ringing: (seconds, most) => `${String(seconds).padStart(2)} s of ${most}`,
  answers: (seconds) => `answers after ${seconds} s`,
  voicemailAnswers: (seconds) => `a voicemail answers after ${seconds} s`,
  onTheLine: (seconds) => `on the line for ${seconds} s`,
  again: 'once more',
  presses: (digit) => `presses ${digit}`,
  unheard: '(no key was expected)',
  noAnswer: (seconds) => `does not answer in ${seconds} s`,
  busy: 'is on the phone already',
  refuses: (seconds) => `declines the call after ${seconds} s`,
  unreachable: 'cannot be reached',
  canceled: 'stops ringing',
  hangsUp: (seconds) => `hangs up after ${seconds} s`,
  callEnds: (seconds) => `the call ends after ${seconds} s`,
  bridged: 'is connected to the call from Mackerel',
  edited: '(edited)',

  keys: 'Enter raises the next alert · q quits',
  next: (room, alert) => [
    { what: 'Next alert', how: `curl -X POST ${room}/api/drills` },
    { what: 'Close it', how: `curl -X POST ${room}/api/alerts/${alert}/close` },
  ],
  taken: (by, rings, hadMusic) =>
    `${by} took it at ring ${rings}; ${hadMusic ? 'the music has stopped, and ' : ''}Slack says so.`,
  alertClosed: (alert) => `Alert ${alert} was closed before anybody took it.`,
  offPlan: 'Somebody used a phone by hand, so the plan was not checked.',
  failed: 'The page did not end as it should:',
  problem: (problem) => {
    if (problem.kind === 'fault') return problem.message;
    if (problem.kind === 'rings') return `${problem.counted} rings instead of ${problem.planned}.`;
    return WRONG[problem.kind];
  },
  logLines: 'Log lines:',
};
