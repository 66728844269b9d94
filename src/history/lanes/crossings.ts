/**
 * What travels from one lane to another: each direction of a link. Its parcels arrive in the order in
 * which they were sent, so the oldest on its way is the one that arrives.
 */
import { FORM } from './lane.ts'
import { OPEN, Spans } from './spans.ts'

const LOST = 1 << 4
const FROM_SHIFT = 5
const TO_SHIFT = 13
const ROW_MAX = 0xff
const TO_MASK = ROW_MAX << TO_SHIFT

/** Form, rows at both ends, and whether it never came out. */
export interface Crossing {
  form: number
  fromRow: number
  toRow: number
  lost: boolean
}

export function readCrossing(tag: number): Crossing {
  return {
    form: tag & 1,
    fromRow: (tag >> FROM_SHIFT) & ROW_MAX,
    toRow: (tag >> TO_SHIFT) & ROW_MAX,
    lost: (tag & LOST) !== 0,
  }
}

export class Crossings {
  readonly spans = new Spans()
  latencyUs: number
  isCut = false
  /** The first parcel that is still on its way. */
  private first = 0
  /** Of what was lost on its way: how far it had come, 0 to 1. */
  private readonly lostAt = new Map<number, number>()
  readonly link: number
  readonly back: boolean
  readonly from: number
  readonly to: number

  constructor(link: number, back: boolean, from: number, to: number, latencyUs: number) {
    this.link = link
    this.back = back
    this.from = from
    this.to = to
    this.latencyUs = latencyUs
  }

  /** Whether what is handed over now comes out at once and leaves no facts of its own. */
  get isImmediate(): boolean {
    return this.latencyUs === 0 && !this.isCut && this.first === this.spans.count
  }

  send(timeUs: number, message: number, isAnswer: boolean, fromRow: number): number {
    const form = isAnswer ? FORM.answer : FORM.message
    const row = Math.min(fromRow, ROW_MAX)
    return this.spans.open(timeUs, message, form | (row << FROM_SHIFT))
  }

  /** Returns what arrived. */
  arrive(timeUs: number): number {
    this.spans.close(this.first, timeUs)
    return this.first++
  }

  /** Handed over in no time: a line straight down. */
  hop(timeUs: number, message: number, fromRow: number): number {
    this.send(timeUs, message, false, fromRow)
    return this.arrive(timeUs)
  }

  /** Sent into a cut link. */
  lose(timeUs: number, message: number, isAnswer: boolean, fromRow: number): void {
    const index = this.send(timeUs, message, isAnswer, fromRow)
    this.markLost(index, 0)
    this.arrive(timeUs)
  }

  /** Everything on its way is gone. */
  empty(timeUs: number): void {
    for (; this.first < this.spans.count; this.first++) {
      const passed = timeUs - this.spans.startUs(this.first)
      this.markLost(this.first, this.latencyUs > 0 ? Math.min(1, passed / this.latencyUs) : 0)
      this.spans.close(this.first, timeUs)
    }
  }

  /** The row on which what arrived goes on. */
  landOn(index: number, row: number): void {
    const tag = this.spans.tag(index) & ~TO_MASK
    this.spans.retag(index, tag | (Math.min(row, ROW_MAX) << TO_SHIFT))
  }

  /** When a parcel comes out: known beforehand for what is on its way. */
  endUs(index: number): number {
    const endUs = this.spans.endUs(index)
    return endUs === OPEN ? this.spans.startUs(index) + this.latencyUs : endUs
  }

  /** How far it came, 0 to 1: less than all of the way only for what was lost. */
  reach(index: number): number {
    return this.lostAt.get(index) ?? 1
  }

  private markLost(index: number, reach: number): void {
    this.spans.retag(index, this.spans.tag(index) | LOST)
    this.lostAt.set(index, reach)
  }
}
