/** Topics and consumer groups in a scenario: what groups share, what crashes and rebalances cost. */
import { describe, expect, test } from 'vitest'
import type { Queue } from '../../../brokers/amqp/queue.ts'
import { LOG_ERRORS } from '../../../brokers/log/errors.ts'
import { EXPELLED, LOG_FACTS } from '../../../brokers/log/facts.ts'
import { CLIENT_FACTS } from '../../../clients/client.ts'
import { GROUP_CONSUMER_FACTS } from '../../../clients/groupConsumer/facts.ts'
import { GroupsRun, groups } from '../../../testing/groups.ts'
import { actAt, type Scenario } from '../../document.ts'

const MS = 1000
const users = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => `User ${from + i}`)
const byNumber = (bodies: string[]) =>
  bodies.toSorted((a, b) => Number(a.split(' ')[1]) - Number(b.split(' ')[1]))

describe('given two groups on one topic', () => {
  test.each([0, 10])(
    'when records come at latency %i ms, then both groups get each of them once, in order',
    (latencyMs) => {
      const run = new GroupsRun(
        groups({ latencyMs, members: { email: {}, analytics: { group: 'analytics' } } }),
      )
      expect(run.processed('email')).toEqual(users(1, 10))
      expect(run.processed('analytics')).toEqual(users(1, 10))
      expect(run.committed('email')).toEqual([10])
      expect(run.committed('analytics')).toEqual([10])
    },
  )
})

describe('given a group with two members', () => {
  test.each([0, 10])(
    'when records come at latency %i ms, then they share them and keep the order within each partition',
    (latencyMs) => {
      const run = new GroupsRun(
        groups({
          latencyMs,
          partitions: 4,
          count: 40,
          keys: ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'],
          members: { a: {}, b: {} },
        }),
      )
      const [a, b] = [run.processed('a'), run.processed('b')]
      expect(a.length).toBeGreaterThan(0)
      expect(b.length).toBeGreaterThan(0)
      expect(byNumber([...a, ...b])).toEqual(users(1, 40))
      for (const partition of run.topic.partitions) {
        const { records } = run.world
        const written = Array.from({ length: partition.end }, (_, at) =>
          records.body(partition.messageAt(at)),
        )
        const done = [...a, ...b].filter((body) => written.includes(body))
        expect(done).toEqual(written)
      }
    },
  )

  test('when there are more members than partitions, then the extra one stays idle', () => {
    const run = new GroupsRun(groups({ members: { a: {}, b: {} } }))
    expect(run.processed('a')).toEqual(users(1, 10))
    expect(run.processed('b')).toEqual([])
    expect(
      run.facts(GROUP_CONSUMER_FACTS.polled).some(({ node }) => node === run.member('b').node),
    ).toBe(false)
  })
})

describe('given a member that asks for few records', () => {
  test('when many are there, then no batch is larger and each is committed', () => {
    const burst = { kind: 'bursts', size: 10, gapMs: 0, everyMs: 60_000, firstMs: 0 } as const
    const run = new GroupsRun(groups({ arrivals: burst, all: { maxPollRecords: 3 } }))
    const sizes = run.facts(GROUP_CONSUMER_FACTS.batchReceived).map(({ aux }) => aux)
    expect(sizes).toEqual([3, 3, 3, 1])
    expect(run.commits().map(({ offset }) => offset)).toEqual([3, 6, 9, 10])
  })
})

describe('given a member that crashes with a batch in hand', () => {
  const burst = { kind: 'bursts', size: 5, gapMs: 0, everyMs: 60_000, firstMs: 0 } as const
  // Records are there when it polls at 20 ms; it works on each for 100 ms from 40 ms on.
  const crash = (ms: number) => [
    actAt(ms * MS, { do: 'crash', node: 'a' }),
    actAt((ms + 10) * MS, { do: 'restart', node: 'a' }),
  ]
  const options = (commit: 'before' | 'after' | 'auto') =>
    groups({ arrivals: burst, latencyMs: 10, all: { commit } })

  test('when it commits after the work, then what it had done is done again and marked', () => {
    const run = new GroupsRun(options('after'), crash(290))
    expect(run.processed('a')).toEqual([...users(1, 2), ...users(1, 5)])
    expect(run.redelivered('a')).toEqual(users(1, 2))
  })

  test('when it commits before the work, then what it had not done is never done', () => {
    const run = new GroupsRun(options('before'), crash(290))
    expect(run.processed('a')).toEqual(users(1, 2))
    expect(run.redelivered('a')).toEqual([])
    expect(run.committed()).toEqual([5])
  })

  test('when it commits in the background, then everything since the last time is done again', () => {
    const arrivals = { kind: 'interval', every: { kind: 'fixed', ms: 200 }, count: 20 } as const
    const run = new GroupsRun(
      groups({ arrivals, all: { commit: 'auto', commitEveryMs: 1000 } }),
      crash(3950),
    )
    const commits = run.commits()
    const before = commits.filter(({ atMs }) => atMs < 3950)
    expect(before.length).toBeGreaterThanOrEqual(2)
    const done = run.processed('a')
    const again = done.length - 20
    expect(again).toBeGreaterThan(1)
    expect(again).toBeLessThanOrEqual(6)
    expect(run.redelivered('a')).toHaveLength(again)
    expect(byNumber([...new Set(done)])).toEqual(users(1, 20))
  })

  test('when it comes back, then it waits until its old session has timed out', () => {
    const run = new GroupsRun(options('after'), crash(290))
    const [expelled] = run.facts(LOG_FACTS.expelled)
    expect(expelled?.aux).toBe(EXPELLED.sessionTimeout)
    expect(expelled?.timeUs).toBe(3010 * MS)
    const starts = run.facts(CLIENT_FACTS.started).map(({ timeUs }) => timeUs / MS)
    expect(starts.filter((ms) => ms > 290 && ms < 3010)).toEqual([])
  })
})

describe('given a member that stays down', () => {
  test('when its session times out, then the other one takes its partitions over from the commit', () => {
    const run = new GroupsRun(groups({ partitions: 2, count: 100, members: { a: {}, b: {} } }), [
      actAt(5000 * MS, { do: 'crash', node: 'a' }),
    ])
    const done = [...run.processed('a'), ...run.processed('b')]
    expect(byNumber([...new Set(done)])).toEqual(users(1, 100))
    expect(done.length - 100).toBeLessThanOrEqual(run.redelivered('b').length)
    expect(run.committed().reduce((sum, offset) => sum + offset)).toBe(100)
  })
})

describe('given a member that works longer than its group waits', () => {
  const slow = groups({
    partitions: 2,
    everyMs: 500,
    count: 10,
    durationMs: 60_000,
    members: { a: { maxPollIntervalMs: 3000 }, b: { maxPollIntervalMs: 3000 } },
  })

  test('when max.poll.interval.ms has passed, then it leaves, its work is done again and its commit fails', () => {
    const run = new GroupsRun(slow, [
      actAt(1000 * MS, { do: 'slow', node: 'a', factor: 80 }),
      actAt(12_000 * MS, { do: 'slow', node: 'a', factor: 1 }),
    ])
    expect(run.facts(GROUP_CONSUMER_FACTS.left).length).toBeGreaterThan(0)
    expect(run.facts(GROUP_CONSUMER_FACTS.commitFailed).map(({ aux }) => aux)).toContain(
      LOG_ERRORS.unknownMemberId,
    )
    const done = [...run.processed('a'), ...run.processed('b')]
    expect(done.length).toBeGreaterThan(10)
    expect(byNumber([...new Set(done)])).toEqual(users(1, 10))
  })
})

describe('given a member that is slow but polls in time', () => {
  test('when another one joins its group, then the group waits for its batch, and nothing is done twice', () => {
    const scenario = groups({
      partitions: 2,
      count: 20,
      members: { a: { maxPollRecords: 5, service: { kind: 'fixed', ms: 400 } }, b: {} },
      durationMs: 60_000,
    })
    const run = new GroupsRun(scenario, [
      actAt(1 * MS, { do: 'crash', node: 'b' }),
      actAt(5000 * MS, { do: 'restart', node: 'b' }),
    ])
    const done = [...run.processed('a'), ...run.processed('b')]
    expect(byNumber(done)).toEqual(users(1, 20))
    expect(run.processed('b').length).toBeGreaterThan(0)
    expect(run.facts(LOG_FACTS.commitRejected)).toEqual([])
  })
})

describe('given a handler that throws', () => {
  test('when it goes on, then the record is committed without its effect', () => {
    const run = new GroupsRun(groups({ count: 50, all: { failureRate: 0.3 } }))
    const failed = run.facts(CLIENT_FACTS.failed).length
    expect(failed).toBeGreaterThan(5)
    expect(run.processed('a')).toHaveLength(50 - failed)
    expect(run.committed()).toEqual([50])
  })

  test('when it tries again, then each record is processed once and those behind it wait', () => {
    const run = new GroupsRun(groups({ count: 50, all: { failureRate: 0.3, onFailure: 'retry' } }))
    expect(run.facts(CLIENT_FACTS.failed).length).toBeGreaterThan(5)
    expect(run.processed('a')).toEqual(users(1, 50))
  })
})

describe('given a seek of a group', () => {
  test('when it goes to the beginning, then everything is read again and marked', () => {
    const run = new GroupsRun(groups(), [
      actAt(5000 * MS, { do: 'seek', topic: 'notifications', group: 'email', to: 'beginning' }),
    ])
    expect(run.processed('a')).toEqual([...users(1, 10), ...users(1, 10)])
    expect(run.redelivered('a')).toEqual(users(1, 10))
  })

  test('when it goes to the end while records wait, then those are never read', () => {
    const run = new GroupsRun(groups({ count: 20, everyMs: 10, all: { maxPollRecords: 1 } }), [
      actAt(1000 * MS, { do: 'seek', topic: 'notifications', group: 'email', to: 'end' }),
    ])
    expect(run.processed('a').length).toBeLessThan(20)
    expect(run.committed()).toEqual([20])
  })
})

describe('given a seek of a group to a time', () => {
  test('when records were made then or later, then it reads on from the first of them', () => {
    const run = new GroupsRun(groups(), [
      actAt(5000 * MS, {
        do: 'seek',
        topic: 'notifications',
        group: 'email',
        to: { timeMs: 450 },
      }),
    ])
    const [fifth] = run.facts(CLIENT_FACTS.published).filter(({ timeUs }) => timeUs >= 450 * MS)
    const number = Number(run.world.records.body(fifth?.message ?? -1).split(' ')[1])
    expect(number).toBeGreaterThan(1)
    expect(run.processed('a').slice(10)).toEqual(users(number, 10))
  })

  test('when none was, then it waits for what comes next', () => {
    const run = new GroupsRun(groups(), [
      actAt(5000 * MS, {
        do: 'seek',
        topic: 'notifications',
        group: 'email',
        to: { timeMs: 4000 },
      }),
    ])
    expect(run.processed('a')).toEqual(users(1, 10))
  })
})

describe('given a seek of a member', () => {
  const terms = [{}, { assignor: 'cooperative-sticky' as const }, { protocol: 'consumer' as const }]

  test.each(terms)(
    'when it goes to the beginning under %j, then it alone reads its partitions again, without a rebalance, and commits from there',
    (all) => {
      const scenario = groups({
        partitions: 2,
        keys: ['a', 'b', 'c'],
        all,
        members: { a: {}, b: {} },
      })
      const plain = new GroupsRun(scenario)
      const run = new GroupsRun(scenario, [
        actAt(8000 * MS, { do: 'seekMember', node: 'a', to: 'beginning' }),
      ])
      const first = plain.processed('a')
      expect(first.length).toBeGreaterThan(0)
      expect(run.processed('a')).toEqual([...first, ...first])
      expect(run.processed('b')).toEqual(plain.processed('b'))
      expect(run.committed()).toEqual(plain.committed())
      const rebalances = (of: GroupsRun) => of.facts(LOG_FACTS.rebalanceStarted).length
      expect(rebalances(run)).toBe(rebalances(plain))
    },
  )

  test('when it is in the middle of a batch, then it finishes that one first', () => {
    const run = new GroupsRun(groups({ everyMs: 1, all: { maxPollRecords: 4 } }), [
      actAt(300 * MS, { do: 'seekMember', node: 'a', to: 2 }),
    ])
    const [asked] = run.facts(GROUP_CONSUMER_FACTS.seekAsked)
    const [sought] = run.facts(GROUP_CONSUMER_FACTS.sought)
    expect(sought?.timeUs).toBeGreaterThan(asked?.timeUs ?? 0)
    expect(run.processed('a').slice(-8)).toEqual(users(3, 10))
  })

  test('when only another partition is named, then nothing moves', () => {
    const run = new GroupsRun(groups(), [
      actAt(5000 * MS, { do: 'seekMember', node: 'a', to: 0, partition: 3 }),
    ])
    expect(run.processed('a')).toEqual(users(1, 10))
  })
})

describe('given a member that changes to another group', () => {
  test.each([
    ['earliest' as const, users(1, 10)],
    ['latest' as const, users(5, 10)],
  ])('when auto.offset.reset is %s, then it reads %j there', (offsetReset, read) => {
    const run = new GroupsRun(groups({ all: { offsetReset } }), [
      actAt(420 * MS, { do: 'set', node: 'a', name: 'group', value: 'late' }),
    ])
    expect(run.facts(LOG_FACTS.left)).toHaveLength(1)
    expect(run.processed('a').slice(-read.length)).toEqual(read)
    expect(run.committed('late')).toEqual([10])
    expect(run.committed('email')[0]).toBeLessThan(5)
  })
})

describe('given a link that is cut', () => {
  test('when it is mended before the session times out, then nothing is lost and nothing done twice', () => {
    const run = new GroupsRun(groups({ count: 30 }), [
      actAt(1015 * MS, { do: 'cut', link: 'poll-a' }),
      actAt(2000 * MS, { do: 'mend', link: 'poll-a' }),
    ])
    expect(run.processed('a')).toEqual(users(1, 30))
    expect(run.facts(LOG_FACTS.expelled)).toEqual([])
  })

  test('when it is mended later, then the member begins anew and nothing is lost', () => {
    const run = new GroupsRun(groups({ count: 30 }), [
      actAt(1015 * MS, { do: 'cut', link: 'poll-a' }),
      actAt(9000 * MS, { do: 'mend', link: 'poll-a' }),
    ])
    expect(run.facts(LOG_FACTS.expelled)).toHaveLength(1)
    expect(byNumber([...new Set(run.processed('a'))])).toEqual(users(1, 30))
    expect(run.committed()).toEqual([30])
  })
})

describe('given a member with a link to a queue', () => {
  test('when it has processed a record, then it publishes what came of it, with the record as its parent', () => {
    const scenario: Scenario = groups({ count: 3, all: { output: 'Mail for {body}' } })
    scenario.brokers.push({ id: 'rabbit', family: 'amqp' })
    scenario.nodes.push({
      kind: 'queue',
      id: 'mails',
      name: 'mails',
      broker: 'rabbit',
      position: { x: 0, y: 0 },
    })
    scenario.links.push({ id: 'a-mails', from: 'a', to: 'mails', latencyMs: 10 })
    const run = new GroupsRun(scenario)
    const queue = run.world.part('mails') as Queue
    const { records } = run.world
    const mails = queue.ready(9).map((at) => queue.messageAt(at))
    expect(mails.map((message) => records.body(message))).toEqual(
      users(1, 3).map((user) => `Mail for ${user}`),
    )
    expect(mails.map((message) => records.body(records.messages.parent(message)))).toEqual(
      users(1, 3),
    )
  })
})
