/**
 * Consumers in a line: those of higher priority first, else first come first served
 * (rabbitmq.com/docs/consumer-priority). Each knows its neighbours, so that joining, leaving
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

  /** Joins behind those of its own and of higher priority. */
  join(consumer: Consumer): void {
    let ahead = this.last
    while (ahead !== null && ahead.priority < consumer.priority) ahead = ahead.place.ahead
    this.joinBehind(ahead, consumer)
  }

  /** Joins at the very back: when a line is put together again. */
  append(consumer: Consumer): void {
    this.joinBehind(this.last, consumer)
  }

  private joinBehind(ahead: Consumer | null, consumer: Consumer): void {
    const { place } = consumer
    const behind = ahead === null ? this.first : ahead.place.behind
    place.line = this
    place.ahead = ahead
    place.behind = behind
    if (ahead === null) this.first = consumer
    else ahead.place.behind = consumer
    if (behind === null) this.last = consumer
    else behind.place.ahead = consumer
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
