/** Promises about every scenario, not only the examples: it passes the door, survives a link, and has its programs. */
import fc from 'fast-check'
import { transformWithOxc } from 'vite'
import { describe, expect, it } from 'vitest'
import { runs, scenarios } from '../testing/arbitrary.ts'
import { applyEdit, type Edit } from './edit.ts'
import { NODE_KINDS } from './kinds.ts'
import { newNode } from './placement.ts'
import { generateProgram, textOf } from './program/generate.ts'
import { decodeMoment, encodeMoment } from './share/link.ts'
import { fitScript, parseScenario, parseScript } from './validate.ts'

describe('any scenario', () => {
  it('given any run, then scenario and script pass the door unchanged', () => {
    fc.assert(
      fc.property(runs(), ({ scenario, script }) => {
        expect(parseScenario(JSON.parse(JSON.stringify(scenario)))).toEqual({ ok: true, scenario })
        expect(parseScript(JSON.parse(JSON.stringify(script)), scenario)).toEqual({
          ok: true,
          script,
        })
      }),
    )
  })

  it('given many, then every kind of node and of link between kinds occurs', () => {
    const kinds = new Set<string>()
    for (const scenario of fc.sample(scenarios(), { numRuns: 200, seed: 1 })) {
      for (const { kind } of scenario.nodes) kinds.add(kind)
    }
    expect([...kinds].sort()).toEqual([...NODE_KINDS].sort())
  })

  it('given any run, then a link brings it back', async () => {
    await fc.assert(
      fc.asyncProperty(runs(), async ({ scenario, script, seed }) => {
        const branch = { id: 'main', name: 'main', parent: null, forkUs: 0, seed, script }
        const moment = {
          app: 'test',
          scenario,
          exampleId: null,
          branches: [branch, { ...branch, id: 'b', parent: 'main', script: script.slice(0, 3) }],
          branchId: 'b',
          timeUs: 5,
          factIndex: 1,
          selection: null,
          view: null,
          stage: null,
          condition: '',
          watches: [],
          hash: '',
          trail: '',
        }
        const encoded = await encodeMoment(moment)
        expect(encoded.ok).toBe(true)
        if (!encoded.ok) return
        expect(await decodeMoment(encoded.fragment)).toEqual({ ok: true, moment })
      }),
    )
  })

  it('given any scenario, when a node is removed or added, then it is valid and the old one untouched', () => {
    const kind = fc.constantFrom(...NODE_KINDS)
    fc.assert(
      fc.property(runs(), fc.nat(), kind, ({ scenario, script }, pick, added) => {
        const before = JSON.stringify(scenario)
        const node = scenario.nodes[pick % scenario.nodes.length]
        const edits: Edit[] = [{ edit: 'addNode', node: newNode(added, scenario) }]
        if (node) edits.push({ edit: 'removeNode', id: node.id })
        for (const edit of edits) {
          const result = applyEdit(scenario, edit)
          if (!result.ok) throw new Error(result.sentence)
          expect(parseScenario(result.scenario).ok).toBe(true)
          const fitting = fitScript(script, result.scenario)
          expect(parseScript(fitting, result.scenario).ok).toBe(true)
          if (edit.edit === 'addNode') expect(fitting).toEqual(script)
        }
        expect(JSON.stringify(scenario)).toBe(before)
      }),
    )
  })

  it('given any scenario, then its TypeScript can be parsed and its Python has its clients', async () => {
    await fc.assert(
      fc.asyncProperty(scenarios(), async (scenario) => {
        const typescript = generateProgram(scenario, null, 'typescript')
        await transformWithOxc(textOf(typescript), 'program.ts')
        const python = generateProgram(scenario, null, 'python')
        const lit = new Set(python.lines.flatMap((line) => line.lit?.map((l) => l.node) ?? []))
        for (const { id, kind } of scenario.nodes) {
          const works = scenario.links.some(({ from, to }) => from === id || to === id)
          if (works && kind === 'consumer') expect(lit).toContain(id)
        }
      }),
    )
  })
})
