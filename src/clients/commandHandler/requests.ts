/**
 * What a command handler asks its store for. A parcel holds only a few numbers, so the request itself
 * lies in columns and the parcel names it; the store's end reads it there.
 */
import type { IntColumn } from '../../base/column.ts'
import type { Records } from '../../engine/records.ts'

export interface Request {
  kind: 'load' | 'append'
  command: number
  /** Interned name of the stream. */
  stream: number
  /** For an append: the expected version, and the events as consecutive messages. */
  expected: number
  firstEvent: number
  eventCount: number
}

export class Requests {
  private readonly columns: readonly IntColumn[]
  /** By request: the first version of its stream that can be read, and 1 where a tombstone refused it. */
  private readonly firsts: IntColumn
  private readonly refusals: IntColumn
  /** By request: how much longer its append takes, and the version that it ends at. */
  private readonly lateUs: IntColumn
  private readonly versions: IntColumn

  constructor(records: Records, node: number) {
    const names = ['kind', 'command', 'stream', 'expected', 'firstEvent', 'eventCount']
    this.columns = names.map((name) => records.ints(node, `request ${name}`))
    this.firsts = records.ints(node, 'request first')
    this.refusals = records.ints(node, 'request refused')
    this.lateUs = records.ints(node, 'request late')
    this.versions = records.ints(node, 'request version')
  }

  /** The store's end: where the stream begins now. */
  putFirst(number: number, first: number): void {
    this.firsts.put(number, first)
  }
  first(number: number): number {
    return this.firsts.get(number) || 0
  }

  /** The store's end: the stream has a tombstone. */
  refuse(number: number): void {
    this.refusals.put(number, 1)
  }
  /** The store's end: the append is there, but its transaction takes longer. */
  delay(number: number, us: number, version: number): void {
    this.lateUs.put(number, us)
    this.versions.put(number, version)
  }
  late(number: number): { us: number; version: number } {
    return { us: this.lateUs.get(number) || 0, version: this.versions.get(number) || 0 }
  }

  isRefused(number: number): boolean {
    return this.refusals.get(number) === 1
  }

  put(number: number, request: Request): void {
    const { kind, command, stream, expected, firstEvent, eventCount } = request
    const values = [kind === 'load' ? 0 : 1, command, stream, expected, firstEvent, eventCount]
    values.forEach((value, i) => {
      this.columns[i]?.put(number, value)
    })
  }

  get(number: number): Request {
    return {
      kind: this.value(number, 0) === 0 ? 'load' : 'append',
      command: this.value(number, 1),
      stream: this.value(number, 2),
      expected: this.value(number, 3),
      firstEvent: this.value(number, 4),
      eventCount: this.value(number, 5),
    }
  }

  /** The append that an event came of, among the first `count` requests; null if of none of them. */
  appendOf(event: number, count: number): Request | null {
    let [low, high] = [0, count]
    while (low < high) {
      const middle = (low + high) >>> 1
      // A load has no events: the next append says on which side of it the event lies.
      let at = middle
      while (at < high && this.value(at, 4) === -1) at++
      const first = at === high ? Number.POSITIVE_INFINITY : this.value(at, 4)
      if (event < first) high = middle
      else if (event >= first + this.value(at, 5)) low = at + 1
      else return this.get(at)
    }
    return null
  }

  /** The events of an append. */
  static events(request: Request): number[] {
    return Array.from({ length: request.eventCount }, (_, i) => request.firstEvent + i)
  }

  private value(number: number, column: number): number {
    return this.columns[column]?.get(number) ?? -1
  }
}
