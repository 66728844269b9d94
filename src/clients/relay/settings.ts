/** Parameters of this kind of client, as the scenario document states them. */
/** Moves events from a store to the topic, exchange or queue that it is linked to, in order, at least once. */
export interface RelaySettings {
  pollMs: number
  batch: number
  /** `{type}` and `{data}` are the event's; empty = the event as JSON. */
  body?: string
}
