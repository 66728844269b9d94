/** Programs against runs: what lights a line is a fact that really happens, about a node that it really happens to. */
import { describe, expect, it } from 'vitest'
import { History } from '../history/history.ts'
import { kindsNamed } from '../history/vocabulary.ts'
import { EXAMPLES } from '../scenario/examples/index.ts'
import { isClientKind } from '../scenario/kinds.ts'
import { generateProgram, linesLitBy } from '../scenario/program/generate.ts'
import { factTexts } from './factTexts.ts'

/** `node kind` of everything that happens in the first minute of an example. */
function happenings(example: (typeof EXAMPLES)[number]): { node: string; kind: string }[] {
  const { scenario } = example
  const history = new History({ ...scenario, durationMs: Math.min(scenario.durationMs, 60_000) })
  while (history.advance());
  const { live } = history
  const texts = factTexts(live.records, live.records.facts.count, (part) => live.owner(part))
  return [...new Set(texts.map((text) => text.replace(/ -?\d+$/, '')))].map((text) => {
    const [node = '', kind = ''] = text.split(' ')
    return { node, kind }
  })
}

describe.each(EXAMPLES.map((example) => [example.id, example] as const))('%s', (_id, example) => {
  const happened = happenings(example)

  it.each(['python', 'typescript'] as const)(
    'given its run, then each client lights lines of its own program in %s',
    (language) => {
      for (const { id, kind } of example.scenario.nodes.filter((node) => isClientKind(node.kind))) {
        const program = generateProgram(example.scenario, id, language)
        const mine = happened.filter(({ node }) => node === id)
        const lit = new Set(mine.flatMap((fact) => linesLitBy(program, fact)))
        expect(lit.size, `${id}, ${kind}`).toBeGreaterThan(0)
        // A handler that works without saying so has its start and its end shown by the same lines.
        const worked = mine.some((fact) => fact.kind === 'started')
        if (worked)
          expect(linesLitBy(program, { node: id, kind: 'started' }).length).toBeGreaterThan(0)
      }
    },
  )

  it('given what lights its lines, then the fact log knows each by that name', () => {
    for (const language of ['python', 'typescript'] as const) {
      const { lines } = generateProgram(example.scenario, null, language)
      for (const { node, facts } of lines.flatMap(({ lit }) => lit ?? [])) {
        for (const fact of facts)
          expect(kindsNamed([fact]).size, `${fact} of ${node}`).toBeGreaterThan(0)
      }
    }
  })
})
