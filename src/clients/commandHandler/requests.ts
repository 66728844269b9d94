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

  constructor(records: Records, node: number) {
    const names = ['kind', 'command', 'stream', 'expected', 'firstEvent', 'eventCount']
    this.columns = names.map((name) => records.ints(node, `request ${name}`))
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

  /** The events of an append. */
  static events(request: Request): number[] {
    return Array.from({ length: request.eventCount }, (_, i) => request.firstEvent + i)
  }

  private value(number: number, column: number): number {
    return this.columns[column]?.get(number) ?? -1
  }
}
