/** What is known of one node's lane: what stays there, row below row, when its process was down, and its marks. */
import { Spans } from './spans.ts'

/** What a stretch on a lane, or between two, is. */
export const FORM = {
  /** A message, a command, an event, a batch on its way. */
  message: 0,
  /** Thinner: an acknowledgement, a poll, a commit, a reply. */
  answer: 1,
  waits: 2,
  works: 3,
  down: 4,
  /** A moment, not a stretch. */
  written: 5,
  fault: 6,
} as const

const FORM_BITS = 4
const ROW_MAX = 0xffff

/** A stay's form and its row in the lane. */
export function stayTag(form: number, row: number): number {
  return form | (Math.min(row, ROW_MAX) << FORM_BITS)
}
export function formOf(tag: number): number {
  return tag & ((1 << FORM_BITS) - 1)
}
export function rowOf(tag: number): number {
  return tag >> FORM_BITS
}

export class Lane {
  /** Waiting and working, in rows so that no two at the same time lie on one another. */
  readonly stays = new Spans()
  readonly downs = new Spans()
  /** Records and events, each on the row of its partition or stream. */
  readonly writings = new Spans()
  readonly faults = new Spans()
  /** Most rows that ever were in use at once. */
  deepest = 0
  /** The row and moment of the last stay that ended, of whichever message: where its line begins. */
  lastEnded = { message: -1, timeUs: -1, row: 0 }
  private readonly rows = new Rows()
  /** Stays that are not over, by message. A message can be here more than once. */
  private readonly present = new Map<number, number[]>()
  private down = -1

  begin(form: number, message: number, timeUs: number): number {
    const row = this.rows.take()
    this.deepest = Math.max(this.deepest, row + 1)
    const index = this.stays.open(timeUs, message, stayTag(form, row))
    const others = this.present.get(message)
    if (others) others.push(index)
    else this.present.set(message, [index])
    return row
  }

  /** The oldest copy of the message that waits does so no longer, if there is one. */
  endWait(message: number, timeUs: number): void {
    this.take(message, timeUs, this.oldest(message, FORM.waits))
  }

  /** The oldest copy of the message that is worked on ends, else the oldest of all. */
  end(message: number, timeUs: number): void {
    this.take(message, timeUs, Math.max(0, this.oldest(message, FORM.works)))
  }

  private oldest(message: number, form: number): number {
    const stays = this.present.get(message) ?? []
    return stays.findIndex((index) => formOf(this.stays.tag(index)) === form)
  }

  private take(message: number, timeUs: number, at: number): void {
    const stays = this.present.get(message)
    const index = stays?.[at]
    if (stays === undefined || index === undefined) return
    stays.splice(at, 1)
    if (stays.length === 0) this.present.delete(message)
    this.over(index, timeUs)
  }

  endAll(timeUs: number): void {
    for (const stays of this.present.values()) for (const index of stays) this.over(index, timeUs)
    this.present.clear()
  }

  goDown(timeUs: number): void {
    this.endAll(timeUs)
    if (this.down === -1) this.down = this.downs.open(timeUs, -1, FORM.down)
  }

  comeUp(timeUs: number): void {
    if (this.down === -1) return
    this.downs.close(this.down, timeUs)
    this.down = -1
  }

  write(message: number, timeUs: number, row: number): void {
    const { writings } = this
    this.deepest = Math.max(this.deepest, row + 1)
    writings.close(writings.open(timeUs, message, stayTag(FORM.written, row)), timeUs)
  }

  fault(message: number, timeUs: number): void {
    this.faults.close(this.faults.open(timeUs, message, FORM.fault), timeUs)
  }

  private over(index: number, timeUs: number): void {
    this.stays.close(index, timeUs)
    const row = rowOf(this.stays.tag(index))
    this.rows.give(row)
    this.lastEnded = { message: this.stays.message(index), timeUs, row }
  }
}

/** Rows of a lane: the lowest free one is taken first. A binary heap of those given back. */
class Rows {
  private next = 0
  private readonly free: number[] = []

  take(): number {
    const { free } = this
    const lowest = free[0]
    const last = free.pop()
    if (lowest === undefined || last === undefined) return this.next++
    if (free.length > 0) this.sink(last)
    return lowest
  }

  give(row: number): void {
    const { free } = this
    let at = free.length
    free.push(row)
    while (at > 0) {
      const parent = (at - 1) >> 1
      if ((free[parent] as number) <= row) break
      free[at] = free[parent] as number
      at = parent
    }
    free[at] = row
  }

  private sink(row: number): void {
    const { free } = this
    let at = 0
    for (;;) {
      let child = at * 2 + 1
      if (child >= free.length) break
      if (child + 1 < free.length && (free[child + 1] as number) < (free[child] as number)) child++
      if ((free[child] as number) >= row) break
      free[at] = free[child] as number
      at = child
    }
    free[at] = row
  }
}
