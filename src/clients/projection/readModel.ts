/**
 * A read model: the rows that a view has after so many events. It is nothing but the fold of the events that
 * were applied to it, in the order in which they were, so it is never saved: whoever has the count has the rows.
 */
import type { FoldedEvent } from '../../brokers/eventstore/eventLog.ts'
import { type FoldRules, PrefixFold, type ReadEvents } from '../../brokers/eventstore/prefixFold.ts'
import { type Reads, read } from '../commandHandler/schema.ts'
import type { ViewName } from './settings.ts'
import { accountOf, changeOf, type Row, type Table, VIEWS } from './views.ts'

/** The events that were applied, from the `from`th up to the `to`th. */
export type Applied = ReadEvents<FoldedEvent>

export class ReadModel {
  private readonly view: ViewName
  private readonly applied: Applied
  private readonly fold: PrefixFold<Table, FoldedEvent>
  /** The answer given last: between two events every frame asks for the same. */
  private shown: { count: number; max: number; rows: readonly Row[] } | null = null

  constructor(view: ViewName, applied: Applied, reads: Reads = 'old') {
    this.view = view
    this.applied =
      reads === 'old' ? applied : (from, to, lent) => readAll(applied(from, to, lent), reads)
    this.fold = new PrefixFold(rulesOf(view), this.applied)
  }

  /** The rows after the first `count` events; of a statement the last `max`, newest last. */
  rows(count: number, max: number): readonly Row[] {
    const { shown } = this
    if (shown?.count === count && shown.max === max) return shown.rows
    const rows =
      this.view === 'statement'
        ? this.statement(count, max)
        : [...this.fold.after(count).values()].map(withoutMarks)
    this.shown = { count, max, rows }
    return rows
  }

  private statement(count: number, max: number): Row[] {
    const rows: Row[] = []
    for (let at = Math.max(0, count - max); at < count; at++) {
      const [event] = this.applied(at, at + 1)
      if (!event) continue
      const account = accountOf(event)
      if (account === '') continue
      const balance = Number(this.fold.after(at + 1).get(account)?.balance ?? 0)
      rows.push({ account, event: event.type, amount: changeOf(event), balance })
    }
    return rows
  }
}

/** What cannot be read is never applied by who looks first; others leave it out here. */
function readAll(events: readonly FoldedEvent[], reads: Reads): FoldedEvent[] {
  return events.map((event) => {
    const taken = read(event, reads)
    return 'unreadable' in taken ? { ...event, type: '', data: null } : taken
  })
}

/** A mark of the fold that nobody reads is no cell of the row. */
function withoutMarks(row: Row): Row {
  if (!('sinceUs' in row)) return row
  const { sinceUs: _mark, ...shown } = row
  return shown
}

function rulesOf(view: ViewName): FoldRules<Table, FoldedEvent> {
  const { evolve } = VIEWS[view]
  return {
    initialState: () => new Map(),
    evolve: (table, event) => {
      evolve(table, event)
      return table
    },
    copy: (table) => new Map(table),
  }
}
