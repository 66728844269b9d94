/**
 * What a projection makes of events: rows of named cells. A read model is nothing but the fold of the
 * events before a position, so it is never saved: whoever has the position has the rows.
 */
import type { RecordedEvent } from '../../brokers/eventstore/eventLog.ts'
import { type FoldRules, PrefixFold } from '../../brokers/eventstore/prefixFold.ts'
import type { ProjectionSettings } from './settings.ts'

export type Row = Record<string, string | number>

/** Numbers by name: balances by account, or how many events there are of each type. */
type Tally = Map<string, number>

interface View {
  evolve(tally: Tally, event: RecordedEvent): void
  /** The row of one entry; a view without it has a row for each event instead. */
  row?(name: string, value: number): Row
}

const VIEWS: Record<ProjectionSettings['view'], View> = {
  balance: { evolve: addToBalance, row: (account, balance) => ({ account, balance }) },
  statement: { evolve: addToBalance },
  counts: {
    evolve: (tally, { type }) => tally.set(type, (tally.get(type) ?? 0) + 1),
    row: (type, events) => ({ type, events }),
  },
}

export class ReadModel {
  private readonly view: View
  private readonly eventAt: (index: number) => RecordedEvent
  private readonly fold: PrefixFold<Tally, RecordedEvent>
  /** The answer given last: between two events every frame asks for the same. */
  private shown: { position: number; max: number; rows: readonly Row[] } | null = null

  constructor(view: ProjectionSettings['view'], eventAt: (index: number) => RecordedEvent) {
    this.view = VIEWS[view]
    this.eventAt = eventAt
    this.fold = new PrefixFold(this.rules(), eventAt)
  }

  /** The rows after the first `position` events; of a statement the last `max`, newest last. */
  rows(position: number, max: number): readonly Row[] {
    const { shown } = this
    if (shown?.position === position && shown.max === max) return shown.rows
    const { row } = this.view
    const rows = row
      ? [...this.fold.after(position)].map(([name, value]) => row(name, value))
      : this.statement(position, max)
    this.shown = { position, max, rows }
    return rows
  }

  private statement(position: number, max: number): Row[] {
    const rows: Row[] = []
    for (let at = Math.max(0, position - max); at < position; at++) {
      const event = this.eventAt(at)
      const account = accountOf(event)
      if (account === '') continue
      const balance = this.fold.after(at + 1).get(account) ?? 0
      rows.push({ account, event: event.type, amount: changeOf(event), balance })
    }
    return rows
  }

  private rules(): FoldRules<Tally, RecordedEvent> {
    const { evolve } = this.view
    return {
      initialState: () => new Map(),
      evolve: (tally, event) => {
        evolve(tally, event)
        return tally
      },
      copy: (tally) => new Map(tally),
    }
  }
}

function addToBalance(tally: Tally, event: RecordedEvent): void {
  const account = accountOf(event)
  if (account !== '') tally.set(account, (tally.get(account) ?? 0) + changeOf(event))
}

/** The account that an event is about, `''` if it is about none. */
function accountOf({ type, data }: RecordedEvent): string {
  const cells = (data ?? {}) as Record<string, unknown>
  const name = type === 'AccountCreated' ? cells.id : cells.account
  return typeof name === 'string' ? name : ''
}

/** By how much an event changes the balance. */
function changeOf({ type, data }: RecordedEvent): number {
  const cells = (data ?? {}) as Record<string, unknown>
  const value = type === 'AccountCreated' ? cells.balance : cells.amount
  if (typeof value !== 'number') return 0
  return type === 'Withdrawn' ? -value : value
}
