/** The phone room's door: what `npm start`, scripts and tests use. docs/switchboard.md describes its API. */
export { serveRoom } from './api';
export { type Happened, type Night, playNight } from './night';
export { openRoom, type Room, type RoomOptions } from './room';
export type { RoomState } from './state-of';
