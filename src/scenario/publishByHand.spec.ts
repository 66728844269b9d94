/** What a person publishes by hand, with all that can be said of it. */
import { describe, expect, test } from 'vitest'
import { factTexts } from '../testing/factTexts.ts'
import type { Action, ActionBody, NodeDoc, Scenario } from './document.ts'
import { exampleCalled } from './examples/index.ts'
import { parseScript } from './validate.ts'
import { World } from './world.ts'

function facts(scenario: Scenario, ...acts: ActionBody[]): string[] {
  const script: Action[] = acts.map((act, i) => ({ atUs: 100_000 * (i + 1), ...act }))
  expect(parseScript(script, scenario)).toMatchObject({ ok: true })
  const world = new World(scenario)
  world.start(script)
  world.run(world.endUs)
  return factTexts(world.records, world.records.facts.count, (part) => world.owner(part))
}

/** The example without its own messages. */
function silent(id: 'routing' | 'sqs-jobs', change: (node: NodeDoc) => NodeDoc = (n) => n) {
  const { scenario } = exampleCalled(id)
  const nodes = scenario.nodes.map((node) =>
    node.kind === 'producer' ? { ...node, arrivals: { kind: 'manual' as const } } : change(node),
  )
  return { ...scenario, nodes }
}

describe('given an exchange without a queue for a key', () => {
  const lost = { do: 'publish', node: 'logs', body: 'x', key: 'debug' } as const

  test('when a mandatory message is published by hand, then it comes back', () => {
    const happened = facts(silent('routing'), { ...lost, mandatory: true })
    expect(happened).toContain('logs unroutable 0')
    expect(happened).toContain('you returned 0')
  })

  test('when it is not mandatory, then it is gone without a word', () => {
    expect(facts(silent('routing'), lost)).not.toContain('you returned 0')
  })

  test('when a producer that has nothing mandatory publishes one by hand, then it hears of it', () => {
    const happened = facts(silent('routing'), { ...lost, node: 'app', mandatory: true })
    expect(happened).toContain('app returned 0')
    expect(happened).toContain('app returnReceived 0')
  })
})

describe('given a queue of SQS', () => {
  const fifo = silent('sqs-jobs', (node) => {
    if (node.kind !== 'sqsQueue') return node
    return { ...node, fifo: true }
  })

  test('when the same deduplication id is sent twice to a FIFO queue, then the second is not stored', () => {
    const send = (deduplicationId: string): ActionBody => {
      return { do: 'publish', node: 'jobs', body: 'x', key: 'g', properties: { deduplicationId } }
    }
    const happened = facts(fifo, send('a'), send('a'), send('b'))
    expect(happened.filter((fact) => /^jobs (stored|deduplicated)/.test(fact))).toEqual([
      'jobs stored 0',
      'jobs deduplicated 1',
      'jobs stored 2',
    ])
  })

  test('when a message has a delay of its own, then it can be received only afterwards', () => {
    const world = new World(silent('sqs-jobs'))
    const properties = { delayMs: 4000 }
    world.start([{ atUs: 100_000, do: 'publish', node: 'jobs', body: 'x', properties }])
    world.run(world.endUs)
    const { facts: all } = world.records
    const texts = factTexts(world.records, all.count, (part) => world.owner(part))
    expect(all.timeUs(texts.indexOf('jobs inFlight 0'))).toBe(4_100_000)
  })
})
