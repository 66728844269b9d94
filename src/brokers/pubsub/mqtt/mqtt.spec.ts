/** MQTT against what a real mosquitto 2.0.11 did, its filters against another reading, and the standard itself. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  archiveOf,
  foldedArchive,
  forgotten,
  restoredArchive,
  resumedArchive,
} from '../../../testing/folding.ts'
import { MqttBench } from '../../../testing/mqttBench.ts'
import { tracesIn } from '../../../testing/traces.ts'
import { wordsUpTo } from '../../../testing/words.ts'
import { runTrace } from '../../conformance/run.ts'
import { isValidFilter, matchesFilter } from './topics.ts'

describe('MQTT against traces of mosquitto 2.0.11', () => {
  test.for(tracesIn(new URL('traces/', import.meta.url)))('$name: $teaches', (trace) => {
    expect(runTrace(trace)).toEqual({ outcome: 'passed' })
  })
})

/** Every topic or filter of up to four levels. */
function paths(levels: readonly string[]): string[] {
  const words = wordsUpTo(
    levels.map((level) => `${level}/`),
    4,
  )
  return words.filter((word) => word !== '').map((word) => word.slice(0, -1))
}

describe('given topics and filters', () => {
  test('when every short filter meets every short topic, then a regular expression agrees', () => {
    const topics = paths(['a', 'b', '', '$s']).filter((topic) => topic !== '')
    for (const filter of paths(['a', 'b', '', '+', '#', '$s']).filter(isValidFilter)) {
      const oracle = asExpression(filter)
      for (const topic of topics) {
        if (matchesFilter(filter, topic) === oracle.test(topic)) continue
        expect.fail(`${filter} and ${topic}: not as ${oracle}`)
      }
    }
  })

  test.for(['a/#/b', 'a+', '#a', '', '+a/b', 'a/b#'])('then %o is no filter', (filter) => {
    expect(isValidFilter(filter)).toBe(false)
  })
})

function asExpression(filter: string): RegExp {
  const open = /^[+#]/.test(filter) ? '(?!\\$)' : ''
  const source = filter
    .replaceAll('$', '\\$')
    .replace(/^#$/, '.*')
    .replace(/\/#$/, '(/.*)?')
    .replace(/\+/g, '[^/]*')
  return new RegExp(`^${open}${source}$`)
}

const client = fc.constantFrom('A', 'B', 'C')
const step = fc.oneof(
  fc.record({ does: fc.constant('connect' as const), client, clean: fc.boolean() }),
  fc.record({ does: fc.constantFrom('lose' as const, 'disconnect' as const), client }),
  fc.record({
    does: fc.constant('subscribe' as const),
    client,
    filter: fc.constantFrom('a', 'a/#', '+', '$share/g/a', '$share/g/#'),
    qos: fc.nat({ max: 2 }),
  }),
  fc.record({
    does: fc.constant('unsubscribe' as const),
    client,
    filter: fc.constantFrom('a', 'a/#'),
  }),
  fc.record({
    does: fc.constant('publish' as const),
    client,
    topic: fc.constantFrom('a', 'a/b'),
    qos: fc.nat({ max: 2 }),
    retain: fc.boolean(),
  }),
  fc.record({ does: fc.constantFrom('exchange' as const, 'restart' as const, 'wait' as const) }),
)
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

function play(bench: MqttBench, steps: readonly Step[]): void {
  for (const step of steps) {
    if (step.does === 'connect') bench.connect(step.client, step.clean)
    else if (step.does === 'lose') bench.lose(step.client)
    else if (step.does === 'disconnect') bench.disconnect(step.client)
    else if (step.does === 'subscribe') bench.subscribe(step.client, step.filter, step.qos)
    else if (step.does === 'unsubscribe') bench.unsubscribe(step.client, step.filter)
    else if (step.does === 'publish') {
      bench.publish(step.client, step.topic, step.qos, step.retain)
    } else if (step.does === 'exchange') bench.exchange(3)
    else if (step.does === 'restart') bench.restart()
    else bench.waitMs(1500)
  }
}

describe('given clients that act in any order', () => {
  test('then the fold of the facts, and what a checkpoint restores, are the broker itself', () => {
    const runs = fc.array(step, { minLength: 5, maxLength: 40, size: 'max' })
    fc.assert(
      fc.property(runs, runs, (before, after) => {
        const bench = new MqttBench()
        play(bench, before)
        const { broker, records, build } = bench
        const checkpoint = archiveOf([broker])
        const facts = records.facts.count
        play(bench, after)
        const state = archiveOf([broker])
        expect(foldedArchive(build, records)).toEqual(state)
        expect(restoredArchive(build, records, state)).toEqual(state)
        expect(forgotten(build, bench.sim, [broker])).toEqual([])
        expect(resumedArchive(build, records, checkpoint, facts)).toEqual(state)
      }),
    )
  })
})

describe('given a publisher and a subscriber with sessions, on connections that are lost at any packet', () => {
  const lossy = fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({ does: fc.constant('publish' as const), qos: fc.constantFrom(1, 2) }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        does: fc.constant('exchange' as const),
        packets: fc.integer({ min: 1, max: 6 }),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        does: fc.constant('lose' as const),
        client: fc.constantFrom('P', 'S'),
      }),
    },
  )

  test('then QoS 2 arrives exactly once, QoS 1 at least once, and first arrivals keep their order', () => {
    fc.assert(
      fc.property(fc.array(lossy, { minLength: 10, maxLength: 80, size: 'max' }), (steps) => {
        const bench = new MqttBench()
        bench.connect('P', false)
        bench.connect('S', false)
        bench.subscribe('S', 'a', 2)
        const sent: { message: number; qos: number }[] = []
        for (const step of steps) {
          if (step.does === 'publish') {
            sent.push({ message: bench.publish('P', 'a', step.qos, false), qos: step.qos })
          } else if (step.does === 'exchange') bench.exchange(step.packets)
          else {
            bench.lose(step.client)
            bench.connect(step.client, false)
          }
        }
        bench.exchange()
        const got = bench.received('S')
        for (const { message, qos } of sent) {
          const times = got.filter((one) => one === message).length
          if (qos === 2) expect(times).toBe(1)
          else expect(times).toBeGreaterThanOrEqual(1)
        }
        expect(new Set(got).size).toBe(sent.length)
      }),
    )
  })
})

describe('given a client whose subscriptions overlap', () => {
  const overlapping = (asMosquitto: boolean) => {
    const bench = new MqttBench({ asMosquitto })
    bench.connect('P', true)
    bench.connect('S', true)
    for (const [filter, qos] of [
      ['a/#', 0],
      ['a/b', 1],
      ['+/b', 2],
    ] as const) {
      bench.subscribe('S', filter, qos)
    }
    bench.publish('P', 'a/b', 2, false)
    bench.exchange()
    return bench.arrivals.map(({ qos }) => qos)
  }

  test('when a message matches all, then it comes once with the greatest QoS, as the standard wants', () => {
    expect(overlapping(false)).toEqual([2])
  })
  test('when the broker does as mosquitto 2.0.11, then with that of the first one found', () => {
    expect(overlapping(true)).toEqual([1])
  })
})

describe('given a share group with a member that is away', () => {
  test('when messages come, then those who are there get them, as the standard allows', () => {
    const bench = new MqttBench()
    for (const name of ['A', 'B']) {
      bench.connect(name, false)
      bench.subscribe(name, '$share/g/jobs', 1)
    }
    bench.connect('P', true)
    bench.lose('A')
    for (let i = 0; i < 4; i++) bench.publish('P', 'jobs', 1, false)
    bench.exchange()
    expect(bench.received('B')).toHaveLength(4)
  })

  test('when a retained message is there, then a new member does not get it', () => {
    const bench = new MqttBench()
    bench.connect('P', true)
    bench.publish('P', 'jobs', 1, true)
    bench.exchange()
    bench.connect('A', true)
    bench.subscribe('A', '$share/g/jobs', 1)
    bench.exchange()
    expect(bench.received('A')).toEqual([])
  })
})

describe('given a client of MQTT 5 with a will that waits two seconds', () => {
  const withWill = () => {
    const bench = new MqttBench()
    bench.connect('W', true)
    bench.subscribe('W', 'status', 1)
    bench.connect('A', false, { willDelayMs: 2000, expiryMs: 60_000, will: 'status' })
    bench.lose('A')
    bench.waitMs(1500)
    return bench
  }

  test('when it is back in time, then nobody hears of it', () => {
    const bench = withWill()
    bench.connect('A', false, { expiryMs: 60_000 })
    bench.waitMs(3000)
    bench.exchange()
    expect(bench.received('W')).toEqual([])
  })

  test('when it stays away, then its will is published', () => {
    const bench = withWill()
    bench.waitMs(500)
    bench.exchange()
    expect(bench.received('W')).toHaveLength(1)
  })
})

describe('given sessions of MQTT 5 that end a minute after their connection', () => {
  const restarted = (asMosquitto: boolean) => {
    const bench = new MqttBench({ asMosquitto })
    bench.connect('away', false, { expiryMs: 60_000 })
    bench.disconnect('away')
    bench.connect('there', false, { expiryMs: 60_000 })
    bench.restart()
    bench.waitMs(61_000)
    return ['away', 'there'].filter((name) => bench.broker.session(name))
  }

  test('when the broker restarts, then both end, as the standard wants', () => {
    expect(restarted(false)).toEqual([])
  })
  test('when the broker does as mosquitto 2.0.11, then they stay', () => {
    expect(restarted(true)).toEqual(['away', 'there'])
  })
})

describe('given a client whose will goes to a topic with a wildcard', () => {
  test('when it connects, then it is refused and there is no session', () => {
    const bench = new MqttBench()
    bench.connect('A', false, { will: 'status/+' })
    expect(bench.broker.session('A')).toBeUndefined()
  })
})
