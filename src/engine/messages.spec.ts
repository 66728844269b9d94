/** The message table: many read at once say what each says alone, whatever was forked and packed before. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MessageTable } from './messages.ts'

const add = (table: MessageTable, count: number, by: number) => {
  for (let i = 0; i < count; i++) {
    const n = table.count
    table.addRow(n, by + (n % 3), n, by - n, by + (n % 2), -1, 0)
  }
}

test('given a table that was forked and packed anywhere, when bodies are read at once, then each is what it is alone', () => {
  const steps = fc.array(
    fc.record({ count: fc.integer({ min: 0, max: 9000 }), kept: fc.nat({ max: 20_000 }) }),
    { minLength: 1, maxLength: 5 },
  )
  fc.assert(
    fc.property(steps, fc.nat(), fc.integer({ min: 1, max: 300 }), (all, place, most) => {
      let table = new MessageTable()
      for (const [at, { count, kept }] of all.entries()) {
        add(table, count + 1, at * 100)
        table = table.fork(Math.min(kept, table.count))
      }
      add(table, 10, 7)
      const from = place % table.count
      const length = Math.min(most, table.count - from)
      const [templates, keys, props] = [0, 1, 2].map(() => new Int32Array(length)) as [
        Int32Array,
        Int32Array,
        Int32Array,
      ]
      table.copyBodies(from, templates, keys, props)
      const ids = Array.from({ length }, (_, i) => from + i)
      expect([...templates]).toEqual(ids.map((id) => table.template(id)))
      expect([...keys]).toEqual(ids.map((id) => table.key(id)))
      expect([...props]).toEqual(ids.map((id) => table.props(id)))
    }),
    { numRuns: 60 },
  )
})

test('given 600,000 messages, when old ones are packed, then they are read at once as they were', () => {
  const table = new MessageTable()
  add(table, 600_000, 5)
  table.tidy()
  const [templates, keys, props] = [new Int32Array(256), new Int32Array(256), new Int32Array(256)]
  table.copyBodies(4000, templates, keys, props)
  const ids = Array.from({ length: 256 }, (_, i) => 4000 + i)
  expect([...templates]).toEqual(ids.map((id) => 5 + (id % 3)))
  expect([...keys]).toEqual(ids.map((id) => 5 - id))
  expect([...props]).toEqual(ids.map((id) => 5 + (id % 2)))
})
