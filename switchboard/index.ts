/**
 * The one door to the switchboard: all that a test, a script or a page needs to play the product from outside. The
 * code behind it may change; a change of these exports gets a line in CHANGELOG.md. docs/switchboard.md describes
 * them by subject, with an example that runs.
 */
export { type Account, type AccountState, accountInOrder } from './account';
export type { Clock } from './clock';
export { builtList, dialList } from './dial-lists';
export {
  answers,
  type CallRecord,
  type CallStatus,
  type Delivery,
  type ExchangeEvent,
  type Gesture,
  type Hand,
  type Hook,
  type HookKind,
  listenAndPress,
  type Phone,
  type Reaction,
  type Ring,
  type RingOutcome,
  type Unheard,
} from './exchange';
export { speechSeconds } from './exchange/speech';
export { readTwiml } from './exchange/twiml/read';
export { functionsIn, type Invocation, type RouteFile } from './functions-host';
export type { CallPlaced, Mackerel, MackerelAlert, MackerelAlertSpec, MackerelNews } from './mackerel';
export type { MonitorType, OpenStatus } from './mackerel/alert';
export { webhookPayload } from './mackerel/webhook-payload';
export type { Exchanged, Fault, FaultRule, NeighbourName, Network } from './network';
export * from './people';
export type { SlackMessage } from './slack';
export {
  account,
  accountOfB,
  numbers,
  openSwitchboard,
  type Switchboard,
  type SwitchboardOptions,
  type TwimlDocument,
} from './switchboard';
export type { Sync } from './sync';
export type { WireRequest, WireResponse } from './wire';
