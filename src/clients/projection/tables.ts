/**
 * The tables that a projection has written: the one that is read, those before it, and the one that is being
 * built. A table is a list of positions, as they were applied, with how many keys of persons were gone by then:
 * whoever folds them has its rows, duplicates and gaps included.
 */
import type { IntColumn } from '../../base/column.ts'
import { BATCH_EVENTS, type EventLog } from '../../brokers/eventstore/eventLog.ts'
import type { Source } from '../../brokers/eventstore/source.ts'
import type { Archive } from '../../engine/archive.ts'
import type { Records } from '../../engine/records.ts'
import type { Reads } from '../commandHandler/schema.ts'
import { type Applied, ReadModel } from './readModel.ts'
import type { ViewName } from './settings.ts'
import type { Row } from './views.ts'

/** What a batch of a table is read into. */
const batch = { positions: new Int32Array(BATCH_EVENTS), keys: new Int32Array(BATCH_EVENTS) }

/** Numbers of a table, in the order in which they are archived. */
const FIELDS = ['count', 'end', 'twice', 'missed'] as const

export class Tables {
  /** The table that is read, and the one that is being built, -1 if none is. */
  serving = 0
  building = -1
  /** By table: events applied; the position behind the highest of them; applied again; never applied. */
  private readonly numbers: number[] = [0, 0, 0, 0]
  private readonly columns: { positions: IntColumn; keys: IntColumn }[] = []
  private readonly models = new Map<string, ReadModel>()
  private readonly records: Records
  private readonly node: number

  constructor(records: Records, node: number) {
    this.records = records
    this.node = node
  }

  get size(): number {
    return this.numbers.length / FIELDS.length
  }

  number(table: number, field: (typeof FIELDS)[number]): number {
    return this.numbers[table * FIELDS.length + FIELDS.indexOf(field)] as number
  }

  /** A further table, empty, whose events begin at a position; it is read at once or only when it is built. */
  begin(isServed: boolean, from: number): void {
    if (isServed) this.serving = this.size
    else this.building = this.size
    this.numbers.push(0, from, 0, from)
  }

  swap(): void {
    this.serving = this.building
    this.building = -1
  }

  /** Writes down how many keys are gone as the next event is put in. Before the fact, which does not say it. */
  prepare(table: number, keysDeleted: number): void {
    this.columnsOf(table).keys.put(this.number(table, 'count'), keysDeleted)
  }

  /** An event is in a table. */
  put(table: number, position: number): void {
    const count = this.number(table, 'count')
    const end = this.number(table, 'end')
    this.columnsOf(table).positions.put(count, position)
    this.add(table, 'count', 1)
    if (position < end) this.add(table, 'twice', 1)
    else {
      this.add(table, 'missed', position - end)
      this.add(table, 'end', position + 1 - end)
    }
  }

  /** An event is left out for good, and that is meant so. */
  pass(table: number, position: number): void {
    const end = this.number(table, 'end')
    if (position < end) return
    this.add(table, 'missed', position - end)
    this.add(table, 'end', position + 1 - end)
  }

  rows(
    table: number,
    { log, source }: { log: EventLog; source?: Source },
    view: ViewName,
    reads: Reads,
    max: number,
  ): readonly Row[] {
    const count = this.number(table, 'count')
    if (count === 0) return []
    const key = `${table} ${view} ${reads}`
    const known = this.models.get(key)
    if (known) return known.rows(count, max)
    const { positions, keys } = this.columnsOf(table)
    const applied: Applied = (from, to, lent) => {
      positions.copy(from, batch.positions.subarray(0, to - from))
      keys.copy(from, batch.keys.subarray(0, to - from))
      const read = batch.positions.subarray(0, to - from)
      if (source)
        for (let i = 0; i < read.length; i++) read[i] = source.positionAt(read[i] as number)
      return log.eventsAt(read, batch.keys, lent)
    }
    const model = new ReadModel(view, applied, reads)
    this.models.set(key, model)
    return model.rows(count, max)
  }

  archive(io: Archive): void {
    this.serving = io.int(this.serving)
    this.building = io.int(this.building)
    io.list(this.numbers)
  }

  private add(table: number, field: (typeof FIELDS)[number], by: number): void {
    const at = table * FIELDS.length + FIELDS.indexOf(field)
    this.numbers[at] = (this.numbers[at] as number) + by
  }

  private columnsOf(table: number): { positions: IntColumn; keys: IntColumn } {
    const known = this.columns[table]
    if (known) return known
    const made = {
      positions: this.records.ints(this.node, `table ${table}`),
      keys: this.records.ints(this.node, `table ${table} keys`),
    }
    this.columns[table] = made
    return made
  }
}
