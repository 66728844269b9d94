/**
 * The lanes of a priority queue, one a level: in each the positions that came, in order, as an append-only
 * column with a cursor, plus those that came back (rabbitmq.com/docs/priority). The head of the queue is the
 * head of the highest lane that holds something.
 */
import type { IntColumn } from '../../base/column.ts'
import type { Archive } from '../../engine/archive.ts'
import type { Records } from '../../engine/records.ts'

class Lane {
  /** Places at or above `next` were never delivered; `tail` is where the next position goes. */
  next = 0
  tail = 0
  /** Positions that came back, oldest first. */
  readonly returned: number[] = []
  readonly log: IntColumn

  constructor(log: IntColumn) {
    this.log = log
  }

  get ready(): number {
    return this.returned.length + this.tail - this.next
  }

  get head(): number {
    return this.returned.length > 0 ? (this.returned[0] as number) : this.log.get(this.next)
  }
}

export class Lanes {
  ready = 0
  private readonly lanes: Lane[]
  readonly max: number

  constructor(records: Records, queue: number, max: number) {
    this.max = max
    this.lanes = Array.from(
      { length: max + 1 },
      (_, level) => new Lane(records.ints(queue, `lane${level}`)),
    )
  }

  /** Lane of a priority: absent counts as 0, above the maximum as the maximum. */
  levelOf(priority: number | undefined): number {
    return Math.min(priority ?? 0, this.max)
  }

  /** Position of the head; only if something is ready. */
  head(): number {
    return this.highest().head
  }

  headCameBack(): boolean {
    return this.highest().returned.length > 0
  }

  /** Writes down where a position will lie, before the fact that stores it. */
  book(level: number, position: number): void {
    const lane = this.lane(level)
    lane.log.put(lane.tail, position)
  }

  store(level: number): void {
    this.lane(level).tail++
    this.ready++
  }

  takeHead(): void {
    const lane = this.highest()
    if (lane.returned.length > 0) lane.returned.shift()
    else lane.next++
    this.ready--
  }

  takeBack(level: number, position: number): void {
    insertInOrder(this.lane(level).returned, position)
    this.ready++
  }

  clear(): void {
    for (const lane of this.lanes) {
      lane.returned.length = 0
      lane.next = lane.tail
    }
    this.ready = 0
  }

  /** The first `limit` ready positions in the order of delivery. */
  list(limit: number): { position: number; cameBack: boolean }[] {
    const found: { position: number; cameBack: boolean }[] = []
    for (const lane of this.lanes.toReversed()) {
      for (const position of lane.returned) found.push({ position, cameBack: true })
      for (let at = lane.next; at < lane.tail && found.length < limit; at++) {
        found.push({ position: lane.log.get(at), cameBack: false })
      }
      if (found.length >= limit) break
    }
    return found.slice(0, limit)
  }

  archive(io: Archive): void {
    this.ready = io.int(this.ready)
    for (const lane of this.lanes) {
      lane.next = io.int(lane.next)
      lane.tail = io.int(lane.tail)
      io.list(lane.returned)
    }
  }

  private lane(level: number): Lane {
    return this.lanes[level] as Lane
  }

  private highest(): Lane {
    for (let level = this.max; level > 0; level--) {
      if (this.lane(level).ready > 0) return this.lane(level)
    }
    return this.lane(0)
  }
}

/** Puts a position where it belongs among those that came back: its original place. */
export function insertInOrder(returned: number[], position: number): void {
  let i = returned.length
  while (i > 0 && (returned[i - 1] as number) > position) i--
  returned.splice(i, 0, position)
}
