/** Every kind of fact that an AMQP broker writes has a sentence, whatever its clients do. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { AMQP_FACTS } from '../../brokers/amqp/facts.ts'
import { walked, walks } from '../../testing/amqpWalk.ts'
import { factKind } from '../vocabulary.ts'

test('given any walk, then every fact of the broker is told in one sentence', () => {
  fc.assert(
    fc.property(walks, (drawn) => {
      const { records } = walked(drawn)
      records.facts.each(0, records.facts.count, (timeUs, kind, node, message, aux) => {
        const [name, nameOfId] = [(part: number) => `part ${part}`, (id: string) => id]
        const label = (id: number) => `message ${id}`
        const place = (position: number) => `position ${position}`
        const context = { records, name, nameOfId, owner: name, way: name, place, label }
        const fact = { index: 0, timeUs, kind, node, message, aux, ...context }
        expect(factKind(kind).sentence(fact)).toMatch(/^[A-Za-z].*\.$/)
      })
    }),
    { numRuns: 60 },
  )
})

test('given the list of kinds, then each has a sentence and a name of its own', () => {
  const names = Object.values(AMQP_FACTS).map((kind) => factKind(kind).name)
  expect(new Set(names).size).toBe(names.length)
})
