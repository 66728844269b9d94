/** What the property tests draw: every family and every kind of node of it, at work, so that none of them is left out. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { History } from '../history/history.ts'
import { factKind } from '../history/vocabulary.ts'
import type { NodeKind } from '../scenario/document.ts'
import { NODE_KINDS } from '../scenario/kinds.ts'
import { familiesOf, sidesOf } from '../scenario/late.ts'
import { systems } from './systems.ts'

const SAMPLES = 400
const FACTS_MAX = 3_000
/** A group's facts are its stream's. */
const OF_ANOTHER: NodeKind = 'redisGroup'

test('given as many systems as a property test draws, then each kind of node is at work in some, and each late family in several', () => {
  const atWork = new Map<NodeKind, number>()
  const families = new Map<string, number>()
  const branchable = new Map<string, number>()
  const count = <K>(map: Map<K, number>, key: K) => map.set(key, (map.get(key) ?? 0) + 1)
  for (const { scenario, script, seed } of fc.sample(systems, { numRuns: SAMPLES, seed: 1 })) {
    const history = new History(scenario, script, { seed, factsMax: FACTS_MAX })
    while (history.advance()) {}
    const { facts } = history.live.records
    const busy = new Set<string>()
    facts.each(0, facts.count, (_timeUs, kind, part) => {
      if (factKind(kind).tone !== 'setup') busy.add(history.live.owner(part))
    })
    const works = scenario.nodes.filter(({ id, kind }) => kind === OF_ANOTHER || busy.has(id))
    const kinds = new Set(works.map(({ kind }) => kind))
    for (const kind of kinds) count(atWork, kind)
    for (const name of [...familiesOf(scenario), ...sidesOf(scenario)]) {
      if (facts.count > 50) count(families, name)
      if (script.length > 0) count(branchable, name)
    }
  }
  expect(NODE_KINDS.filter((kind) => !atWork.has(kind))).toEqual([])
  const all = [
    'hashing',
    'quorum',
    'sqs',
    'log',
    'mqtt',
    'nats',
    'redisPubsub',
    'redisStreams',
    'cloud',
    'eventstore',
    'sourcing',
    'keptLog',
    'rebalancing',
    'filters',
  ]
  expect(all.filter((name) => (families.get(name) ?? 0) < 5)).toEqual([])
  expect(all.filter((name) => (branchable.get(name) ?? 0) < 5)).toEqual([])
  expect([...families.keys()].filter((name) => !all.includes(name))).toEqual([])
})
