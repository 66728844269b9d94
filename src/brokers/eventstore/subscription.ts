/** A subscriber's place in the store: what it has been sent, and whether it has caught up. */
import type { Archive } from '../../engine/archive.ts'

/** What goes to a subscriber at once: events that follow on what it was sent before. */
export interface Delivery {
  /** The first event; -1 if there is none. */
  message: number
  count: number
  /** There were no more events then. */
  live: boolean
  /** The number that the subscriber gave its subscription. */
  token: number
}

export type Push = (delivery: Delivery) => void

const PHASES = ['off', 'catchingUp', 'live'] as const

export class Subscription {
  phase: (typeof PHASES)[number] = 'off'
  /** Interned name of the stream, -1 for all streams. */
  stream = -1
  /** The next version of the stream, or position of the store, that it has not been sent. */
  cursor = 0
  token = 0
  readonly push: Push

  constructor(push: Push) {
    this.push = push
  }

  begin(stream: number, from: number, token: number): void {
    this.phase = 'catchingUp'
    this.stream = stream
    this.cursor = from
    this.token = token
  }
}

export function archiveSubscription(io: Archive, subscription: Subscription): void {
  subscription.phase = PHASES[io.int(PHASES.indexOf(subscription.phase))] ?? 'off'
  subscription.stream = io.int(subscription.stream)
  subscription.cursor = io.int(subscription.cursor)
  subscription.token = io.int(subscription.token)
}
