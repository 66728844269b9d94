/**
 * What becomes of events when their shape changes. The account's second version says the currency of an
 * amount. Events of both versions stay side by side in a stream, as they were written; writers and readers
 * choose how they deal with it. The one rate is a toy: two dollars are a euro.
 */
import type { Command, DomainEvent } from './decider.ts'

/** Which shape a writer gives to money events: `newType` leaves the old type as it was and adds another. */
export type Writes = 'v1' | 'v2' | 'newType'

/**
 * How a reader takes them. `old`: code of the first version, which ignores what it does not know. `strict`:
 * of the second, and every event must say its currency. `tolerant`: the same, and what says none is in euros.
 * `upcaster`: a step before the strict reader turns events of the first version into the second.
 */
export type Reads = 'old' | 'strict' | 'tolerant' | 'upcaster'

interface Stored {
  type: string
  data: unknown
  schemaVersion: number
}

const MONEY = ['Deposited', 'Withdrawn']
const NEW_TYPE = /^(Deposited|Withdrawn)InCurrency$/
/** Euros that one unit of a currency is worth. */
const RATES: Record<string, number> = { EUR: 1, USD: 0.5 }

/** An event as the writer stores it, with its schema version. */
export function written(
  event: DomainEvent,
  { currency = 'EUR' }: Command,
  writes: Writes,
): { event: DomainEvent; schemaVersion: number } {
  if (writes === 'v1' || !MONEY.includes(event.type)) return { event, schemaVersion: 1 }
  const data = { ...event.data, currency }
  if (writes === 'v2') return { event: { ...event, data }, schemaVersion: 2 }
  return { event: { type: `${event.type}InCurrency`, data }, schemaVersion: 1 }
}

/** An event of the first version as one of the second. The stored bytes stay what they are. */
export function upcast<E extends Stored>(event: E): E {
  if (event.schemaVersion > 1 || !MONEY.includes(event.type)) return event
  return { ...event, schemaVersion: 2, data: { ...(event.data as object), currency: 'EUR' } }
}

/** The event as the fold of this reader takes it, amounts in euros; or why it cannot be read. */
export function read<E extends Stored>(event: E, reads: Reads): E | { unreadable: string } {
  if (reads === 'old') return event
  const type = event.type.replace(NEW_TYPE, '$1')
  if (!MONEY.includes(type)) return event
  const { data } = reads === 'upcaster' ? upcast(event) : event
  const { currency, amount } = data as { currency?: string; amount: number }
  if (currency === undefined && reads !== 'tolerant') {
    return { unreadable: `${event.type} in version 1 does not say its currency.` }
  }
  const rate = RATES[currency ?? 'EUR']
  if (rate === undefined) return { unreadable: `The currency ${currency} is not known.` }
  return { ...event, type, data: { ...(data as object), amount: amount * rate } }
}
