/** The published JSON Schema: up to date, and of one opinion with the validator. */
import { readFileSync, writeFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { scenarios } from '../../testing/arbitrary.ts'
import { isValid } from '../../testing/jsonSchema.ts'
import { scenarioJsonSchema } from '../../testing/scenarioSchema.ts'
import type { Scenario } from '../document.ts'
import { EXAMPLES } from '../examples/index.ts'
import { conform } from './problem.ts'
import { scenarioSchema } from './scenario.ts'

const FILE = new URL('../../../public/scenario.schema.json', import.meta.url)
const HOW =
  'npx vitest run src/scenario/schema, with WRITE_SCHEMA=1, writes it anew; then format it'
if (process.env.WRITE_SCHEMA) {
  writeFileSync(FILE, `${JSON.stringify(scenarioJsonSchema(), null, 2)}\n`)
}
const schema = JSON.parse(readFileSync(FILE, 'utf8')) as Record<string, unknown>

describe('the published schema', () => {
  it('given the validator, then the file is what is made from it', () => {
    expect(schema, HOW).toEqual(scenarioJsonSchema())
  })

  it.each(EXAMPLES.map(({ id, scenario }) => [id, scenario] as const))(
    'given the example %s, then it is valid',
    (_id, scenario) => {
      expect(isValid(schema, JSON.parse(JSON.stringify(scenario)))).toBe(true)
    },
  )

  it('given any valid scenario, then it is valid', () => {
    fc.assert(
      fc.property(scenarios(), (scenario) => {
        expect(isValid(schema, JSON.parse(JSON.stringify(scenario)))).toBe(true)
      }),
    )
  })

  it('given any scenario with any one field spoilt, then schema and validator agree', () => {
    let refused = 0
    fc.assert(
      fc.property(scenarios({ nodesMax: 4 }), fc.nat(), spoilers, (scenario, pick, spoil) => {
        const spoilt = spoilOne(scenario, pick, spoil)
        const verdict = conform(scenarioSchema, spoilt).ok
        if (!verdict) refused++
        expect(isValid(schema, spoilt), JSON.stringify(spoilt)).toBe(verdict)
      }),
      { numRuns: 500 },
    )
    expect(refused).toBeGreaterThan(200)
  })
})

type Spoil = (holder: Record<string, unknown>, name: string) => void

const spoilers: fc.Arbitrary<Spoil> = fc.oneof(
  fc
    .constantFrom<unknown[]>(
      null,
      -1,
      0,
      0.5,
      1e12,
      '',
      'x',
      '_',
      'ä b',
      [],
      {},
      true,
      'y'.repeat(2000),
    )
    .map((value) => (holder: Record<string, unknown>, name: string) => {
      holder[name] = value
    }),
  fc.constant((holder: Record<string, unknown>, name: string) => {
    delete holder[name]
  }),
  fc.constant((holder: Record<string, unknown>) => {
    holder.extra = 1
  }),
)

/** A copy in which one field, counted over all objects and lists, is not what it was. */
function spoilOne(scenario: Scenario, pick: number, spoil: Spoil): unknown {
  const copy = JSON.parse(JSON.stringify(scenario)) as unknown
  const fields: [Record<string, unknown>, string][] = []
  const visit = (value: unknown) => {
    if (value === null || typeof value !== 'object') return
    for (const [name, child] of Object.entries(value)) {
      if (!Array.isArray(value)) fields.push([value as Record<string, unknown>, name])
      visit(child)
    }
  }
  visit(copy)
  const [holder, name] = fields[pick % fields.length] as [Record<string, unknown>, string]
  spoil(holder, name)
  return copy
}
