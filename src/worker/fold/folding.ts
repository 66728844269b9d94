/** What the fold view asks of a fold, whether it is built in or a person's own program. */

import type { CellPlace } from './rows.ts'

/** An event as it lies in a log. */
export interface LoggedEvent {
  stream: string
  type: string
  data: unknown
  /** Its number in its stream and in the whole log, from 0 without gaps. */
  version: number
  position: number
  timeUs: number
  /** Its message and its fact in a run; -1 in a log from elsewhere. */
  message: number
  factIndex: number
  /** In a run, the message that it came of. */
  causation?: number
  /** What else is known of it: the attributes of a CloudEvent. */
  meta?: Record<string, unknown>
}

/** A state as JSON text: two states are the same if their texts are. */
export type FoldState = string

/** What a decider made of a command. */
export type Decided = { events: { type: string; data: unknown }[] } | { rejected: string }

/** Folds events one after the other and keeps the state of each stream and the tables. */
export interface Folding {
  /** Names of its projections, in the order of `tables`. */
  readonly projections: readonly string[]
  readonly decides: boolean
  /** Back to before the first event. */
  reset(): void
  /** All of its state, to go back to. */
  save(): string
  load(saved: string): void
  /** Folds events on; returns the state of each event's stream after it. */
  take(events: readonly LoggedEvent[]): FoldState[]
  /** Folds events on; returns a cell of a table after each of them. */
  cells(events: readonly LoggedEvent[], table: number, place: CellPlace): unknown[]
  state(stream: string): FoldState
  /** What each projection shows now. */
  tables(): unknown[]
  decide(command: unknown, state: FoldState): Decided
  /** Which of the events it was last given it stands at, if it broke off there; -1 if none. */
  where(): number
}
