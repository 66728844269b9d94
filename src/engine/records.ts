/**
 * What a run has written down: facts, and the tables that they point into. One `Records` is shared by
 * the world that runs and the world that is viewed; both only ever add to it.
 */

import { must } from '../base/assert.ts'
import { IntColumn, TimeColumn } from '../base/column.ts'
import { Interner } from '../base/interner.ts'
import { FactLog } from './facts.ts'
import { MessageTable } from './messages.ts'

/** How much was written down at a moment: where a fork begins. The parts keep the cursors of their columns. */
export interface Cut {
  facts: number
  messages: number
  strings: number
  rows: number
}

/** Facts, messages, strings, rows with a body, and the append-only columns of each part. */
export class Records {
  readonly facts: FactLog
  readonly messages: MessageTable
  readonly strings: Interner
  /** Bodies of rare facts (a declaration, a changed setting): facts hold the row's number. */
  private readonly rows: unknown[]
  /** A template without the number of the message in it, -2 until there is one: it is a body itself. */
  private plainTemplate = -2
  private readonly intColumns = new Map<string, IntColumn>()
  private readonly timeColumns = new Map<string, TimeColumn>()

  constructor(
    facts = new FactLog(),
    messages = new MessageTable(),
    strings = new Interner(),
    rows: unknown[] = [],
  ) {
    this.facts = facts
    this.messages = messages
    this.strings = strings
    this.rows = rows
  }

  /** How much is written down now; with a checkpoint of the same moment a fork can begin here. */
  cut(): Cut {
    const { facts, messages, strings, rows } = this
    return {
      facts: facts.count,
      messages: messages.count,
      strings: strings.size,
      rows: rows.length,
    }
  }

  /**
   * Records that agree with these up to `cut` and go their own way from there. Memory is shared up to
   * there, and both sides may go on writing: a number given after the cut (of a message, a string, a
   * row) is the one that a run from the start would give.
   */
  fork({ facts, messages, strings, rows }: Cut): Records {
    const fork = new Records(
      this.facts.fork(facts),
      this.messages.fork(messages),
      this.strings.fork(strings),
      this.rows.slice(0, rows),
    )
    for (const [id, column] of this.intColumns) fork.intColumns.set(id, column.fork())
    for (const [id, column] of this.timeColumns) fork.timeColumns.set(id, column.fork())
    return fork
  }

  /** Adds a row and returns its number. */
  row(body: unknown): number {
    return this.rows.push(body) - 1
  }

  /** Packs what is old; called from time to time while a run grows. */
  tidy(): void {
    this.facts.tidy()
    this.messages.tidy()
    for (const column of this.intColumns.values()) column.tidy()
    for (const column of this.timeColumns.values()) column.tidy()
  }

  /** Gives the memory to other runs, but for what forks share. Nothing is left to read here. */
  release(): void {
    this.facts.release()
    this.messages.release()
    for (const column of this.intColumns.values()) column.release()
    for (const column of this.timeColumns.values()) column.release()
  }

  /** Bytes of facts, messages and columns. What forks share counts in each. */
  get bytes(): { facts: number; messages: number; columns: number } {
    let columns = 0
    for (const column of this.intColumns.values()) columns += column.bytes
    for (const column of this.timeColumns.values()) columns += column.bytes
    return { facts: this.facts.bytes, messages: this.messages.bytes, columns }
  }

  /**
   * The append-only integer column `name` of part `node`, made on first use. With `lanes` above 1, as many
   * values make a row.
   */
  ints(node: number, name: string, lanes = 1): IntColumn {
    const id = `${node}/${name}`
    const known = this.intColumns.get(id)
    if (known) return known
    const column = new IntColumn(lanes)
    this.intColumns.set(id, column)
    return column
  }

  /** The same for times. */
  times(node: number, name: string, lanes = 1): TimeColumn {
    const id = `${node}/${name}`
    const known = this.timeColumns.get(id)
    if (known) return known
    const column = new TimeColumn(lanes)
    this.timeColumns.set(id, column)
    return column
  }

  /** The text of a message's body. */
  body(message: number): string {
    const text = this.strings.text(this.messages.template(message))
    return text.includes('{n}')
      ? text.replaceAll('{n}', String(this.messages.ordinal(message)))
      : text
  }

  /** The same, interned. */
  bodyId(message: number): number {
    const template = this.messages.template(message)
    // Mostly the same is asked again.
    if (template === this.plainTemplate) return template
    if (template === -1) return this.strings.id('')
    if (this.strings.text(template).includes('{n}')) return this.strings.id(this.body(message))
    this.plainTemplate = template
    return template
  }

  /** The text of a message's key; `''` if it has none. */
  key(message: number): string {
    return this.strings.text(this.messages.key(message))
  }

  /** The row `index`, which must be of the type that the caller wrote there. */
  rowAt<T>(index: number): T {
    return must(this.rows[index], `row ${index}`) as T
  }
}
