/** What made a cell what it is, in a history in which that lies far back. */
import { expect, test } from 'vitest'
import { FoldedLog } from './foldedLog.ts'
import type { Folding, LoggedEvent } from './folding.ts'
import { cellOf, placeOfCell, rowsOf } from './rows.ts'

/** A projection with one cell, which is what the last `Set` has said. */
class LastSet implements Folding {
  readonly projections = ['last']
  readonly decides = false
  private value = 0

  reset(): void {
    this.value = 0
  }
  save(): string {
    return String(this.value)
  }
  load(saved: string): void {
    this.value = Number(saved)
  }
  take(events: readonly LoggedEvent[]): string[] {
    return events.map((event) => {
      if (event.type === 'Set') this.value = event.data as number
      return this.save()
    })
  }
  cells(
    events: readonly LoggedEvent[],
    table: number,
    place: Parameters<Folding['cells']>[2],
  ): unknown[] {
    return events.map((event) => {
      this.take([event])
      return cellOf(rowsOf(this.tables()[table]), place)
    })
  }
  state(): string {
    return this.save()
  }
  tables(): unknown[] {
    return [{ account: { value: this.value } }]
  }
  decide(): { rejected: string } {
    return { rejected: '' }
  }
  where(): number {
    return -1
  }
}

function eventAt(position: number): LoggedEvent {
  const isSet = position === 3 || position === 7
  const [type, data] = isSet ? ['Set', position] : ['Other', null]
  const event = { stream: 'account', type, data, version: position, position, timeUs: position }
  return { ...event, message: -1, factIndex: -1 }
}

test('given 100,000 events of which the fourth and the eighth changed a cell, when it is asked what made it, then both are told and nothing is cut', () => {
  const events = Array.from({ length: 100_000 }, (_, position) => eventAt(position))
  const folded = new FoldedLog(events, new LastSet())
  while (folded.advance()) {}
  const rows = rowsOf(folded.tablesAt(events.length)[0])
  const place = placeOfCell(rows, 0, 'value')
  expect(folded.changesOfCell(0, place, events.length)).toEqual({
    latest: [
      { position: 3, before: 0, after: 3 },
      { position: 7, before: 3, after: 7 },
    ],
    cut: false,
  })
})
