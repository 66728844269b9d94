/** Parameters of this kind of client, as the scenario document states them. */
import type { Arrivals } from '../../engine/distributions.ts'

/** Sends requests and waits for one reply to each. */
export interface RequesterSettings {
  arrivals: Arrivals
  /** Body; `{n}` is the number of the request. With several bodies they are used in turn. */
  bodies: string[]
  /** How long it waits for a reply. */
  timeoutMs: number
  /** What a reply is to it; `{body}` is the reply. */
  effect?: string
}
