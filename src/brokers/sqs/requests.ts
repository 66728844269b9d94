/** Receive requests that wait for messages (long polling): columns of what was asked, and a list of who waits. */
import type { IntColumn, TimeColumn } from '../../base/column.ts'
import type { Archive } from '../../engine/archive.ts'
import type { Records } from '../../engine/records.ts'

export class Requests {
  /** Requests that ever waited: the next one's number. */
  count = 0
  /** Those that wait, longest first. */
  readonly waiting: number[] = []
  private readonly clients: IntColumn
  private readonly greatest: IntColumn
  private readonly visibility: TimeColumn
  /** When each gives up. */
  private readonly ends: TimeColumn

  constructor(records: Records, node: number) {
    this.clients = records.ints(node, 'request/by')
    this.greatest = records.ints(node, 'request/max')
    this.visibility = records.times(node, 'request/visibilityUs')
    this.ends = records.times(node, 'request/endUs')
  }

  /** Writes down a request that is about to wait. Returns its number. */
  book(by: number, max: number, visibilityUs: number, endUs: number): number {
    this.clients.put(this.count, by)
    this.greatest.put(this.count, max)
    this.visibility.put(this.count, visibilityUs)
    this.ends.put(this.count, endUs)
    return this.count
  }

  by(request: number): number {
    return this.clients.get(request)
  }
  max(request: number): number {
    return this.greatest.get(request)
  }
  visibilityUs(request: number): number {
    return this.visibility.get(request)
  }
  endUs(request: number): number {
    return this.ends.get(request)
  }

  add(request: number): void {
    this.count++
    this.waiting.push(request)
  }

  remove(request: number): void {
    const at = this.waiting.indexOf(request)
    if (at !== -1) this.waiting.splice(at, 1)
  }

  archive(io: Archive): void {
    this.count = io.int(this.count)
    io.list(this.waiting)
  }
}
