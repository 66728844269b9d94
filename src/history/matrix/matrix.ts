/**
 * Who got which message, how often, after how long, and why not: message × subscriber, read from the facts alone. It
 * reads on as a run grows; a moment before what it has read needs another one.
 */

import type { NodeDoc } from '../../scenario/document.ts'
import { RECEIVING_KINDS } from '../../scenario/kinds.ts'
import type { World } from '../../scenario/world.ts'
import type { MatrixFact, MatrixReading, MatrixRules } from './rules.ts'

/** One message and one subscriber: `null` where the message does not concern it. */
export interface MatrixCell {
  got: number
  /** From publishing to the first time that it had it; -1 before. */
  delayUs: number
  /** Why it did not get it, or not again. */
  missed: string | null
  /** Why it did not get it at first. */
  atFirst: string | null
  /** It is kept for it. */
  waits: boolean
  /** `missed` is why it was not meant for it. */
  spared: boolean
}

/** Which rows come first: by when they were published, or by what happened at a subscriber, or at the worst of all. */
export interface MatrixOrder {
  by: 'latest' | 'oldest' | 'delay' | 'trouble'
  /** Scenario id of the subscriber; null: all of them. */
  node: string | null
}

export interface MatrixRow {
  message: number
  subject: string
  atUs: number
  /** In the order of the columns. */
  cells: (MatrixCell | null)[]
}

export interface MatrixColumn {
  /** Scenario id. */
  node: string
  got: number
  /** Messages that it got more than once, that it missed, and that wait for it. */
  twice: number
  missed: number
  waiting: number
  /** Of first deliveries; null where there was none. */
  meanDelayUs: number | null
  longestDelayUs: number | null
}

export interface Matrix {
  columns: MatrixColumn[]
  /** The first ones of the order that was asked for. */
  rows: MatrixRow[]
  rowCount: number
  /** Rows that are kept; later messages are left out. */
  full: boolean
}

/** Rows that are kept: enough for any lesson, and bounded with a hundred subscribers. */
const ROWS_MAX = 20_000

interface Row {
  message: number
  atUs: number
  /** By column: how often it came (0 = not yet), -1 = does not concern it; delay of the first. */
  got: Int16Array
  delayUs: Float64Array
  missed: (string | undefined)[]
  atFirst: (string | undefined)[]
}

const NOT_ITS = -1

export class DeliveryMatrix implements MatrixReading {
  /** Scenario places of the nodes that have a column. */
  private readonly columns: readonly number[]
  private readonly columnOf = new Map<number, number>()
  private readonly rows: Row[] = []
  private readonly rowOf = new Map<number, Row>()
  private readonly tallies = new Map<number, number>()
  private readonly rules: MatrixRules
  private readonly fact: MatrixFact
  private nowUs = 0
  private full = false
  /** Facts that have been read. */
  seen = 0

  constructor(world: World, rules: MatrixRules) {
    const { nodes } = world.scenario
    this.columns = nodes.flatMap((node, place) => (isReceiving(node) ? [place] : []))
    for (const [column, place] of this.columns.entries()) this.columnOf.set(place, column)
    this.rules = rules
    this.fact = { world, part: -1, message: -1, aux: -1 }
  }

  /** Reads the facts up to `to`. */
  read(to: number): void {
    const { fact, rules } = this
    fact.world.records.facts.each(this.seen, to, (timeUs, kind, part, message, aux) => {
      const rule = rules[kind]
      if (rule === undefined) return
      this.nowUs = timeUs
      fact.part = part
      fact.message = message
      fact.aux = aux
      rule(this, fact)
    })
    this.seen = Math.max(this.seen, to)
  }

  /** What there is to show of the first `most` messages in an order, and all in figures. */
  result(most: number, order: MatrixOrder): Matrix {
    const { records, scenario } = this.fact.world
    return {
      columns: this.columns.map((place, column) => ({
        node: scenario.nodes[place]?.id ?? '',
        ...this.figuresOf(column),
      })),
      rows: this.inOrder(order, most).map((row) => ({
        message: row.message,
        subject: records.key(row.message),
        atUs: row.atUs,
        cells: this.columns.map((_, column) => cellOf(row, column)),
      })),
      rowCount: this.rows.length,
      full: this.full,
    }
  }

  private inOrder({ by, node }: MatrixOrder, most: number): Row[] {
    if (by === 'oldest') return this.rows.slice(0, most)
    const latest = this.rows.toReversed()
    if (by === 'latest') return latest.slice(0, most)
    const { nodes } = this.fact.world.scenario
    const all = this.columns.map((_, column) => column)
    const asked = all.filter((column) => nodes[this.columns[column] ?? -1]?.id === node)
    const columns = asked.length > 0 ? asked : all
    const weight = by === 'delay' ? longestDelay : trouble
    const weights = new Map(latest.map((row) => [row, weight(row, columns)]))
    return latest.sort((a, b) => (weights.get(b) ?? 0) - (weights.get(a) ?? 0)).slice(0, most)
  }

  // ——— what the facts tell ———

  published(message: number): void {
    if (this.rowFor(message)) return
    if (this.rows.length === ROWS_MAX) {
      this.full = true
      return
    }
    const count = this.columns.length
    const row: Row = {
      message,
      atUs: this.bornUs(message),
      got: new Int16Array(count).fill(NOT_ITS),
      delayUs: new Float64Array(count).fill(-1),
      missed: [],
      atFirst: [],
    }
    this.rows.push(row)
    this.rowOf.set(message, row)
  }

  owed(subscriber: number, message: number): void {
    this.at(subscriber, message, (row, column) => {
      if (row.got[column] === NOT_ITS) row.got[column] = 0
      else takeBack(row, column)
    })
  }

  got(subscriber: number, message: number): void {
    this.at(subscriber, message, (row, column) => {
      const before = row.got[column] ?? NOT_ITS
      takeBack(row, column)
      row.got[column] = Math.min(32_767, Math.max(0, before) + 1)
      if (row.delayUs[column] === -1) row.delayUs[column] = this.nowUs - row.atUs
    })
  }

  missed(subscriber: number, message: number, why: string): void {
    this.at(subscriber, message, (row, column) => {
      if (row.got[column] === NOT_ITS) row.got[column] = 0
      row.missed[column] = why
    })
  }

  spared(subscriber: number, message: number, why: string): void {
    this.at(subscriber, message, (row, column) => {
      row.missed[column] = why
    })
  }

  setBack(subscriber: number, message: number, why: string): void {
    this.at(subscriber, message, (row, column) => {
      row.atFirst[column] ??= why
    })
  }

  missedAll(subscriber: number, why: string): void {
    const column = this.columnOf.get(subscriber)
    if (column === undefined) return
    for (const row of this.rows) if (row.got[column] === 0) row.missed[column] ??= why
  }

  hasHad(subscriber: number, message: number): boolean {
    const column = this.columnOf.get(subscriber)
    const row = this.rowFor(message)
    return column !== undefined && row !== undefined && (row.got[column] ?? NOT_ITS) > 0
  }

  tally(part: number, by: number): number {
    const before = this.tallies.get(part) ?? 0
    this.tallies.set(part, before + by)
    return before
  }

  // ——— inside ———

  private at(subscriber: number, message: number, visit: (row: Row, column: number) => void): void {
    const column = this.columnOf.get(subscriber)
    const row = this.rowFor(message)
    if (column !== undefined && row) visit(row, column)
  }

  /** When its producer published it: a place may know it as a copy under a subject of its link. */
  private bornUs(message: number): number {
    const { messages } = this.fact.world.records
    const parent = messages.parent(message)
    const isCopy = parent !== -1 && messages.source(parent) === messages.source(message)
    return messages.bornUs(isCopy ? parent : message)
  }

  /** The row of a message, or of the one that it is a copy of. */
  private rowFor(message: number): Row | undefined {
    const { messages } = this.fact.world.records
    for (let at = message; at >= 0; at = messages.parent(at)) {
      const row = this.rowOf.get(at)
      if (row) return row
    }
    return undefined
  }

  private figuresOf(column: number): Omit<MatrixColumn, 'node'> {
    let [got, twice, missed, waiting, delayUs, longest] = [0, 0, 0, 0, 0, -1]
    for (const row of this.rows) {
      const times = row.got[column] ?? NOT_ITS
      if (times > 0) {
        got++
        if (times > 1) twice++
        const us = row.delayUs[column] ?? 0
        delayUs += us
        longest = Math.max(longest, us)
      } else if (times === 0) {
        if (row.missed[column] === undefined) waiting++
        else missed++
      }
    }
    return {
      got,
      twice,
      missed,
      waiting,
      meanDelayUs: got === 0 ? null : delayUs / got,
      longestDelayUs: got === 0 ? null : longest,
    }
  }
}

/** An MQTT client that only publishes has no column. */
function isReceiving(node: NodeDoc): boolean {
  if (node.kind === 'mqttClient') return (node.subscriptions ?? []).length > 0
  return RECEIVING_KINDS.has(node.kind) || node.kind === 'groupConsumer'
}

function cellOf(row: Row, column: number): MatrixCell | null {
  const got = row.got[column] ?? NOT_ITS
  const missed = row.missed[column] ?? null
  const spared = got === NOT_ITS
  if (spared && missed === null) return null
  const atFirst = row.atFirst[column] ?? null
  const delayUs = row.delayUs[column] ?? -1
  return { got: Math.max(0, got), delayUs, missed, atFirst, waits: got === 0 && !missed, spared }
}

/** The longest delay of a message; what was not had by anybody comes last. */
function longestDelay({ delayUs }: Row, columns: readonly number[]): number {
  let longest = -1
  for (const column of columns) longest = Math.max(longest, delayUs[column] ?? -1)
  return longest
}

/** Missed weighs more than had twice, and had twice more than had at last. */
function trouble({ got, missed, atFirst }: Row, columns: readonly number[]): number {
  let weight = 0
  for (const column of columns) {
    const times = got[column] ?? NOT_ITS
    if (times === NOT_ITS) continue
    if (missed[column] !== undefined) weight += 1_000_000
    if (times > 1) weight += 1000
    if (atFirst[column] !== undefined) weight += 1
  }
  return weight
}

/** What was missed comes after all, or is kept again. */
function takeBack(row: Row, column: number): void {
  const why = row.missed[column]
  if (why === undefined) return
  row.atFirst[column] ??= why
  row.missed[column] = undefined
}
