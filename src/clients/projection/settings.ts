/** Parameters of this kind of client, as the scenario document states them. */
import type { Duration } from '../../engine/distributions.ts'

/** Folds events of the store into a read model. */
export interface ProjectionSettings {
  view: 'balance' | 'statement' | 'counts'
  service: Duration
}
