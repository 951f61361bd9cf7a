/** What a page shows, derived from the journal alone. The page and the API share it; it knows no browser. */
import type { SlackMessage } from '..';
import type { AlertSeen, Entry, PageSeen, Place, RequestSeen, RoomFacts, Settings } from './journal';

export type CallSeen = {
  readonly call: string;
  readonly parent?: string;
  readonly direction: 'inbound' | 'outbound-api' | 'outbound-dial';
  readonly from: Place;
  readonly to: Place;
  readonly createdAt: number;
  ringingAt?: number;
  /** Seconds that it may ring. */
  most: number;
  answeredAt?: number;
  by?: 'person' | 'voicemail' | 'number';
  endedAt?: number;
  status?: string;
  endedBy?: string;
  isBridged: boolean;
  /** The text that is being said, or was last. */
  speech?: Speech;
  /** What is being played. */
  music?: string;
  readonly said: Speech[];
  readonly keys: { readonly at: number; readonly digit: string; readonly taken: boolean }[];
};

export type Speech = {
  readonly at: number;
  readonly text: string;
  readonly language: string;
  readonly seconds: number;
  /** Cut short by a key, by what came next, or by the end of the call. */
  cutAt?: number;
};

export type Mark = {
  readonly at: number;
  readonly kind: 'slack' | 'notified' | 'trouble';
  readonly what: string;
};

export type View = {
  room?: RoomFacts;
  settings: Settings;
  readonly calls: Map<string, CallSeen>;
  readonly alerts: Map<string, AlertSeen>;
  /** Alert groups: their names, by id. */
  readonly groups: Map<string, string>;
  readonly messages: Map<string, SlackMessage>;
  readonly requests: Map<string, RequestSeen>;
  readonly marks: Mark[];
  readonly troubles: { readonly at: number; readonly code: number; readonly message: string }[];
  page: PageSeen | null;
  /** The latest event, for readers who cannot see the page. */
  latest?: Entry;
};

const UNTOUCHED: Settings = { speed: 1, isPaused: false, habits: {}, faults: {}, isPlaying: false };

export function emptyView(): View {
  return {
    settings: UNTOUCHED,
    calls: new Map(),
    alerts: new Map(),
    groups: new Map(),
    messages: new Map(),
    requests: new Map(),
    marks: [],
    troubles: [],
    page: null,
  };
}

export const foldAll = (entries: readonly Entry[]): View => entries.reduce(fold, emptyView());

/** Changes the given view and returns it; a clean state gives an empty one. */
export function fold(view: View, entry: Entry): View {
  if (entry.kind === 'opened')
    return { ...emptyView(), room: entry.room, settings: view.settings, latest: entry };
  view.latest = entry;
  switch (entry.kind) {
    case 'settings':
      view.settings = entry.settings;
      break;
    case 'call': {
      const { call, parent, direction, from, to, at } = entry;
      const unheard = { most: 0, isBridged: false, said: [], keys: [] };
      view.calls.set(call, { call, parent, direction, from, to, createdAt: at, ...unheard });
      break;
    }
    case 'alert':
      view.alerts.set(entry.alert.id, entry.alert);
      break;
    case 'group':
      view.groups.set(entry.id, entry.name);
      break;
    case 'notified':
      view.marks.push({ at: entry.at, kind: 'notified', what: entry.about });
      break;
    case 'slack':
      if (!view.messages.has(entry.message.ts))
        view.marks.push({ at: entry.at, kind: 'slack', what: entry.message.text });
      view.messages.set(entry.message.ts, entry.message);
      break;
    case 'request':
      view.requests.set(entry.request.id, entry.request);
      break;
    case 'trouble':
      view.marks.push({ at: entry.at, kind: 'trouble', what: `${entry.code} ${entry.message}` });
      view.troubles.push(entry);
      break;
    case 'page':
      view.page = entry.page;
      break;
    default: {
      const call = view.calls.get(entry.call);
      if (call) onTheLine(call, entry);
    }
  }
  return view;
}

type OfCall = Extract<
  Entry,
  { kind: 'ringing' | 'answered' | 'says' | 'plays' | 'pressed' | 'bridged' | 'ended' }
>;

function onTheLine(call: CallSeen, entry: OfCall): void {
  const { at } = entry;
  switch (entry.kind) {
    case 'ringing':
      call.ringingAt = at;
      call.most = entry.most;
      break;
    case 'answered':
      call.answeredAt = at;
      call.by = entry.by;
      break;
    case 'says': {
      const { text, language, seconds } = entry;
      cut(call, at);
      call.speech = { at, text, language, seconds };
      call.said.push(call.speech);
      call.music = undefined;
      break;
    }
    case 'plays':
      cut(call, at);
      call.music = entry.what;
      break;
    case 'pressed':
      if (entry.taken) cut(call, at);
      call.keys.push({ at, digit: entry.digit, taken: entry.taken });
      break;
    case 'bridged':
      call.isBridged = true;
      break;
    case 'ended':
      cut(call, at);
      call.endedAt = at;
      call.status = entry.status;
      call.endedBy = entry.who;
      call.music = undefined;
  }
}

function cut({ speech }: CallSeen, at: number): void {
  if (speech && speech.cutAt === undefined && at < speech.at + speech.seconds * 1000) speech.cutAt = at;
}
