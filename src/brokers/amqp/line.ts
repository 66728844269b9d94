/**
 * Consumers in a line, first come first served. Each knows its neighbours, so that joining, leaving
 * and going to the back take the same few steps however long the line is: a queue does it for every
 * delivery.
 */
import type { Consumer } from './consumer.ts'

/** A consumer's place: in one line at most. */
export interface Place {
  line: Line | null
  ahead: Consumer | null
  behind: Consumer | null
}

export class Line {
  first: Consumer | null = null
  last: Consumer | null = null
  count = 0

  /** Joins at the back. */
  join(consumer: Consumer): void {
    const { place } = consumer
    place.line = this
    place.ahead = this.last
    place.behind = null
    if (this.last === null) this.first = consumer
    else this.last.place.behind = consumer
    this.last = consumer
    this.count++
  }

  /** Leaves from wherever it stands; nothing happens if it stands in another line or in none. */
  leave(consumer: Consumer): void {
    const { place } = consumer
    if (place.line !== this) return
    if (place.ahead === null) this.first = place.behind
    else place.ahead.place.behind = place.behind
    if (place.behind === null) this.last = place.ahead
    else place.behind.place.ahead = place.ahead
    place.line = null
    this.count--
  }

  /** From first to last. */
  list(): Consumer[] {
    const consumers: Consumer[] = []
    for (let at = this.first; at !== null; at = at.place.behind) consumers.push(at)
    return consumers
  }

  clear(): void {
    for (const consumer of this.list()) this.leave(consumer)
  }
}
