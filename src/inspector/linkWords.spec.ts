/** Sentences and keys of links, for every pair of kinds that may be linked. */
import { describe, expect, it } from 'vitest'
import { must } from '../base/assert.ts'
import { LINKS_FROM, type NodeDoc, type NodeKind, type Scenario } from '../scenario/document.ts'
import { EXAMPLES, findExample } from '../scenario/examples/index.ts'
import { keyLabel, linkSentence } from './linkWords.ts'

const linkOf = (scenario: Scenario, id: string) =>
  must(
    scenario.links.find((link) => link.id === id),
    id,
  )

describe('a link in one sentence', () => {
  it('given every pair of kinds that may be linked, then there is a sentence that names both ends', () => {
    for (const [from, kinds] of Object.entries(LINKS_FROM)) {
      for (const to of kinds) {
        const node = (kind: string, id: string) =>
          ({ kind: kind as NodeKind, id, name: id, type: 'direct' }) as NodeDoc
        const scenario = { nodes: [node(from, 'one'), node(to, 'two')], links: [] as never[] }
        const link = { id: 'l', from: 'one', to: 'two', latencyMs: 0 }
        const sentence = linkSentence(link, scenario as unknown as Scenario)
        expect(sentence, `${from} to ${to}`).toMatch(/one.*two|two.*one/)
      }
    }
  })
  it('given the default exchange, then the key is the name of the queue and cannot be set', () => {
    const { scenario } = must(findExample('orders'), 'orders')
    const bind = linkOf(scenario, 'bind')
    expect(linkSentence(bind, scenario)).toContain('routing key orders')
    expect(keyLabel(bind, scenario)).toBeNull()
    expect(keyLabel(linkOf(scenario, 'publish'), scenario)).toBe('Routing key')
  })
  it('given any link of any example, then its sentence ends as one', () => {
    for (const { scenario } of EXAMPLES) {
      for (const link of scenario.links) expect(linkSentence(link, scenario)).toMatch(/\.$/)
    }
  })
})
