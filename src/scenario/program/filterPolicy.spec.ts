/** Filter policies of SNS against the filters that they stand for, and what they cannot say. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Attributes } from '../../brokers/pubsub/cloud/attributes.ts'
import { readFilter } from '../../brokers/pubsub/cloud/filter.ts'
import { type FilterPolicy, policyOf } from './filterPolicy.ts'

describe('given a filter that a policy can say', () => {
  test.for([
    ['attributes.type = "order"', { type: ['order'] }],
    ['attributes:type', { type: [{ exists: true }] }],
    ['NOT attributes:type', { type: [{ exists: false }] }],
    ['hasPrefix(attributes.region, "eu-")', { region: [{ prefix: 'eu-' }] }],
    [
      '(attributes.a = "1" OR attributes.a = "x) AND (y") AND attributes:b',
      { a: ['1', 'x) AND (y'], b: [{ exists: true }] },
    ],
    ['attributes."a b" = "x \\"y\\""', { 'a b': ['x "y"'] }],
    ['', {}],
  ] as [string, FilterPolicy][])('when it is %s, then it is this policy', ([filter, policy]) => {
    expect(policyOf(filter)).toEqual(policy)
  })

  test('when any message comes, then both let the same through', () => {
    const name = fc.constantFrom('a', 'b', 'c')
    const value = fc.constantFrom('x', 'xy', 'y')
    const alternatives = fc
      .tuple(name, fc.array(fc.tuple(fc.nat(3), value), { minLength: 1, maxLength: 3 }))
      .map(([of, terms]) => `(${terms.map(([kind, text]) => term(kind, of, text)).join(' OR ')})`)
    const filters = fc.array(alternatives, { minLength: 1, maxLength: 3 })
    const messages = fc.record({ a: value, b: value, c: value }, { requiredKeys: [] })
    let said = 0
    fc.assert(
      fc.property(filters, messages, (groups, attributes) => {
        const filter = groups.join(' AND ')
        const policy = policyOf(filter)
        if (policy === null) return
        said++
        expect(lets(policy as FilterPolicy, attributes)).toBe(readFilter(filter)(attributes))
      }),
      { numRuns: 500 },
    )
    expect(said).toBeGreaterThan(100)
  })
})

test.for([
  'attributes.a != "1"',
  'attributes:a AND attributes.a = "1"',
  'attributes.a = "1" OR attributes.b = "1"',
  'NOT (attributes.a = "1")',
])('given %s, which a policy cannot say, then there is none', (filter) => {
  expect(policyOf(filter)).toBeNull()
})

function term(kind: number, name: string, text: string): string {
  if (kind === 0) return `attributes.${name} = "${text}"`
  if (kind === 1) return `hasPrefix(attributes.${name}, "${text}")`
  return kind === 2 ? `attributes:${name}` : `NOT attributes:${name}`
}

/** What SNS does with it, written apart from the translation. */
function lets(policy: FilterPolicy, attributes: Attributes): boolean {
  return Object.entries(policy).every(([name, conditions]) => {
    const value = attributes[name]
    return conditions.some((condition) => {
      if (typeof condition === 'string') return value === condition
      if ('exists' in condition) return (value !== undefined) === condition.exists
      return String(value ?? '').startsWith(condition.prefix)
    })
  })
}
