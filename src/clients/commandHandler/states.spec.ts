/** What a stream comes to: with and without snapshots, read by old and new code, and what that costs. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ANY } from '../../brokers/eventstore/expectedVersion.ts'
import { ClientBench } from '../../testing/clientBench.ts'
import type { SnapshotRow } from './facts.ts'
import type { CommandHandlerSettings } from './settings.ts'
import { States } from './states.ts'

const STREAM = 'account-acc1'
const SETTINGS: CommandHandlerSettings = {
  domain: 'account',
  stream: STREAM,
  service: { kind: 'fixed', ms: 1 },
  retries: 0,
}

/** An account with these movements: positive amounts are deposits. */
function account(amounts: readonly number[]) {
  const bench = new ClientBench()
  const { store } = bench
  store.append(STREAM, ANY, [bench.message('{"id":"acc1","balance":0}', 'AccountCreated')])
  for (const amount of amounts) {
    const type = amount > 0 ? 'Deposited' : 'Withdrawn'
    store.append(STREAM, ANY, [
      bench.message(`{"account":"acc1","amount":${Math.abs(amount)}}`, type),
    ])
  }
  const states = new States(bench.records)
  const at = (version: number, settings: Partial<CommandHandlerSettings> = {}, first = 0) =>
    states.at(store.log, { stream: STREAM, first, version }, { ...SETTINGS, ...settings })
  /** Takes a snapshot as the program with these settings would. */
  const snap = (version: number, settings: Partial<CommandHandlerSettings> = {}) => {
    const folded = at(version, settings)
    if ('unreadable' in folded) return
    const schema = States.schema({ ...SETTINGS, ...settings })
    const row: SnapshotRow = {
      stream: STREAM,
      version,
      schema,
      state: JSON.stringify(folded.state),
    }
    states.snapshotRows.push(bench.records.row(row))
  }
  const cost = (version: number, foldMs = 2) =>
    states.cost(store.log, { stream: STREAM, first: 0, version }, { ...SETTINGS, foldMs })
  return { bench, states, at, snap, cost }
}

test('given any history and any snapshots, then the fold with snapshots is the fold without', () => {
  const amounts = fc.array(
    fc.integer({ min: -9, max: 20 }).filter((n) => n !== 0),
    { maxLength: 600 },
  )
  fc.assert(
    fc.property(
      amounts,
      fc.array(fc.nat(600)),
      fc.constantFrom(1 as const, 2 as const),
      (all, snaps, foldVersion) => {
        const plain = account(all)
        const kept = account(all)
        const versions = snaps.map((at) => at % (all.length + 1)).sort((a, b) => a - b)
        for (const version of versions) kept.snap(version, { foldVersion })
        for (const version of [all.length, all.length >> 1, 0]) {
          expect(kept.at(version, { foldVersion })).toEqual(plain.at(version, { foldVersion }))
        }
      },
    ),
    { numRuns: 40 },
  )
})

test('given snapshots of another stream, then they are not begun with', () => {
  const { bench, states, at } = account([100, 50])
  const other = { stream: 'account-acc2', version: 1, schema: States.schema(SETTINGS) }
  states.snapshotRows.push(bench.records.row({ ...other, state: '{"balance":9}' }))
  expect(at(2)).toEqual({ state: { balance: 150 } })
})

describe('given four events of which a snapshot holds two', () => {
  test('when the stream is loaded, then the others are folded, and that is what it costs', () => {
    const { snap, cost, at } = account([100, 50, -30])
    expect(cost(3)).toMatchObject({ folded: 4, from: -1, us: 8000 })
    snap(1)
    expect(cost(3)).toMatchObject({ folded: 2, from: 1, us: 4000 })
    expect(cost(0)).toMatchObject({ folded: 1, from: -1 })
    expect(at(3)).toEqual({ state: { balance: 120 } })
  })

  test('when bytes are counted, then they are those of the snapshot and of the events after it', () => {
    const { snap, cost } = account([100])
    const deposited = 'Deposited{"account":"acc1","amount":100}'.length
    const created = 'AccountCreated{"id":"acc1","balance":0}'.length
    expect(cost(1).bytes).toBe(created + deposited)
    snap(0)
    expect(cost(1).bytes).toBe('{"balance":0}'.length + deposited)
  })
})

describe('given a snapshot that an older version of the fold has made', () => {
  test('when the new fold looks at it, then it is left aside and the state is right', () => {
    const { snap, at } = account([100, -40])
    snap(2)
    expect(at(2, { foldVersion: 2 })).toEqual({ state: { balance: 60, withdrawn: 40 } })
  })

  test('when it does not look, then the state lacks what the old fold did not know', () => {
    const { snap, at } = account([100, -40])
    snap(2)
    expect(at(2, { foldVersion: 2, checksSnapshots: false })).toEqual({ state: { balance: 60 } })
  })
})

test('given a stream whose beginning is gone, then what is left is folded', () => {
  const { at } = account([100, 50])
  expect(at(2, {}, 1)).toEqual({ state: null })
  expect(at(2, {}, 3)).toEqual({ state: null })
})

describe('given events of both versions in one stream', () => {
  function mixed() {
    const all = account([100])
    const { bench } = all
    const { messages, strings } = bench.records
    const dollars = messages.add(0, {
      template: strings.id('{"account":"acc1","amount":100,"currency":"USD"}'),
      ordinal: 1,
      key: strings.id('Deposited'),
      props: bench.records.row({ schemaVersion: 2 }),
      parent: -1,
      source: -1,
    })
    bench.store.append(STREAM, ANY, [dollars])
    return all
  }

  test.each([
    ['old', { state: { balance: 200 } }],
    ['tolerant', { state: { balance: 150 } }],
    ['upcaster', { state: { balance: 150 } }],
    ['strict', { unreadable: 'Deposited in version 1 does not say its currency.' }],
  ] as const)('when a %s reader folds them, then it has %j', (reads, expected) => {
    expect(mixed().at(2, { reads })).toEqual(expected)
  })

  test('when they were folded in any way, then the stored bytes are the same', () => {
    const { bench, at } = mixed()
    const bytes = () =>
      bench.store.readAll(0, 9).map((p) => bench.records.body(bench.store.log.messageAt(p)))
    const before = bytes()
    for (const reads of ['old', 'tolerant', 'upcaster', 'strict'] as const) at(2, { reads })
    expect(bytes()).toEqual(before)
  })
})
