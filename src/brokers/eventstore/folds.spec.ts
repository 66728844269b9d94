/** What a fold sees: events as they were recorded, up to a count, and nothing else. */
import { describe, expect, test } from 'vitest'
import { ClientBench } from '../../testing/clientBench.ts'
import type { FoldedEvent } from './eventLog.ts'
import { foldOfAll, foldOfStream } from './folds.ts'
import type { FoldRules } from './prefixFold.ts'

const types: FoldRules<readonly string[], { type: string }> = {
  initialState: () => [],
  evolve: (seen, { type }) => [...seen, type],
  copy: (seen) => seen,
}

describe('given the article and an event of another stream', () => {
  function given() {
    const bench = new ClientBench()
    bench.sim.nowUs = 7
    bench.article()
    bench.store.append('other', -1, [bench.message('{"deep":{"er":1}}', 'Other')])
    return bench.store.log
  }

  test('when all is folded, then a position is the number of events folded', () => {
    const fold = foldOfAll(given(), types)
    expect(fold.after(4)).toEqual(['AccountCreated', 'Deposited', 'Withdrawn', 'Other'])
    expect(fold.after(1)).toEqual(['AccountCreated'])
  })

  test('when a stream is folded from a version on, then what was before is not seen', () => {
    const log = given()
    expect(foldOfStream(log, 0, types).after(2)).toEqual(['AccountCreated', 'Deposited'])
    expect(foldOfStream(log, 0, types, 1).after(2)).toEqual(['Deposited', 'Withdrawn'])
  })

  test('when events are read at once, then a fold sees of each what it says alone', () => {
    const log = given()
    const alone = [0, 1, 2, 3].map((position) => log.event(position))
    const seen = ({ message, position, type, data, schemaVersion, recordedUs }: FoldedEvent) => {
      return { message, position, type, data, schemaVersion, recordedUs }
    }
    expect(log.events(0, 4)).toEqual(alone.map(seen))
    expect(log.eventsOf(0, 1, 3)).toEqual(alone.slice(1, 3).map(seen))
    // Positions with a gap, and one that comes twice.
    const mixed = [0, 0, 2]
    expect(log.eventsAt(Int32Array.from(mixed))).toEqual(mixed.map((at) => log.event(at)).map(seen))
  })

  test('when an event is read, then it says when it was appended, and its data cannot be changed', () => {
    const event = given().event(3)
    expect(event).toMatchObject({ recordedUs: 7, schemaVersion: 1, causation: -1, metadata: {} })
    const { deep } = event.data as { deep: { er: number } }
    expect(() => {
      deep.er = 2
    }).toThrow()
  })
})

test('given a message made of a message, when its correlation is asked for, then it is the first of the chain', () => {
  const bench = new ClientBench()
  const command = bench.message('{}')
  const { messages } = bench.records
  const row = { template: 0, ordinal: 1, key: -1, props: -1, source: 0 }
  const event = messages.add(0, { ...row, parent: command })
  const mail = messages.add(0, { ...row, parent: event })
  expect(bench.store.log.correlation(mail)).toBe(command)
  expect(bench.store.log.correlation(command)).toBe(command)
})

test('given a list of events, when it is lent, then it is filled with others in the same objects', () => {
  const bench = new ClientBench()
  bench.article()
  const { log } = bench.store
  const lent = log.events(0, 3)
  const objects = [...lent]
  expect(log.events(1, 3, lent)).toBe(lent)
  expect(lent.slice(0, 2)).toEqual(log.events(1, 3))
  expect(lent.every((event, at) => event === objects[at])).toBe(true)
})
