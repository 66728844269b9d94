/**
 * Consumers in a line: those of higher priority first, else first come first served
 * (rabbitmq.com/docs/consumer-priority). Each knows its neighbours, so that joining, leaving
 * and going to the back take the same few steps however long the line is: a queue does it for every
 * delivery.
 */
import type { Consumer } from './consumer.ts'

export class Line {
  first: Consumer | null = null
  last: Consumer | null = null
  count = 0

  /** Joins behind those of its own and of higher priority. */
  join(consumer: Consumer): void {
    let ahead = this.last
    while (ahead !== null && ahead.priority < consumer.priority) ahead = ahead.ahead
    this.joinBehind(ahead, consumer)
  }

  /** Joins at the very back: when a line is put together again. */
  append(consumer: Consumer): void {
    this.joinBehind(this.last, consumer)
  }

  private joinBehind(ahead: Consumer | null, consumer: Consumer): void {
    const behind = ahead === null ? this.first : ahead.behind
    consumer.line = this
    consumer.ahead = ahead
    consumer.behind = behind
    if (ahead === null) this.first = consumer
    else ahead.behind = consumer
    if (behind === null) this.last = consumer
    else behind.ahead = consumer
    this.count++
  }

  /** Leaves from wherever it stands; nothing happens if it stands in another line or in none. */
  leave(consumer: Consumer): void {
    if (consumer.line !== this) return
    this.unlink(consumer)
    consumer.line = null
  }

  /** Goes from this line, in which it stands, to another one. */
  move(consumer: Consumer, to: Line): void {
    this.unlink(consumer)
    to.join(consumer)
  }

  private unlink(consumer: Consumer): void {
    const { ahead, behind } = consumer
    if (ahead === null) this.first = behind
    else ahead.behind = behind
    if (behind === null) this.last = ahead
    else behind.ahead = ahead
    this.count--
  }

  /** Goes to the back of those of its own priority, from wherever it stands in this line. */
  toBack(consumer: Consumer): void {
    if (consumer !== this.last) this.move(consumer, this)
  }

  /** From first to last. */
  list(): Consumer[] {
    const consumers: Consumer[] = []
    for (let at = this.first; at !== null; at = at.behind) consumers.push(at)
    return consumers
  }

  clear(): void {
    for (const consumer of this.list()) this.leave(consumer)
  }
}
