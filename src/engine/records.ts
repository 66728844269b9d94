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

/** Words of a message: when it was born (two words), then its row. */
const WORDS = 8
const CHUNK_BITS = 12
const CHUNK_ROWS = 1 << CHUNK_BITS
const CHUNK_MASK = CHUNK_ROWS - 1
const HIGH_WORD = 4294967296

/** The message table: one row a message, written once, in chunks so that growing copies nothing. */
export class MessageTable {
  count = 0
  private readonly chunks: Int32Array[] = []
  /** The chunk that is being filled. */
  private words = new Int32Array(0)

  /** Adds a message and returns its number. */
  add(bornUs: number, row: MessageRow): number {
    const { template, ordinal, key, props, parent, source } = row
    return this.addRow(bornUs, template, ordinal, key, props, parent, source)
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
    if ((id & CHUNK_MASK) === 0) this.openChunk()
    const w = (id & CHUNK_MASK) * WORDS
    const { words } = this
    words[w] = bornUs / HIGH_WORD
    words[w + 1] = bornUs
    words[w + 2] = template
    words[w + 3] = ordinal
    words[w + 4] = key
    words[w + 5] = props
    words[w + 6] = parent
    words[w + 7] = source
    return id
  }

  bornUs(id: number): number {
    return this.word(id, 0) * HIGH_WORD + (this.word(id, 1) >>> 0)
  }
  template(id: number): number {
    return this.word(id, 2)
  }
  ordinal(id: number): number {
    return this.word(id, 3)
  }
  key(id: number): number {
    return this.word(id, 4)
  }
  props(id: number): number {
    return this.word(id, 5)
  }
  parent(id: number): number {
    return this.word(id, 6)
  }
  source(id: number): number {
    return this.word(id, 7)
  }

  private word(id: number, word: number): number {
    const words = this.chunks[id >> CHUNK_BITS] as Int32Array
    return words[(id & CHUNK_MASK) * WORDS + word] as number
  }

  private openChunk(): void {
    this.words = new Int32Array(CHUNK_ROWS * WORDS)
    this.chunks.push(this.words)
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
