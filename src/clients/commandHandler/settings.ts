/** Parameters of this kind of client, as the scenario document states them. */
import type { Duration } from '../../engine/distributions.ts'
import type { Reads, Writes } from './schema.ts'

/** A command handler over an aggregate: loads the stream, decides, appends with the expected version. */
export interface CommandHandlerSettings {
  domain: 'account' | 'payments' | 'order' | 'inventory' | 'seats'
  /** Which stream a command goes to when it does not say: `account-acc1`. */
  stream: string
  service: Duration
  /** How often a version conflict is tried again. */
  retries: number
  /** How long it waits before the first retry; each further one waits twice as long. 0 if not given. */
  backoffMs?: number
  /** What it expects of the stream: the version that it has decided on (unless stated), or any. */
  expects?: 'version' | 'any'
  /** How long loading and folding one event takes. 0 if not given. */
  foldMs?: number
  /** Takes a snapshot of the state when this many events were folded since the last one; 0 = never. */
  snapshotEvery?: number
  /** Whether it looks at the version of the fold that a snapshot was made with; true unless stated. */
  checksSnapshots?: boolean
  /** Version of the fold: the second one of the account knows a limit for withdrawals. 1 if not given. */
  foldVersion?: 1 | 2
  /** Which shape it gives to events, and how it reads them: v1 and old if not given. */
  writes?: Writes
  reads?: Reads
}
