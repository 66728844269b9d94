/**
 * How a family of pub/sub adds itself to the matrix of deliveries: its kinds of subscriber are among the
 * `SUBSCRIBER_KINDS` of `scenario/kinds.ts`, a file in `families/` says what its facts mean for a message and a
 * subscriber, and `families/index.ts` has a line for it. A fact that means nothing to either is not listed.
 */
import type { World } from '../../scenario/world.ts'

/** What facts tell the matrix. Subscribers are parts of nodes; a copy of a message counts as the message. */
export interface MatrixReading {
  /** A client put a message to a place: it gets a row. */
  published(message: number): void
  /** A subscriber is to get it, and there is something that keeps it for so long. */
  owed(subscriber: number, message: number): void
  /** A subscriber has it in its hands, once more. */
  got(subscriber: number, message: number): void
  /** A subscriber that it concerned does not get it, or not again, and why: `offline`, `max deliver`. */
  missed(subscriber: number, message: number, why: string): void
  /** It was not meant for a subscriber, and why: its filter, say. */
  spared(subscriber: number, message: number, why: string): void
  /** It did not come to a subscriber, which will get it later, and why. */
  setBack(subscriber: number, message: number, why: string): void
  /** All that was kept for a subscriber is gone. */
  missedAll(subscriber: number, why: string): void
  hasHad(subscriber: number, message: number): boolean
  /** Adds to what is counted of a part, and returns what it was before. */
  tally(part: number, by: number): number
}

export interface MatrixFact {
  world: World
  part: number
  message: number
  aux: number
}

/** By kind of fact. */
export type MatrixRules = Readonly<Record<number, (tell: MatrixReading, fact: MatrixFact) => void>>
