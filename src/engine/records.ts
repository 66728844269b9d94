/**
 * What a run has written down: facts, and the tables that they point into. One `Records` is shared by
 * the world that runs and the world that is viewed; both only ever add to it.
 */

import { must } from '../base/assert.ts'
import { IntColumn, TimeColumn } from '../base/column.ts'
import { Interner } from '../base/interner.ts'
import { FactLog } from './facts.ts'

/** What a message is made of. Text is interned; `{n}` in a template stands for the ordinal. */
export interface MessageRow {
  /** Interned body, `{n}` still in it. */
  template: number
  /** Which one of its producer it is, from 1. */
  ordinal: number
  /** Interned key or routing key, -1 if none. */
  key: number
  /** Row of `Records.rows` with headers and properties, -1 if none. */
  props: number
  /** The message that this one came from (relayed, produced by a handler, dead-lettered), or -1. */
  parent: number
  /** The part that made it. */
  source: number
}

/** The message table: one row a message, written once. */
export class MessageTable {
  count = 0
  private readonly templates = new IntColumn(1024)
  private readonly ordinals = new IntColumn(1024)
  private readonly keys = new IntColumn(1024)
  private readonly propRows = new IntColumn(1024)
  private readonly parents = new IntColumn(1024)
  private readonly sources = new IntColumn(1024)
  private readonly born = new TimeColumn(1024)

  /** Adds a message and returns its number. */
  add(bornUs: number, row: MessageRow): number {
    return this.addRow(
      bornUs,
      row.template,
      row.ordinal,
      row.key,
      row.props,
      row.parent,
      row.source,
    )
  }

  /** The same without an object, for the hot path. */
  addRow(
    bornUs: number,
    template: number,
    ordinal: number,
    key: number,
    props: number,
    parent: number,
    source: number,
  ): number {
    const id = this.count++
    this.born.put(id, bornUs)
    this.templates.put(id, template)
    this.ordinals.put(id, ordinal)
    this.keys.put(id, key)
    this.propRows.put(id, props)
    this.parents.put(id, parent)
    this.sources.put(id, source)
    return id
  }

  bornUs(id: number): number {
    return this.born.get(id)
  }
  template(id: number): number {
    return this.templates.get(id)
  }
  ordinal(id: number): number {
    return this.ordinals.get(id)
  }
  key(id: number): number {
    return this.keys.get(id)
  }
  props(id: number): number {
    return this.propRows.get(id)
  }
  parent(id: number): number {
    return this.parents.get(id)
  }
  source(id: number): number {
    return this.sources.get(id)
  }
}

/** Facts, messages, strings, rows with a body, and the append-only columns of each part. */
export class Records {
  readonly facts = new FactLog()
  readonly messages = new MessageTable()
  readonly strings = new Interner()
  /** Bodies of rare facts (a declaration, a changed setting): facts hold the row's number. */
  readonly rows: unknown[] = []
  private readonly intColumns = new Map<string, IntColumn>()
  private readonly timeColumns = new Map<string, TimeColumn>()

  /** Adds a row and returns its number. */
  row(body: unknown): number {
    return this.rows.push(body) - 1
  }

  /** The append-only integer column `name` of part `node`, made on first use. */
  ints(node: number, name: string): IntColumn {
    const id = `${node}/${name}`
    const known = this.intColumns.get(id)
    if (known) return known
    const column = new IntColumn()
    this.intColumns.set(id, column)
    return column
  }

  /** The same for times. */
  times(node: number, name: string): TimeColumn {
    const id = `${node}/${name}`
    const known = this.timeColumns.get(id)
    if (known) return known
    const column = new TimeColumn()
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

  /** The text of a message's key; `''` if it has none. */
  key(message: number): string {
    return this.strings.text(this.messages.key(message))
  }

  /** The row `index`, which must be of the type that the caller wrote there. */
  rowAt<T>(index: number): T {
    return must(this.rows[index], `row ${index}`) as T
  }
}
