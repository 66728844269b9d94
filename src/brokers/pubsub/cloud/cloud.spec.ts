/** Topics and subscriptions by the rules of cloud.google.com/pubsub/docs; a queue takes over as SNS has it. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CloudBench } from '../../../testing/cloudBench.ts'
import {
  archiveOf,
  foldedArchive,
  forgotten,
  restoredArchive,
  resumedArchive,
} from '../../../testing/folding.ts'
import { readFilter } from './filter.ts'
import { FilterError } from './filterError.ts'
import type { Delivery } from './service.ts'
import type { SubscriptionConfig } from './subscription.ts'

function withSubscription(config: Partial<SubscriptionConfig> = {}) {
  const bench = new CloudBench()
  const subscription = bench.service.createSubscription('orders', 'billing', config)
  const pull = (max = 10) => bench.service.pull(subscription, 'B', max)
  const messages = (deliveries: readonly Delivery[]) => deliveries.map(({ message }) => message)
  return { bench, subscription, pull, messages }
}

describe('given two subscriptions of a topic', () => {
  test('when a message is published, then each has it, and one that comes later has not', () => {
    const { bench, pull } = withSubscription()
    const mail = bench.service.createSubscription('orders', 'mail')
    bench.publish()
    const late = bench.service.createSubscription('orders', 'late')
    expect(pull()).toHaveLength(1)
    expect(bench.service.pull(mail, 'M', 10)).toHaveLength(1)
    expect(bench.service.pull(late, 'L', 10)).toEqual([])
  })
})

describe('given a pulled message and an ack deadline of ten seconds', () => {
  const pulled = () => {
    const run = withSubscription()
    run.bench.publish()
    const [delivery] = run.pull() as [Delivery]
    return { ...run, delivery }
  }

  test('when it is acknowledged in time, then it does not come again', () => {
    const { bench, subscription, delivery, pull } = pulled()
    bench.waitMs(9_999)
    expect(bench.service.acknowledge(subscription, delivery.ackId)).toBe(true)
    bench.waitMs(60_000)
    expect(pull()).toEqual([])
  })

  test('when the deadline passes, then it is there again, as the second attempt, and a late ack counts for nothing', () => {
    const { bench, subscription, delivery, pull } = pulled()
    bench.waitMs(10_000)
    expect(bench.service.acknowledge(subscription, delivery.ackId)).toBe(false)
    expect(pull()).toMatchObject([{ message: delivery.message, attempt: 2 }])
  })

  test('when the deadline is extended, then it counts from that moment', () => {
    const { bench, subscription, delivery, pull } = pulled()
    bench.waitMs(8_000)
    bench.service.extend(subscription, delivery.ackId, 5_000_000)
    bench.waitMs(4_999)
    expect(pull()).toEqual([])
    bench.waitMs(1)
    expect(pull()).toHaveLength(1)
  })

  test('when it is nacked, then it is there again at once', () => {
    const { bench, subscription, delivery, pull } = pulled()
    bench.service.nack(subscription, delivery.ackId)
    expect(pull()).toHaveLength(1)
  })
})

describe('given a pull that waits', () => {
  test('when a message comes, then it is the answer; when none comes, the answer is empty', () => {
    const { bench, subscription } = withSubscription()
    expect(bench.service.pull(subscription, 'B', 10, 1_000_000)).toEqual([])
    const message = bench.publish()
    expect(bench.answers).toEqual([['B', [message]]])
    bench.service.pull(subscription, 'B', 10, 1_000_000)
    bench.waitMs(1000)
    expect(bench.answers.at(-1)).toEqual(['B', []])
  })
})

describe('given a retry policy of one to five seconds', () => {
  test('when a message is nacked again and again, then each wait is twice as long, up to the maximum', () => {
    const { bench, subscription, pull } = withSubscription({
      minBackoffUs: 1_000_000,
      maxBackoffUs: 5_000_000,
    })
    bench.publish()
    const waits: number[] = []
    for (let i = 0; i < 5; i++) {
      let ms = 0
      for (; ; ms += 500) {
        const [delivery] = pull()
        if (delivery) {
          bench.service.nack(subscription, delivery.ackId)
          break
        }
        bench.waitMs(500)
      }
      waits.push(ms)
    }
    expect(waits).toEqual([0, 1000, 2000, 4000, 5000])
  })
})

describe('given a dead-letter topic after five attempts', () => {
  test('when nobody acknowledges, then the message goes there with the first as its parent', () => {
    const { bench, subscription, pull } = withSubscription({
      deadLetterTopic: 'dead',
      maxDeliveryAttempts: 5,
    })
    bench.service.createTopic('dead')
    const dead = bench.service.createSubscription('dead', 'undertaker')
    const message = bench.publish()
    for (let i = 0; i < 5; i++) {
      const [delivery] = pull() as [Delivery]
      expect(delivery.attempt).toBe(i + 1)
      bench.service.nack(subscription, delivery.ackId)
    }
    expect(pull()).toEqual([])
    expect(subscription.backlog).toBe(0)
    const [copy] = bench.service.pull(dead, 'U', 1) as [Delivery]
    expect(bench.records.messages.parent(copy.message)).toBe(message)
  })
})

describe('given ordering keys', () => {
  test('when a message of a key is out, then the next ones of that key wait and other keys go on', () => {
    const { bench, subscription, pull, messages } = withSubscription({ ordering: true })
    const [a1, a2, b1, a3] = ['a', 'a', 'b', 'a'].map((key) => bench.publish(key))
    const [first] = pull(1) as [Delivery]
    expect(first.message).toBe(a1)
    expect(messages(pull())).toEqual([b1])
    bench.service.acknowledge(subscription, first.ackId)
    expect(messages(pull())).toEqual([a2, a3])
  })

  test('when one is nacked, then those of its key that were sent after it come again behind it', () => {
    const { bench, subscription, pull, messages } = withSubscription({ ordering: true })
    const sent = ['a', 'a', 'a'].map((key) => bench.publish(key))
    const [first] = pull() as [Delivery]
    bench.service.nack(subscription, first.ackId)
    expect(messages(pull())).toEqual(sent)
  })

  test('when they are pushed, then an endpoint has one of a key at a time', () => {
    const { bench, subscription } = withSubscription({ ordering: true, delivery: 'push' })
    const [a1, , b1] = ['a', 'a', 'b'].map((key) => bench.publish(key))
    expect(bench.pushed.map(({ message }) => message)).toEqual([a1, b1])
    bench.service.acknowledge(subscription, bench.pushed[0]?.ackId ?? 0)
    expect(bench.pushed).toHaveLength(3)
  })
})

describe('given a push subscription whose endpoint takes two at a time', () => {
  test('when five come, then the others follow as it answers', () => {
    const { bench, subscription } = withSubscription({ delivery: 'push', pushMax: 2 })
    for (let i = 0; i < 5; i++) bench.publish()
    expect(bench.pushed).toHaveLength(2)
    for (let i = 0; i < 5; i++) {
      bench.service.acknowledge(subscription, bench.pushed[i]?.ackId ?? 0)
    }
    expect(bench.pushed).toHaveLength(5)
    expect(subscription.backlog).toBe(0)
  })
})

describe('given a subscription that passes on to a queue', () => {
  test('when a message is published, then the queue has it and the subscription is done with it', () => {
    const { bench, subscription } = withSubscription({ delivery: 'queue' })
    const message = bench.publish()
    expect(bench.forwarded).toEqual([message])
    expect(subscription.backlog).toBe(0)
  })
})

describe('given a retention of one minute', () => {
  test('when nobody acknowledges for longer, then the message is gone', () => {
    const { bench, pull, subscription } = withSubscription({ retentionUs: 60_000_000 })
    bench.publish()
    bench.waitMs(60_001)
    expect(pull()).toEqual([])
    expect(subscription.backlog).toBe(0)
  })
})

describe('given filters', () => {
  test.for([
    ['', {}, true],
    ['attributes.type = "order"', { type: 'order' }, true],
    ['attributes.type = "order"', { type: 'mail' }, false],
    ['attributes.type != "order"', {}, true],
    ['attributes:type', { type: '' }, true],
    ['NOT attributes:type', {}, true],
    ['hasPrefix(attributes.region, "eu-")', { region: 'eu-west' }, true],
    ['attributes:a AND (attributes.b = "1" OR attributes.b = "2")', { a: '', b: '2' }, true],
    ['attributes:a AND (attributes.b = "1" OR attributes.b = "2")', { a: '', b: '3' }, false],
    ['attributes."a b" = "x \\"y\\""', { 'a b': 'x "y"' }, true],
  ] as const)('then %s over %o is %s', ([text, attributes, expected]) => {
    expect(readFilter(text)(attributes)).toBe(expected)
  })

  test.for([
    'attributes',
    'attributes.a = b',
    'attributes:a AND attributes:b OR attributes:c',
    '(',
    '?',
  ])('then %s is refused with a sentence', (text) => {
    expect(() => readFilter(text)).toThrow(FilterError)
  })

  test('when a message does not pass, then it never joins the backlog', () => {
    const { bench, subscription } = withSubscription({ filter: 'attributes.type = "order"' })
    bench.publish('', { type: 'mail' })
    expect(subscription.backlog).toBe(0)
    bench.publish('', { type: 'order' })
    expect(subscription.backlog).toBe(1)
  })
})

const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constant('publish' as const),
      key: fc.constantFrom('', 'a', 'b'),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constant('pull' as const),
      max: fc.integer({ min: 1, max: 3 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      does: fc.constantFrom(
        'acknowledge' as const,
        'acknowledge' as const,
        'nack' as const,
        'extend' as const,
      ),
      which: fc.integer({ min: 1, max: 12 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constant('wait' as const),
      ms: fc.constantFrom(500, 4000, 11_000),
    }),
  },
)
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never
const runs = fc.array(step, { minLength: 5, maxLength: 50, size: 'max' })

/** Plays a run and says what the client acknowledged, in order. */
function play(
  { bench, subscription, pull }: ReturnType<typeof withSubscription>,
  steps: readonly Step[],
) {
  const acknowledged: number[] = []
  for (const step of steps) {
    if (step.does === 'publish') bench.publish(step.key)
    else if (step.does === 'pull') pull(step.max)
    else if (step.does === 'wait') bench.waitMs(step.ms)
    else if (step.does === 'nack') bench.service.nack(subscription, step.which)
    else if (step.does === 'extend') bench.service.extend(subscription, step.which, 20_000_000)
    else {
      const lease = subscription.leases.get(step.which)
      if (lease) acknowledged.push(subscription.messageAt(lease.position))
      bench.service.acknowledge(subscription, step.which)
    }
  }
  return acknowledged
}

describe('given publishers and a client that act in any order', () => {
  test('then every message is acknowledged once or still there, whatever was nacked or late', () => {
    fc.assert(
      fc.property(fc.boolean(), runs, (ordering, steps) => {
        const run = withSubscription({ ordering, minBackoffUs: 1_000_000, maxBackoffUs: 4_000_000 })
        const acknowledged = play(run, steps)
        expect(new Set(acknowledged).size).toBe(acknowledged.length)
        expect(acknowledged.length + run.subscription.backlog).toBe(run.subscription.tail)
      }),
    )
  })

  test('then with ordering the messages of a key are first sent in the order of publishing', () => {
    fc.assert(
      fc.property(runs, (steps) => {
        const run = withSubscription({ ordering: true })
        const seen = new Map<number, number>()
        const { messages } = run.bench.records
        for (const step of steps) {
          if (step.does !== 'pull') {
            play(run, [step])
            continue
          }
          for (const { message, attempt } of run.pull(step.max)) {
            const key = messages.key(message)
            if (key === -1 || attempt > 1) continue
            expect(message).toBeGreaterThan(seen.get(key) ?? -1)
            seen.set(key, message)
          }
        }
      }),
    )
  })

  test('then the fold of the facts, and what a checkpoint restores, are the service itself', () => {
    fc.assert(
      fc.property(fc.boolean(), runs, runs, (ordering, before, after) => {
        const run = withSubscription({ ordering, minBackoffUs: 500_000, deadLetterTopic: 'none' })
        play(run, before)
        const { service, records, build } = run.bench
        const checkpoint = archiveOf([service])
        const facts = records.facts.count
        play(run, after)
        const state = archiveOf([service])
        expect(foldedArchive(build, records)).toEqual(state)
        expect(restoredArchive(build, records, state)).toEqual(state)
        expect(forgotten(build, run.bench.sim, [service])).toEqual([])
        expect(resumedArchive(build, records, checkpoint, facts)).toEqual(state)
      }),
    )
  })
})
