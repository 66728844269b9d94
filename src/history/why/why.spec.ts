/** Why: chains of facts on every kind of system, and the stories of some that everybody knows. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { NATS_FACTS } from '../../brokers/pubsub/nats/facts.ts'
import { CLIENT_FACTS } from '../../clients/client.ts'
import { GROUP_CONSUMER_FACTS } from '../../clients/groupConsumer/facts.ts'
import type { Action } from '../../scenario/document.ts'
import { exampleCalled } from '../../scenario/examples/index.ts'
import { WORLD_FACTS } from '../../scenario/world.ts'
import { systems } from '../../testing/systems.ts'
import { History } from '../history.ts'
import { lineOf } from '../lines.ts'
import { levelsOf } from '../metrics/levels.ts'
import { allKinds, factKind } from '../vocabulary.ts'
import { factsOfNumber } from './number.ts'
import type { Steps } from './trail.ts'
import { ruleOf, Why } from './why.ts'

const account = exampleCalled('account')
const notifications = exampleCalled('notifications')
const ordersWorkers = exampleCalled('orders-workers')

type Example = { scenario: ConstructorParameters<typeof History>[0] }

function computed({ scenario }: Example, script: Action[] = []): History {
  const history = new History(scenario, script)
  while (history.advance()) {}
  return history
}

/** What an answer in steps comes to. */
function finished<T>(steps: Steps<T>): T {
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
  }
}

/** The chain of the first or last fact whose sentence matches, as sentences. */
function story(history: History, sentence: RegExp): string[] {
  const at = Array.from({ length: history.factCount }, (_, i) => i).findLast((i) =>
    sentence.test(lineOf(history, i).sentence),
  )
  if (at === undefined) throw new Error(`no fact says ${sentence}`)
  return finished(new Why(history.live).chain(at)).steps.map(
    ({ index }) => lineOf(history, index).sentence,
  )
}

describe('given any run', () => {
  test('when each of its facts is asked why, then its chain goes back in time to where one begins', () => {
    fc.assert(
      fc.property(systems, ({ scenario, script, seed }) => {
        const history = new History(scenario, script, { seed, factsMax: 4000 })
        while (history.advance()) {}
        const { facts } = history.live.records
        const why = new Why(history.live)
        const step = Math.max(1, Math.floor(history.factCount / 40))
        for (let index = 0; index < history.factCount; index += step) {
          const chain = why.mainChain(index)
          expect(chain.at(-1)).toBe(index)
          for (let i = 1; i < chain.length; i++)
            expect(chain[i]).toBeGreaterThan(chain[i - 1] as number)
          const first = chain[0] as number
          const kind = facts.kind(first)
          const isRoot =
            kind === WORLD_FACTS.acted ||
            kind === CLIENT_FACTS.published ||
            // Some start later, as their scenario says.
            kind === GROUP_CONSUMER_FACTS.joining ||
            // What is set up later may be refused then.
            kind === NATS_FACTS.setupRefused ||
            facts.timeUs(first) === 0 ||
            factKind(kind).tone === 'setup'
          if (!isRoot)
            throw new Error(`fact ${index} begins with: ${lineOf(history, first).sentence}`)
          for (const { index: at, causes } of finished(why.chain(index)).steps) {
            for (const cause of causes) expect(cause.index).toBeLessThan(at)
          }
        }
      }),
      { numRuns: 80 },
    )
  })

  test('when it is asked what a fact led to, then each of those was caused by it or by one of them, or became of the message that began with it', () => {
    fc.assert(
      fc.property(systems, fc.nat(), ({ scenario, script, seed }, pick) => {
        const history = new History(scenario, script, { seed, factsMax: 2000 })
        while (history.advance()) {}
        const why = new Why(history.live)
        if (history.factCount === 0) return
        const index = pick % history.factCount
        const { facts, messages } = history.live.records
        const known = new Set([index])
        const first = facts.message(index)
        const becameOfIt = (at: number) => {
          let message = facts.message(at)
          while (first >= 0 && message > first && message < messages.count) {
            message = messages.parent(message)
          }
          return first >= 0 && message === first
        }
        for (const { index: at, causes } of finished(why.effects(index)).steps) {
          expect(causes.some((cause) => known.has(cause.index)) || becameOfIt(at)).toBe(true)
          known.add(at)
        }
      }),
      { numRuns: 60 },
    )
  })
})

describe('given every kind of fact', () => {
  test('when it has a sentence, then it has a rule', () => {
    for (const kind of allKinds()) expect(ruleOf(kind)).toBeTypeOf('function')
  })
})

describe('given runs that everybody knows', () => {
  test('when a redelivered order is asked about, then its story tells of the crash and of the first delivery', () => {
    const history = computed(ordersWorkers, [
      { atUs: 4_000_000, do: 'crash', node: 'worker-1' },
      { atUs: 6_000_000, do: 'restart', node: 'worker-1' },
    ])
    const { facts } = history.live.records
    const requeued = Array.from({ length: history.factCount }, (_, i) => i).find(
      (i) => factKind(facts.kind(i)).name === 'requeued',
    ) as number
    const label = /^(\w+)/.exec(lineOf(history, requeued).sentence)?.[1]
    const told = story(history, new RegExp(`delivers ${label} to`)).join('\n')
    expect(told).toMatch(/You crash worker-1/)
    expect(told).toMatch(/worker-1 crashes/)
    expect(told).toMatch(/goes back to its place/)
    expect(told).toMatch(new RegExp(`delivers ${label} to worker-1[\\s\\S]*delivers ${label} to`))
    expect(told).toMatch(new RegExp(`shop publishes ${label}`))
  })

  test('when an order is delivered over a binding, then the binding is told', () => {
    const told = story(computed(account), /withdr|Withdrawn/i).join('\n')
    expect(told).toMatch(/publishes/)
  })

  test('when a record is processed, then who published it and the batch are told', () => {
    const told = story(computed(notifications), /^email has processed/).join('\n')
    expect(told).toMatch(/sign-up page publishes/)
    expect(told).toMatch(/starts work/)
  })

  test('when a crash is asked what it led to, then the redelivery is among it', () => {
    const history = computed(ordersWorkers, [{ atUs: 4_000_000, do: 'crash', node: 'worker-1' }])
    const { facts } = history.live.records
    const acted = Array.from({ length: history.factCount }, (_, i) => i).find(
      (i) => facts.kind(i) === WORLD_FACTS.acted,
    ) as number
    const told = finished(new Why(history.live).effects(acted)).steps.map(
      ({ index }) => lineOf(history, index).sentence,
    )
    expect(told.join('\n')).toMatch(/worker-1 crashes[\s\S]*goes back to its place[\s\S]*delivers/)
  })
})

describe('given a long run', () => {
  test('when its last fact is asked why and its numbers what they are, then the answers give way all along', () => {
    const { nodes, ...rest } = ordersWorkers.scenario
    const every = { kind: 'fixed' as const, ms: 500 }
    const scenario = {
      ...rest,
      durationMs: 3_600_000,
      nodes: nodes.map((node) =>
        node.kind === 'producer'
          ? { ...node, arrivals: { kind: 'interval' as const, every } }
          : node,
      ),
    }
    const history = computed({ ...ordersWorkers, scenario })
    const count = history.factCount
    expect(count).toBeGreaterThan(40_000)
    const gaveWay = (steps: Steps<unknown>): number => {
      let times = 0
      while (!steps.next().done) times++
      return times
    }
    expect(gaveWay(new Why(history.live).chain(count - 1))).toBeGreaterThanOrEqual(count / 16_384)
    const delivered = factsOfNumber(history, 'orders', 'delivered', count)
    expect(gaveWay(delivered)).toBeGreaterThanOrEqual(count / 16_384)
  })
})

describe('given a number of a node', () => {
  test('when it is asked what makes it up, then there are as many facts as it says', () => {
    fc.assert(
      fc.property(systems, fc.double({ min: 0, max: 1, noNaN: true }), (run, share) => {
        const { scenario, script, seed } = run
        const history = new History(scenario, script, { seed, factsMax: 1500 })
        while (history.advance()) {}
        const moment = Math.floor(share * history.factCount)
        history.seek({ factIndex: moment })
        const world = history.viewed
        const levels = scenario.nodes.flatMap((doc) =>
          levelsOf(world, doc)
            .filter(({ role }) => role !== 'busy' && role !== 'capacity')
            .map(({ name, read }) => ({ node: doc.id, name, value: read() })),
        )
        for (const { node, name, value } of levels) {
          const made = finished(factsOfNumber(history, node, name, moment))
          if (made?.total !== value) {
            throw new Error(`${name} of ${node} is ${value}, made of ${made?.total} facts`)
          }
        }
      }),
      { numRuns: 120 },
    )
  })
})
