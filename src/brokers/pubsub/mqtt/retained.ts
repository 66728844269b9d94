/** Retained messages (MQTT 5.0, 3.3.1.3): the last one of each topic, for those who subscribe later. */
import type { Archive } from '../../../engine/archive.ts'
import type { Records } from '../../../engine/records.ts'
import { matchesFilter } from './topics.ts'

export class RetainedMessages {
  /** Message by interned topic. */
  private readonly messages = new Map<number, number>()
  /** Topics in the order in which they were first retained. */
  private readonly topics: number[] = []
  private readonly records: Records
  constructor(records: Records) {
    this.records = records
  }

  get count(): number {
    return this.messages.size
  }
  of(topic: string): number | undefined {
    return this.messages.get(this.records.strings.id(topic))
  }

  /** Called while a fact is applied. */
  keep(message: number): void {
    this.messages.set(this.place(message), message)
  }

  /** Called while a fact is applied. The topic has its place in the tree even if it never kept anything. */
  clear(message: number): void {
    this.messages.delete(this.place(message))
  }

  private place(message: number): number {
    const topic = this.records.messages.key(message)
    if (!this.topics.includes(topic)) this.topics.push(topic)
    return topic
  }

  /** Messages that a filter matches, in the order in which mosquitto walks its tree of levels. */
  matching(filter: string): number[] {
    const { strings } = this.records
    const places = this.places()
    const prefixLength = filter.split('/').length - 1
    const found: { place: readonly number[]; message: number }[] = []
    for (const [topic, message] of this.messages) {
      const text = strings.text(topic)
      if (!matchesFilter(filter, text)) continue
      const place = [...(places.get(topic) as number[])]
      // The level just above `#` comes after those below it.
      if (filter.endsWith('#') && place.length === prefixLength) place.push(Number.MAX_VALUE)
      found.push({ place, message })
    }
    return found.sort((a, b) => comparePlaces(a.place, b.place)).map(({ message }) => message)
  }

  archive(io: Archive): void {
    io.list(this.topics)
    const pairs = [...this.messages].flat()
    io.list(pairs)
    if (!io.loading) return
    this.messages.clear()
    for (let i = 0; i < pairs.length; i += 2) {
      this.messages.set(pairs[i] as number, pairs[i + 1] as number)
    }
  }

  /** For each topic, which child of its parent each of its levels was, in the order of their coming. */
  private places(): Map<number, number[]> {
    const children = new Map<string, Map<string, number>>()
    const places = new Map<number, number[]>()
    for (const topic of this.topics) {
      const place: number[] = []
      let parent = ''
      for (const level of this.records.strings.text(topic).split('/')) {
        const siblings = children.get(parent) ?? new Map<string, number>()
        children.set(parent, siblings)
        if (!siblings.has(level)) siblings.set(level, siblings.size)
        place.push(siblings.get(level) as number)
        parent += `/${level}`
      }
      places.set(topic, place)
    }
    return places
  }
}

function comparePlaces(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const difference = (a[i] as number) - (b[i] as number)
    if (difference !== 0) return difference
  }
  return a.length - b.length
}
