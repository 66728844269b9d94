/** Parameters of this kind of client, as the scenario document states them. */
import type { Duration } from '../../engine/distributions.ts'
import type { ConfirmSettings } from '../unconfirmed.ts'

/** A service with a database of its own that tells others what it has written: two writes, or one and a relay. */
export interface ServiceSettings extends ConfirmSettings {
  service: Duration
  /**
   * `databaseFirst`, `brokerFirst`: two writes one after the other. `outbox`: the row and its message in one
   * transaction, and a relay that publishes. `cdc`: a relay that reads the database's own log (change data capture).
   */
  writes: 'databaseFirst' | 'brokerFirst' | 'outbox' | 'cdc'
  /** How long lies between the first write and the second. 100 if not given. */
  writeMs?: number
  /** How often the relay looks into the outbox. 500 if not given. */
  pollMs?: number
  /** Most messages that the relay publishes at once. 10 if not given. */
  batch?: number
  /** How long it takes to mark what was published. 100 if not given. */
  markMs?: number
  /** How many relays there are, 1 to 3. 1 if not given. */
  relays?: number
  /**
   * How one of several relays claims the rows of an outbox that it takes up: not at all, with a lock that goes with
   * its connection, or with a lease that goes with time. `none` if not given.
   */
  claims?: 'none' | 'lock' | 'lease'
  /** How long a lease lasts. 5000 if not given. */
  leaseMs?: number
  /** It dies at every so many commands between its two writes; with a relay that dies instead, before it marks what it has published. */
  crashEvery?: number
  /** How long it stays down after such a crash. 1000 if not given. */
  restartAfterMs?: number
  /** Body of what it publishes, `{body}` is the command's. */
  output?: string
}
