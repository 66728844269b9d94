/**
 * What a subscription is on: all streams, what passes a filter on them, a stream, or a category such as
 * `$ce-account`. Each has its events in order, by their place in it; only of all streams is that the position in the
 * store. KurrentDB docs, "Catch-up
 * subscriptions": a checkpoint is a position of `$all`, or the number of an event in the stream subscribed to.
 */
import { assert } from '../../base/assert.ts'
import { categoryName } from './category.ts'
import type { EventStore } from './store.ts'

export class Source {
  readonly name: string | null
  private readonly store: EventStore

  constructor(store: EventStore, name: string | null) {
    this.store = store
    this.name = name
  }

  /** How many events it has. */
  get end(): number {
    return this.store.endOf(this.name)
  }

  /** The first place that can be read: of a stream of which something is gone, a later one. */
  get first(): number {
    return this.name === null ? 0 : this.store.firstVersion(this.name)
  }

  /** Whether an event of this type in this stream is its own. */
  has(stream: string, type: string): boolean {
    const { name } = this
    if (name === null || name === stream || name === categoryName(stream)) return true
    return this.store.passes(name, type, stream)
  }

  positionAt(place: number): number {
    return this.store.positionIn(this.name, place)
  }

  /** The place of an event that is the next to come, or comes after a stretch that cannot be read any more. */
  find(message: number, from: number): number {
    const { log } = this.store
    let place = from
    while (log.messageAt(this.positionAt(place)) !== message) {
      place++
      assert(place < this.end, `event ${message} came, which does not follow on ${from}`)
    }
    return place
  }

  /** How many of its events lie before a position of the store. */
  countBefore(position: number): number {
    if (this.name === null) return position
    let from = 0
    let to = this.end
    while (from < to) {
      const middle = (from + to) >> 1
      if (this.positionAt(middle) < position) from = middle + 1
      else to = middle
    }
    return from
  }

  /** The position in the store behind the event before `place`: what whoever is there has seen of the store. */
  reached(place: number): number {
    return place === 0 ? 0 : this.positionAt(place - 1) + 1
  }

  /** How many events that can be read lie from `place` on. */
  behind(place: number): number {
    return Math.max(0, this.end - Math.max(place, this.first))
  }
}

/** A source as settings name it: nothing, or no text, is all streams. */
export function sourceNamed(text = ''): string | null {
  return text === '' ? null : text
}
