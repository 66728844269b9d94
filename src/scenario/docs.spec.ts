/** The page about the format: its examples are valid, run, and together use every kind and every field that there is. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { scenarioJsonSchema } from '../testing/scenarioSchema.ts'
import { NODE_KINDS } from './kinds.ts'
import { LIMITS, parseScenario } from './validate.ts'
import { World } from './world.ts'

const page = readFileSync(new URL('../../docs/scenario.md', import.meta.url), 'utf8')
const examples = page.split(/^## /m).flatMap((section) => {
  const heading = section.slice(0, section.indexOf('\n'))
  const [, json] = section.split(/^```json$|^```$/m)
  return json !== undefined && section.includes('```json') ? [[heading, json] as const] : []
})

describe('docs/scenario.md', () => {
  it('given the kinds of nodes, then each has a section with an example of it', () => {
    const kinds = examples.map(([heading, json]) => {
      const kind = heading.toLowerCase().replace(/ (\w)/g, (_, letter) => letter.toUpperCase())
      expect(json).toContain(`"kind": "${kind}"`)
      return kind
    })
    expect(new Set(kinds)).toEqual(new Set(NODE_KINDS))
    expect(kinds).toHaveLength(NODE_KINDS.length)
  })

  it.each(examples)('given the example of %s, then it is valid and runs', (_heading, json) => {
    const result = parseScenario(JSON.parse(json))
    expect(result).toMatchObject({ ok: true })
    if (!result.ok) return
    const world = new World(result.scenario)
    world.start()
    expect(world.run(world.endUs)).toBe(true)
    expect(world.records.messages.count).toBeGreaterThan(0)
  })

  it('given the schema, then every field has its place on the page', () => {
    const text = JSON.stringify(scenarioJsonSchema())
    const fields = new Set(
      [...text.matchAll(/"(\w+)":\{"(?:type|\$ref|const|enum|oneOf)"/g)].map((m) => m[1]),
    )
    for (const field of fields) {
      if (
        !['arrivals', 'duration', 'id', 'items', 'properties', 'propertyNames'].includes(
          field as string,
        )
      ) {
        expect(page, `field ${field}`).toMatch(new RegExp(`["\`]${field}["\`]|\`[^\`]*${field}`))
      }
    }
  })

  it('given the limits, then the page names those that a person meets', () => {
    for (const limit of [LIMITS.nodes, LIMITS.links, LIMITS.titleChars, LIMITS.bodies]) {
      expect(page).toContain(String(limit))
    }
  })
})
