/** Parameters of this kind of client, as the scenario document states them. */
import type { Duration } from '../../engine/distributions.ts'

/** The processes there are; what each does is in `processes.ts`. */
export const PROCESS_NAMES = [
  'mailer',
  'orderSaga',
  'stockPolicy',
  'paymentPolicy',
  'shippingPolicy',
  'orderPolicy',
] as const
export type ProcessName = (typeof PROCESS_NAMES)[number]

/** Reacts to events with effects and commands: a reactor, a policy, or a process manager with a memory of each order. */
export interface ProcessManagerSettings {
  process: ProcessName
  service: Duration
  /** Name of a persistent subscription that it shares with others; without one it keeps its own position. */
  group?: string
  /** What it, or its persistent subscription, is subscribed to: a stream, or a category such as `$ce-account`; all if not given. */
  source?: string
  /** How many events a member of it may hold. 2 if not given. */
  bufferSize?: number
  /** How long a member has for an event. 10000 if not given. */
  messageTimeoutMs?: number
  /** How often an event is tried again before it is parked. 2 if not given. */
  maxRetryCount?: number
  /** What a member says to an event that it cannot work on. `retry` if not given. */
  onFail?: 'retry' | 'park' | 'skip'
  /** How long it takes to save its position after it has reacted; a crash in between reacts again. 0 if not given. */
  checkpointMs?: number
  /** Whether it knows what it has reacted to, and does not do it again. */
  remembers?: boolean
  /** How long it waits for an event that follows on a command before it sends that again. 2000 if not given. */
  timeoutMs?: number
  /** How often it sends a command again before it gives up. 5 if not given. */
  retries?: number
  /** An event whose data contains this text cannot be worked on. */
  failOn?: string
  /** What its effect is, shown in the ledger: `Mail to {account}`. */
  effect?: string
}

export const DEFAULT_TIMEOUT_MS = 2000
export const DEFAULT_RETRIES = 5
