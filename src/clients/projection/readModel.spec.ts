/** What each view makes of the events before a position. */
import { describe, expect, test } from 'vitest'
import type { RecordedEvent } from '../../brokers/eventstore/eventLog.ts'
import { ReadModel } from './readModel.ts'

const EVENTS: [type: string, data: unknown][] = [
  ['AccountCreated', { id: 'acc1', balance: 0 }],
  ['Deposited', { account: 'acc1', amount: 100 }],
  ['AccountCreated', { id: 'acc2', balance: 0 }],
  ['Deposited', { account: 'acc2', amount: 7 }],
  ['Withdrawn', { account: 'acc1', amount: 50 }],
  ['Renamed', null],
]

function applied(from: number, to: number): RecordedEvent[] {
  return Array.from({ length: to - from }, (_, i) => eventAt(from + i))
}

function eventAt(position: number): RecordedEvent {
  const [type, data] = EVENTS[position] ?? ['', null]
  const rest = { schemaVersion: 1, causation: -1, recordedUs: 0, metadata: {} }
  return { message: position, stream: 's', type, data, version: position, position, ...rest }
}

describe('given the events of two accounts', () => {
  test('when balances are asked for at each position, then each account has its own', () => {
    const model = new ReadModel('balance', applied)
    expect(model.rows(0, 64)).toEqual([])
    expect(model.rows(2, 64)).toEqual([{ account: 'acc1', balance: 100 }])
    expect(model.rows(6, 64)).toEqual([
      { account: 'acc1', balance: 50 },
      { account: 'acc2', balance: 7 },
    ])
    expect(model.rows(1, 64)).toEqual([{ account: 'acc1', balance: 0 }])
  })

  test('when a statement is asked for, then each event of an account has a line with the balance after it', () => {
    const model = new ReadModel('statement', applied)
    expect(model.rows(6, 3)).toEqual([
      { account: 'acc2', event: 'Deposited', amount: 7, balance: 7 },
      { account: 'acc1', event: 'Withdrawn', amount: -50, balance: 50 },
    ])
    expect(model.rows(6, 64)).toHaveLength(5)
  })

  test('when events are counted, then each type has a row', () => {
    expect(new ReadModel('counts', applied).rows(6, 64)).toEqual([
      { type: 'AccountCreated', events: 2 },
      { type: 'Deposited', events: 2 },
      { type: 'Withdrawn', events: 1 },
      { type: 'Renamed', events: 1 },
    ])
  })
})
