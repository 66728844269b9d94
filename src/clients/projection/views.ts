/** What a projection makes of events: one entry a view. Rows are named cells; a fold of events makes them. */
import type { FoldedEvent } from '../../brokers/eventstore/eventLog.ts'
import type { ViewName } from './settings.ts'

export type Row = Record<string, string | number>

/** What is kept by name, in the order in which names came up. */
export type Table = Map<string, Row>

export interface View {
  /** Puts what an event says into the table. Rows in it are never changed, only replaced. */
  evolve(table: Table, event: FoldedEvent): void
}

/** A month of the totals, in a run that takes seconds: ten of them. */
const MONTH_US = 10_000_000
/** So many withdrawals within so long look like fraud. */
const FRAUD_COUNT = 3
const FRAUD_US = 5_000_000

export const VIEWS: Record<ViewName, View> = {
  balance: { evolve: addToBalance },
  // Its rows are events: see `ReadModel`. The table holds the balances that stand beside them.
  statement: { evolve: addToBalance },
  counts: {
    evolve(table, { type }) {
      table.set(type, { type, events: numberIn(table, type, 'events') + 1 })
    },
  },
  months: { evolve: addToMonth },
  fraud: { evolve: watchForFraud },
  owners: {
    evolve(table, { type, data }) {
      const { id, owner } = cells(data)
      if (type !== 'AccountCreated' || typeof id !== 'string') return
      table.set(id, { account: id, owner: typeof owner === 'string' ? owner : 'unreadable' })
    },
  },
  orders: { evolve: followOrder },
  stock: { evolve: followStock },
  seats: {
    evolve(table, { type, data }) {
      const { show, seat, customer } = cells(data)
      const name = `${show}/${seat}`
      if (type === 'SeatCancelled') table.delete(name)
      if (type === 'SeatBooked') table.set(name, { seat: name, customer: String(customer) })
    },
  },
}

/** The account that an event is about, `''` if it is about none. */
export function accountOf({ type, data }: FoldedEvent): string {
  const { id, account } = cells(data)
  const name = type === 'AccountCreated' ? id : account
  return typeof name === 'string' ? name : ''
}

/** By how much an event changes the balance. */
export function changeOf({ type, data }: FoldedEvent): number {
  const { balance, amount } = cells(data)
  const value = type === 'AccountCreated' ? balance : amount
  if (typeof value !== 'number' || type.endsWith('Refused')) return 0
  return type === 'Withdrawn' || type === 'OrderPaid' ? -value : value
}

function addToBalance(table: Table, event: FoldedEvent): void {
  const account = accountOf(event)
  if (account === '') return
  table.set(account, { account, balance: numberIn(table, account, 'balance') + changeOf(event) })
}

/** What came in and went out in each month, by when it was recorded. */
function addToMonth(table: Table, event: FoldedEvent): void {
  const change = changeOf(event)
  if (change === 0 || accountOf(event) === '') return
  const month = `month ${Math.floor(event.recordedUs / MONTH_US) + 1}`
  table.set(month, {
    month,
    in: numberIn(table, month, 'in') + Math.max(0, change),
    out: numberIn(table, month, 'out') + Math.max(0, -change),
  })
}

/** Accounts from which much is taken quickly. A row without an alarm counts what may become one. */
function watchForFraud(table: Table, event: FoldedEvent): void {
  const account = accountOf(event)
  if (account === '' || changeOf(event) >= 0) return
  const known = table.get(account)
  const sinceUs = Number(known?.sinceUs ?? event.recordedUs)
  const isNew = event.recordedUs - sinceUs > FRAUD_US
  const withdrawals = isNew ? 1 : numberIn(table, account, 'withdrawals') + 1
  const alarms = numberIn(table, account, 'alarms') + (withdrawals === FRAUD_COUNT ? 1 : 0)
  const since = isNew ? event.recordedUs : sinceUs
  table.set(account, { account, alarms, withdrawals, sinceUs: since })
}

const ORDER_STATES: Record<string, string> = {
  ItemAdded: 'open',
  OrderPlaced: 'placed',
  StockReserved: 'reserved',
  StockRefused: 'no stock',
  OrderPaid: 'paid',
  PaymentRefused: 'not paid',
  StockShipped: 'shipped',
  ShipmentRefused: 'not shipped',
  OrderRefunded: 'refunded',
  RefundRefused: 'refund refused',
  StockReleased: 'released',
  OrderConfirmed: 'confirmed',
  OrderCancelled: 'cancelled',
}

/** How far each order is, with the money that it has and the goods that are out. */
function followOrder(table: Table, { type, data }: FoldedEvent): void {
  const { order, amount, quantity } = cells(data)
  const status = ORDER_STATES[type]
  if (typeof order !== 'string' || status === undefined) return
  let paid = numberIn(table, order, 'paid')
  let shipped = numberIn(table, order, 'shipped')
  if (type === 'OrderPaid') paid += Number(amount)
  if (type === 'OrderRefunded') paid -= Number(amount)
  if (type === 'StockShipped') shipped += Number(quantity)
  table.set(order, { order, status, paid, shipped })
}

function followStock(table: Table, { type, data }: FoldedEvent): void {
  const { item, quantity } = cells(data)
  if (typeof item !== 'string' || typeof quantity !== 'number') return
  let available = numberIn(table, item, 'available')
  let reserved = numberIn(table, item, 'reserved')
  if (type === 'StockReceived') available += quantity
  else if (type === 'StockReserved' || type === 'StockReleased') {
    const by = type === 'StockReserved' ? quantity : -quantity
    available -= by
    reserved += by
  } else if (type === 'StockShipped') reserved -= quantity
  else return
  table.set(item, { item, available, reserved })
}

function cells(data: unknown): Record<string, unknown> {
  return (data ?? {}) as Record<string, unknown>
}

function numberIn(table: Table, name: string, cell: string): number {
  return Number(table.get(name)?.[cell] ?? 0)
}
