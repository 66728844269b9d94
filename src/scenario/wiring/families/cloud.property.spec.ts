/** What subscriptions promise, over failures, crashes, cuts and slowness. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CLOUD_FACTS } from '../../../brokers/pubsub/cloud/facts.ts'
import { type Action, actAt, type NodeOf, SCENARIO_FORMAT, type Scenario } from '../../document.ts'
import { World } from '../../world.ts'

const setting = fc.record({
  seed: fc.nat(),
  latencyMs: fc.constantFrom(0, 5, 120),
  push: fc.boolean(),
  maxMessages: fc.constantFrom(1, 3, 10),
  ackDeadlineMs: fc.constantFrom(300, 1500, 10_000),
  serviceMs: fc.constantFrom(1, 200, 700),
  failureRate: fc.constantFrom(0, 0.2),
  onFailure: fc.constantFrom('leave' as const, 'release' as const),
  backoffMs: fc.constantFrom(0, 500),
  troubles: fc.array(
    fc.record({
      atMs: fc.nat(20_000),
      forMs: fc.nat(4000),
      what: fc.constantFrom('crash' as const, 'cut' as const, 'slow' as const),
    }),
    { maxLength: 5 },
  ),
})
type Setting = typeof setting extends fc.Arbitrary<infer T> ? T : never

const COUNT = 30
const RETURNS = new Set<number>([
  CLOUD_FACTS.nacked,
  CLOUD_FACTS.deadlinePassed,
  CLOUD_FACTS.heldBack,
])

function scenarioOf(given: Setting): Scenario {
  const position = { x: 0, y: 0 }
  const { seed, latencyMs, push, ackDeadlineMs, maxMessages, failureRate, onFailure } = given
  const worker: NodeOf<'pollingConsumer'> = {
    kind: 'pollingConsumer',
    id: 'worker',
    name: 'worker',
    position,
    service: { kind: 'fixed', ms: given.serviceMs },
    maxMessages,
    waitTimeMs: 5000,
    deleteWhen: 'after',
    failureRate,
    onFailure,
  }
  return {
    format: SCENARIO_FORMAT,
    title: 'Cloud',
    seed,
    durationMs: 900_000,
    brokers: [{ id: 'pubsub', family: 'cloud' }],
    nodes: [
      {
        kind: 'producer',
        id: 'app',
        name: 'app',
        position,
        arrivals: { kind: 'interval', every: { kind: 'fixed', ms: 600 }, count: COUNT },
        bodies: ['{n}'],
        keys: { kind: 'turn', of: ['a', 'b'] },
      },
      { kind: 'cloudTopic', id: 'topic', name: 'topic', broker: 'pubsub', position },
      {
        kind: 'cloudSubscription',
        id: 'sub',
        name: 'sub',
        broker: 'pubsub',
        position,
        ordering: true,
        push,
        ackDeadlineMs,
        minBackoffMs: given.backoffMs,
      },
      worker,
    ],
    links: [
      { id: 'publish', from: 'app', to: 'topic', latencyMs },
      { id: 'give', from: 'topic', to: 'sub', latencyMs },
      { id: 'out', from: 'sub', to: 'worker', latencyMs },
    ],
  }
}

/** Each trouble ends, and at last all is well. */
function scriptOf({ troubles }: Setting): Action[] {
  const actions = troubles.flatMap(({ atMs, forMs, what }): Action[] => {
    const [fromUs, toUs] = [atMs * 1000, (atMs + forMs) * 1000]
    if (what === 'crash') {
      return [
        actAt(fromUs, { do: 'crash', node: 'worker' }),
        actAt(toUs, { do: 'restart', node: 'worker' }),
      ]
    }
    if (what === 'cut')
      return [actAt(fromUs, { do: 'cut', link: 'out' }), actAt(toUs, { do: 'mend', link: 'out' })]
    return [
      actAt(fromUs, { do: 'slow', node: 'worker', factor: 5 }),
      actAt(toUs, { do: 'slow', node: 'worker', factor: 1 }),
    ]
  })
  const lastUs = 25_000_000
  return [
    ...actions,
    actAt(lastUs, { do: 'restart', node: 'worker' }),
    actAt(lastUs, { do: 'mend', link: 'out' }),
    actAt(lastUs, { do: 'slow', node: 'worker', factor: 1 }),
  ]
}

describe('given an ordered subscription, pulled or pushed, and any troubles', () => {
  test('then nothing acknowledged is sent again, none is sent before one of its key that waits, and what can be done is done', () => {
    let redeliveries = 0
    fc.assert(
      fc.property(setting, (given) => {
        const world = new World(scenarioOf(given))
        world.start(scriptOf(given))
        world.run(world.endUs)
        const { facts, messages } = world.records
        const done = new Set<number>()
        const out = new Set<number>()
        const came: number[] = []
        facts.each(0, facts.count, (_timeUs, kind, _part, message) => {
          if (kind === CLOUD_FACTS.leased && done.has(message)) {
            throw new Error(`message ${message} is sent again after its acknowledgement`)
          }
          if (kind === CLOUD_FACTS.arrived) came.push(message)
          else if (kind === CLOUD_FACTS.leased) {
            const key = messages.key(message)
            const before = came.filter((each) => each < message && messages.key(each) === key)
            expect(before.filter((each) => !done.has(each) && !out.has(each))).toEqual([])
            out.add(message)
          } else if (RETURNS.has(kind)) {
            if (kind !== CLOUD_FACTS.heldBack) redeliveries++
            out.delete(message)
          } else if (kind === CLOUD_FACTS.acknowledged) {
            done.add(message)
            out.delete(message)
          }
        })
        const canFinish =
          given.serviceMs * given.maxMessages < given.ackDeadlineMs - 2 * given.latencyMs
        if (canFinish && !given.push) expect(done.size).toBe(COUNT)
      }),
      { numRuns: 120 },
    )
    expect(redeliveries).toBeGreaterThan(100)
  })
})
