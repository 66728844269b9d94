/** Parameters of this kind of client, as the scenario document states them. */
import type { Duration } from '../../engine/distributions.ts'
import type { Reads } from '../commandHandler/schema.ts'

/** The views there are; what each makes of events is in `views.ts`. */
export const VIEW_NAMES = [
  'balance',
  'statement',
  'counts',
  'months',
  'fraud',
  'owners',
  'orders',
  'stock',
  'seats',
] as const
export type ViewName = (typeof VIEW_NAMES)[number]

/** Folds events of the store into a read model. */
export interface ProjectionSettings {
  view: ViewName
  service: Duration
  /** What it subscribes to: a stream, or a category such as `$ce-account`; all streams if not given. */
  source?: string
  /** `inline`: in the transaction of the append, which takes as much longer; else by itself, later. */
  mode?: 'async' | 'inline'
  /** How many events are written in one go, with one checkpoint. 1 if not given. */
  batch?: number
  /** How long events wait before they are taken up. 0 if not given. */
  lagMs?: number
  /** When the position is saved: in one transaction with the rows (unless stated), before or after them. */
  checkpoint?: 'with' | 'before' | 'after'
  /** How long it takes to save the position by itself. 100 if not given. */
  checkpointMs?: number
  /** Whether rows know the last position that they hold, so that an event is not counted twice. */
  idempotent?: boolean
  /** Answers a query at once, or only when it has come to the version that the reader has seen. */
  answers?: 'now' | 'whenThere'
  /** How it reads events of other schema versions. */
  reads?: Reads
  /** What it does with an event that it cannot read: stop there, or go on without it. */
  onUnreadable?: 'stop' | 'skip'
}
