/**
 * What lies in a window of the lanes: one by one where it can be told apart, counted by columns where it
 * cannot. It costs by what is in the window and by the number of columns, not by the length of the run.
 */
import { type Crossings, readCrossing } from './crossings.ts'
import { FORM, formOf, type Lane, rowOf } from './lane.ts'
import type { LaneIndex } from './laneIndex.ts'
import type { Spans } from './spans.ts'
import { Strokes } from './strokes.ts'

export interface WindowAsk {
  fromUs: number
  toUs: number
  /** In how many columns is counted what is too dense; more lines than that are not told apart. */
  columns: number
  /** Rows that fit into a lane: what lies deeper is shown as a depth. */
  rows: number
}

/** What is too dense to be told apart: a number for each column. */
export interface Ribbon {
  what: /** Left on a link's direction within the column. */
    | 'crossings'
    /** Stays at the end of the column. */
    | 'depth'
    /** Written within the column. */
    | 'written'
    | 'faults'
  /** Lanes at both ends; the same for what stays. */
  fromLane: number
  toLane: number
  /** Of crossings: thinner things. */
  isAnswer: boolean
  counts: Uint32Array
  /** Of everything that touches the window. */
  total: number
}

export interface LaneWindow {
  strokes: Strokes
  ribbons: Ribbon[]
}

/** Looks into an index; what it returns is good until the next look. */
export class WindowReader {
  private readonly strokes = new Strokes()
  private readonly index: LaneIndex

  constructor(index: LaneIndex) {
    this.index = index
  }

  read(ask: WindowAsk): LaneWindow {
    const { strokes, index } = this
    const ribbons: Ribbon[] = []
    strokes.clear()
    index.lanes.forEach((lane, at) => {
      this.readLane(lane, at, ask, ribbons)
    })
    for (const crossing of index.crossings) this.readCrossings(crossing, ask, ribbons)
    return { strokes, ribbons }
  }

  /** Everything that a message itself does, wherever in the run. */
  lifeOf(message: number): Strokes {
    const life = new Strokes()
    this.index.lanes.forEach((lane, at) => {
      lane.stays.eachOf(message, (i) => addStay(life, lane.stays, i, at))
      lane.writings.eachOf(message, (i) => addStay(life, lane.writings, i, at))
    })
    for (const crossing of this.index.crossings) {
      crossing.spans.eachOf(message, (i) => addCrossing(life, crossing, i))
    }
    return life
  }

  private readLane(lane: Lane, at: number, ask: WindowAsk, ribbons: Ribbon[]): void {
    const { fromUs, toUs, columns, rows } = ask
    const { strokes } = this
    lane.downs.eachIn(fromUs, toUs, (i) => addStay(strokes, lane.downs, i, at))
    const total = lane.stays.countIn(fromUs, toUs)
    const before = strokes.count
    let deepest = 0
    if (total <= columns * 2) {
      lane.stays.eachIn(fromUs, toUs, (i) => {
        addStay(strokes, lane.stays, i, at)
        deepest = Math.max(deepest, rowOf(lane.stays.tag(i)) + 1)
      })
    }
    if (total > columns * 2 || deepest > rows) {
      strokes.count = before
      const counts = perColumn(ask, (_leftUs, rightUs) => lane.stays.presentAt(rightUs))
      ribbons.push({ what: 'depth', fromLane: at, toLane: at, isAnswer: false, counts, total })
    }
    this.readMoments(lane.writings, at, 'written', ask, ribbons)
    this.readMoments(lane.faults, at, 'faults', ask, ribbons)
  }

  private readMoments(
    spans: Spans,
    at: number,
    what: Ribbon['what'],
    ask: WindowAsk,
    ribbons: Ribbon[],
  ): void {
    const { fromUs, toUs, columns } = ask
    const total = spans.countIn(fromUs, toUs)
    if (total <= columns) {
      spans.eachIn(fromUs, toUs, (i) => addStay(this.strokes, spans, i, at))
      return
    }
    const counts = begunPerColumn(spans, ask)
    ribbons.push({ what, fromLane: at, toLane: at, isAnswer: false, counts, total })
  }

  private readCrossings(crossing: Crossings, ask: WindowAsk, ribbons: Ribbon[]): void {
    const { fromUs, toUs, columns } = ask
    const { spans, from, to } = crossing
    const total = spans.countIn(fromUs, toUs)
    if (total === 0) return
    if (total <= columns) {
      spans.eachIn(fromUs, toUs, (i) => addCrossing(this.strokes, crossing, i))
      return
    }
    const counts = begunPerColumn(spans, ask)
    const isAnswer = crossing.back
    ribbons.push({ what: 'crossings', fromLane: from, toLane: to, isAnswer, counts, total })
  }
}

function begunPerColumn(spans: Spans, ask: WindowAsk): Uint32Array {
  let before = spans.begunAt(ask.fromUs - 1)
  return perColumn(ask, (_leftUs, rightUs) => {
    const begun = spans.begunAt(rightUs)
    const count = begun - before
    before = begun
    return count
  })
}

function perColumn(
  { fromUs, toUs, columns }: WindowAsk,
  count: (leftUs: number, rightUs: number) => number,
): Uint32Array {
  const counts = new Uint32Array(columns)
  for (let column = 0; column < columns; column++) {
    counts[column] = count(
      columnEndUs(fromUs, toUs, columns, column - 1),
      columnEndUs(fromUs, toUs, columns, column),
    )
  }
  return counts
}

/** The last microsecond of a column; of the one before the first, the last before the window. */
export function columnEndUs(fromUs: number, toUs: number, columns: number, column: number): number {
  if (column === columns - 1) return toUs
  return Math.ceil(fromUs + ((toUs - fromUs) * (column + 1)) / columns) - 1
}

function addStay(strokes: Strokes, spans: Spans, i: number, lane: number): void {
  const tag = spans.tag(i)
  const row = rowOf(tag)
  strokes.add(
    spans.startUs(i),
    spans.endUs(i),
    spans.message(i),
    formOf(tag),
    lane,
    lane,
    row,
    row,
    1,
  )
}

function addCrossing(strokes: Strokes, crossing: Crossings, i: number): void {
  const { spans, from, to } = crossing
  const { form, fromRow, toRow, lost } = readCrossing(spans.tag(i))
  const reach = lost ? crossing.reach(i) : 1
  strokes.add(
    spans.startUs(i),
    crossing.endUs(i),
    spans.message(i),
    form === FORM.answer ? FORM.answer : FORM.message,
    from,
    to,
    fromRow,
    toRow,
    reach,
  )
}
