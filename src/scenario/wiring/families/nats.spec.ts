/** Settings of a durable consumer in a scenario: what comes without its body, heartbeats, requests that are refused. */
import { describe, expect, test } from 'vitest'
import { NATS_FACTS } from '../../../brokers/pubsub/nats/facts.ts'
import { SUBSCRIBER_FACTS } from '../../../clients/subscriber/facts.ts'
import type { Subscriber } from '../../../clients/subscriber/subscriber.ts'
import { type Action, actAt, type NodeDoc, type NodeOf } from '../../document.ts'
import { checkScenario } from '../../validate.ts'
import { World } from '../../world.ts'

const S = 1_000_000
const position = { x: 0, y: 0 }
const part = { broker: 'nats', position }

/** Three orders at 1, 2 and 3 s, a stream that keeps them, a durable, and one who takes them. */
function scenarioWith(
  durable: Partial<NodeOf<'natsConsumer'>>,
  subscriber: Partial<NodeOf<'natsSubscriber'>> = {},
  latencyMs = 10,
) {
  const nodes: NodeDoc[] = [
    {
      kind: 'producer',
      id: 'pub',
      name: 'pub',
      position,
      arrivals: { kind: 'interval', every: { kind: 'fixed', ms: 1000 }, count: 3 },
      bodies: ['Order{n}'],
    },
    { kind: 'natsServer', id: 'nats', name: 'nats', ...part },
    { kind: 'natsStream', id: 'stream', name: 'S', ...part },
    { kind: 'natsConsumer', id: 'durable', name: 'd', ...part, ...durable },
    {
      kind: 'natsSubscriber',
      id: 'sub',
      name: 'sub',
      position,
      service: { kind: 'fixed', ms: 10 },
      ...subscriber,
    },
  ]
  return {
    format: 'eventarium-scenario/1' as const,
    title: 'A durable',
    seed: 1,
    durationMs: 20_000,
    brokers: [{ id: 'nats', family: 'nats' as const }],
    nodes,
    links: [
      { id: 'publish', from: 'pub', to: 'nats', latencyMs, key: 'orders' },
      { id: 'keep', from: 'nats', to: 'stream', latencyMs, key: 'orders' },
      { id: 'read', from: 'stream', to: 'durable', latencyMs: 0 },
      { id: 'take', from: 'durable', to: 'sub', latencyMs },
    ],
  }
}

function ran(scenario: ReturnType<typeof scenarioWith>, script: Action[] = []) {
  const world = new World(scenario)
  world.start(script)
  world.run(world.endUs)
  const times = (wanted: number) => {
    const found: number[] = []
    world.records.facts.each(0, world.records.facts.count, (timeUs, kind) => {
      if (kind === wanted) found.push(timeUs / S)
    })
    return found
  }
  const client = world.part('sub') as Subscriber
  const { ledger } = client
  const read = Array.from({ length: ledger.count }, (_, i) => client.contentOf(ledger.messageAt(i)))
  return { times, read }
}

describe('given a durable with headers only', () => {
  test('then its subscriber reads no body, and acknowledges all the same', () => {
    const { read, times } = ran(scenarioWith({ headersOnly: true }))
    expect(read).toEqual(['', '', ''])
    expect(times(NATS_FACTS.acked)).toHaveLength(3)
  })
})

describe('given a push consumer with heartbeats every 2 s', () => {
  const scenario = scenarioWith({ push: true, idleHeartbeatMs: 2000 })

  test('when it has nothing more to send, then its subscriber hears so every 2 s', () => {
    const { times } = ran(scenario)
    expect(times(NATS_FACTS.heartbeat)).toEqual([
      5.02, 7.02, 9.02, 11.02, 13.02, 15.02, 17.02, 19.02,
    ])
    expect(times(SUBSCRIBER_FACTS.heard)).toEqual([
      5.03, 7.03, 9.03, 11.03, 13.03, 15.03, 17.03, 19.03,
    ])
    expect(times(SUBSCRIBER_FACTS.heartbeatsMissed)).toEqual([])
  })

  test('when its link is cut, then its subscriber says so once two heartbeats are missing, and not twice', () => {
    const { times } = ran(scenario, [actAt(6 * S, { do: 'cut', link: 'take' })])
    const missed = times(SUBSCRIBER_FACTS.heartbeatsMissed)
    expect(missed).toHaveLength(1)
    expect(missed[0]).toBeGreaterThanOrEqual(9.03)
    expect(missed[0]).toBeLessThanOrEqual(11.03)
  })
})

describe('given a pull consumer that limits what a request may ask for', () => {
  test.each([
    ['messages', 5, { maxRequestBatch: 2 }, { batch: 3 }],
    ['time', 2, { maxRequestExpiresMs: 1000 }, { expiresMs: 2000 }],
  ])(
    'when a subscriber asks for more %s at latency 0, then it gets 409 and asks again when its request would be over',
    (_what, everyS, durable, subscriber) => {
      const { times, read } = ran(scenarioWith(durable, subscriber, 0))
      expect(read).toEqual([])
      expect(times(NATS_FACTS.pullRefused)).toEqual(
        Array.from({ length: 20 / everyS + 1 }, (_, i) => i * everyS),
      )
    },
  )

  test('when it asks for no more than that, then it gets all', () => {
    const limits = { maxRequestBatch: 3, maxRequestExpiresMs: 2000, maxWaiting: 1 }
    const { read } = ran(scenarioWith(limits, { batch: 3, expiresMs: 2000 }))
    expect(read).toEqual(['Order1', 'Order2', 'Order3'])
  })
})

describe('given a setting that only the other of push and pull has', () => {
  test.each([
    [{ idleHeartbeatMs: 1000 }, 'idleHeartbeatMs goes with push; add "push": true or remove it.'],
    [{ push: true, maxWaiting: 3 }, 'maxWaiting goes with pull; remove it or "push".'],
    [{ push: true, maxRequestBatch: 3 }, 'maxRequestBatch goes with pull; remove it or "push".'],
  ])('when it is %j, then it is refused with its place', (durable, sentence) => {
    const checked = checkScenario(scenarioWith(durable))
    expect(checked).toMatchObject({ ok: false, sentence: `nodes[3].${sentence}` })
  })
})
