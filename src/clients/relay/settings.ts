/** Parameters of this kind of client, as the scenario document states them. */
import type { ConfirmSettings } from '../unconfirmed.ts'

/** Moves events from a store to the topic, exchange or queue that it is linked to, in order, at least once. */
export interface RelaySettings extends ConfirmSettings {
  pollMs: number
  batch: number
  /** `{type}` and `{data}` are the event's, `{stream}` its stream, `{account}` and the like cells of its data; empty = the event as JSON. */
  body?: string
  /** How long it takes to save its position after publishing; a crash in between publishes again. 100 if not given. */
  saveMs?: number
}
