/** Parameters of this kind of client, as the scenario document states them. */
import type { Duration } from '../../engine/distributions.ts'

/** A command handler over an aggregate: loads the stream, decides, appends with the expected version. */
export interface CommandHandlerSettings {
  domain: 'account'
  /** Which stream a command goes to when it does not say: `account-acc1`. */
  stream: string
  service: Duration
  /** How often a version conflict is tried again. */
  retries: number
}
