/**
 * A log and its fold: the state after any event, the tables at any position, and questions about them. It
 * keeps all of the fold's state every so often; as a fold is a pure function, that changes nothing but time.
 */
import type { Folding, FoldState, LoggedEvent } from './folding.ts'
import { type CellPlace, cellOf, rowsOf } from './rows.ts'

/** Events between two checkpoints, and at most in one call: what a program may spend is counted by call. */
const SPACING = 256
/** Events of one stream that a question looks at before it lists the latest only. */
const LISTED_MAX = 100
/** Changes of a cell that are enough to be told. */
const CELL_CHANGES = 20
/** Events after which a table is looked at in one call: what a program may spend is counted by call. */
const CELLS_TAKEN = 64
/** Stretches in which a value is so that are kept. */
const SPANS_MAX = 5_000

/** An event that changed a value, with the value before and after it. */
export interface Change {
  position: number
  before: unknown
  after: unknown
}

export class FoldedLog {
  readonly events: readonly LoggedEvent[]
  readonly folding: Folding
  /** All of the fold's state before event `i * SPACING`. */
  private readonly checkpoints: string[] = []
  /** Events that are folded in `folding` now, and in total so far. */
  private at = 0
  private folded = 0
  /** Told after each call that it is not lost in one. */
  private readonly onward: () => void

  constructor(events: readonly LoggedEvent[], folding: Folding, onward: () => void = () => {}) {
    this.events = events
    this.folding = folding
    this.onward = onward
    folding.reset()
    this.checkpoints.push(folding.save())
  }

  /** How many events are folded. */
  get count(): number {
    return this.folded
  }

  /** Folds the next events of the log; false when there are none. */
  advance(): boolean {
    if (this.folded >= this.events.length) return false
    this.goTo(this.folded)
    const end = Math.min(this.events.length, (Math.floor(this.folded / SPACING) + 1) * SPACING)
    this.forward(end)
    return true
  }

  /** Whether the same events give the same state a second time; false if the program remembers something else. */
  isRepeatable(): boolean {
    const last = Math.min(this.checkpoints.length - 1, 1)
    const end = last === 1 ? SPACING : this.folded
    this.goTo(end)
    const before = this.folding.save()
    this.folding.load(this.checkpoints[0] ?? '')
    this.at = 0
    this.forward(end)
    return this.folding.save() === before
  }

  /** State of a stream after the first `count` events of the log. */
  stateAt(stream: string, count: number): FoldState {
    this.goTo(count)
    return this.folding.state(stream)
  }

  /** State of each event's stream after the events at `from` to `to` of the log. */
  states(from: number, to: number): FoldState[] {
    this.goTo(from)
    const states: FoldState[] = []
    while (this.at < to) states.push(...this.forward(Math.min(to, this.nextBound())))
    return states
  }

  tablesAt(count: number): unknown[] {
    this.goTo(count)
    return this.folding.tables()
  }

  /** What made a value of a stream's state what it is after the first `count` events. */
  changesOf(
    stream: string,
    path: readonly string[],
    count: number,
  ): { total: number; latest: Change[] } {
    const latest: Change[] = []
    let total = 0
    this.scan(stream, path, 0, count, (position, before, after) => {
      if (sameValue(before, after)) return true
      total++
      latest.push({ position, before, after })
      if (latest.length > LISTED_MAX) latest.shift()
      return true
    })
    return { total, latest }
  }

  /**
   * What made a cell of a table what it is after the first `count` events: the table is looked at after each,
   * from the latest back, until there is enough to tell, however far back that is.
   */
  changesOfCell(
    table: number,
    place: CellPlace,
    count: number,
  ): { latest: Change[]; cut: boolean } {
    const latest: Change[] = []
    let from = count
    while (from > 0 && latest.length < CELL_CHANGES) {
      const to = from
      from = Math.max(0, to - SPACING)
      const stretch: Change[] = []
      this.scanCell(table, place, from, to, (position, before, after) => {
        if (!sameValue(before, after)) stretch.push({ position, before, after })
        return true
      })
      latest.unshift(...stretch)
    }
    return { latest: latest.slice(-LISTED_MAX), cut: from > 0 }
  }

  /** Where in the log a value of a stream's state is true of `holds`: from after one event up to after another. */
  spansOf(
    stream: string,
    path: readonly string[],
    holds: (value: unknown) => boolean,
  ): [from: number, to: number][] {
    const spans: [number, number][] = []
    const end = this.events.length
    let from = holds(valueAt(this.stateAt(stream, 0), path)) ? 0 : -1
    this.scan(stream, path, 0, end, (position, _before, after) => {
      const isTrue = holds(after)
      if (isTrue && from === -1) from = position + 1
      if (!isTrue && from !== -1) {
        spans.push([from, position + 1])
        from = -1
      }
      return spans.length < SPANS_MAX
    })
    if (from !== -1) spans.push([from, end + 1])
    return spans
  }

  /** The same of a cell of a table, which is looked at after each event. */
  spansOfCell(
    table: number,
    place: CellPlace,
    holds: (value: unknown) => boolean,
  ): [from: number, to: number][] {
    const spans: [number, number][] = []
    let from = holds(this.cellAt(table, place, 0)) ? 0 : -1
    this.scanCell(table, place, 0, this.events.length, (position, _before, after) => {
      const isTrue = holds(after)
      if (isTrue && from === -1) from = position + 1
      if (!isTrue && from !== -1) {
        spans.push([from, position + 1])
        from = -1
      }
      return spans.length < SPANS_MAX
    })
    if (from !== -1) spans.push([from, this.events.length + 1])
    return spans
  }

  /** A cell of a table after the first `count` events. */
  cellAt(table: number, place: CellPlace, count: number): unknown {
    return cellOf(rowsOf(this.tablesAt(count)[table]), place)
  }

  /** Positions after whose events a value begins to be true of `holds`, the first in `from` to `to`. */
  firstWhere(
    stream: string,
    path: readonly string[],
    holds: (value: unknown) => boolean,
    from: number,
    to: number,
  ): number {
    let found = -1
    this.scan(stream, path, from, to, (position, before, after) => {
      if (holds(after) && !holds(before)) found = position
      return found === -1
    })
    return found
  }

  lastWhere(
    stream: string,
    path: readonly string[],
    holds: (value: unknown) => boolean,
    to: number,
  ): number {
    let found = -1
    this.scan(stream, path, 0, to, (position, before, after) => {
      if (holds(after) && !holds(before)) found = position
      return true
    })
    return found
  }

  /** Visits a value before and after each event of a stream until the visitor has enough. */
  private scan(
    stream: string,
    path: readonly string[],
    from: number,
    to: number,
    visit: (position: number, before: unknown, after: unknown) => boolean,
  ): void {
    let before = valueAt(this.stateAt(stream, from), path)
    this.goTo(from)
    for (let at = from; at < to; ) {
      const end = Math.min(to, (Math.floor(at / SPACING) + 1) * SPACING)
      const states = this.states(at, end)
      for (let i = 0; i < states.length; i++) {
        if (this.events[at + i]?.stream !== stream) continue
        const after = valueAt(states[i] ?? 'null', path)
        if (!visit(at + i, before, after)) return
        before = after
      }
      at = end
    }
  }

  /** Visits a cell of a table before and after each event until the visitor has enough. */
  private scanCell(
    table: number,
    place: CellPlace,
    from: number,
    to: number,
    visit: (position: number, before: unknown, after: unknown) => boolean,
  ): void {
    let before: unknown = this.cellAt(table, place, from) ?? null
    while (this.at < to) {
      const first = this.at
      const end = Math.min(to, this.nextBound(), first + CELLS_TAKEN)
      const cells = this.folding.cells(this.events.slice(first, end), table, place)
      this.standAt(end)
      for (const [i, after] of cells.entries()) {
        if (!visit(first + i, before, after)) return
        before = after
      }
    }
  }

  private nextBound(): number {
    return (Math.floor(this.at / SPACING) + 1) * SPACING
  }

  /** Puts the folding where the first `count` events are folded. */
  private goTo(count: number): void {
    const checkpoint = Math.min(Math.floor(count / SPACING), this.checkpoints.length - 1)
    if (count < this.at || checkpoint * SPACING > this.at) {
      this.folding.load(this.checkpoints[checkpoint] ?? '')
      this.at = checkpoint * SPACING
    }
    while (this.at < count) this.forward(Math.min(count, this.nextBound()))
  }

  private forward(to: number): FoldState[] {
    const states = this.folding.take(this.events.slice(this.at, to))
    this.standAt(to)
    return states
  }

  private standAt(count: number): void {
    this.at = count
    this.onward()
    this.folded = Math.max(this.folded, count)
    if (count === this.checkpoints.length * SPACING) this.checkpoints.push(this.folding.save())
  }
}

/** The value under a path of a state, undefined where there is none. */
export function valueAt(state: FoldState, path: readonly string[]): unknown {
  let value: unknown = JSON.parse(state)
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined
    value = (value as Record<string, unknown>)[step]
  }
  return value
}

function sameValue(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b)
}
