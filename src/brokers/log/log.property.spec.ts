/** What always holds in a partitioned log, over random operations of several clients in two groups. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { assert, must } from '../../base/assert.ts'
import { LogRun } from '../../testing/logRun.ts'
import { LOG_FACTS } from './facts.ts'
import type { Member } from './member.ts'
import type { Partition } from './partition.ts'
import type { Progress } from './progress.ts'

const CLIENTS = ['a', 'b', 'c', 'd']
const TOPICS = ['notifications', 'payments']
const GROUP_OF: Record<string, string> = { a: 'billing', b: 'billing', c: 'billing', d: 'search' }

type Operation =
  | { op: 'append'; topic: string; key: string | null }
  | { op: 'join' | 'return' | 'leave' | 'heartbeat' | 'commit'; client: string }
  | { op: 'poll'; client: string; max: number; lost: boolean }
  | { op: 'wait'; ms: number }
  | { op: 'delete'; topic: string; partition: number; offset: number }
  | { op: 'seekGroup'; group: string; topic: string; to: 'beginning' | 'end' | number }
  | { op: 'seekMember'; client: string; offset: number }

const client = fc.constantFrom(...CLIENTS)
const topic = fc.constantFrom(...TOPICS)
const offset = fc.nat(12)
const operation: fc.Arbitrary<Operation> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      op: fc.constant('append' as const),
      topic,
      key: fc.option(fc.constantFrom('x', 'y', 'z')),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      op: fc.constant('poll' as const),
      client,
      max: fc.integer({ min: 1, max: 5 }),
      lost: fc.boolean(),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      op: fc.constantFrom(
        'join' as const,
        'join' as const,
        'heartbeat' as const,
        'commit' as const,
      ),
      client,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ op: fc.constantFrom('return' as const, 'leave' as const), client }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      op: fc.constant('wait' as const),
      ms: fc.constantFrom(0, 1, 400, 1000, 3000),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      op: fc.constant('delete' as const),
      topic,
      partition: fc.nat(2),
      offset,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      op: fc.constant('seekGroup' as const),
      group: fc.constantFrom('billing', 'search'),
      topic,
      to: fc.oneof(fc.constantFrom('beginning' as const, 'end' as const), offset),
    }),
  },
  { weight: 1, arbitrary: fc.record({ op: fc.constant('seekMember' as const), client, offset }) },
)

/** Plays operations as well-behaved clients would, and checks after each of them. */
class Play {
  readonly run = new LogRun({ batchRecords: 3 })
  private readonly incarnations = new Map<string, number>()
  /** Clients whose last batch got lost: they cannot commit what they never had. */
  private readonly lost = new Set<string>()
  private readonly committed = new Map<number, number>()
  /** Progresses that were moved by a seek since their last commit. */
  private readonly moved = new Set<number>()
  private readonly written = new Map<number, number[]>()
  private factsSeen = 0

  constructor() {
    this.run.broker.createTopic('notifications', 3)
    this.run.broker.createTopic('payments', 2)
  }

  do(step: Operation): void {
    const { run } = this
    const { broker } = run
    switch (step.op) {
      case 'append':
        run.append(step.key, { topic: step.topic })
        break
      case 'join':
        this.join(step.client)
        break
      case 'return':
        this.incarnations.set(step.client, (this.incarnations.get(step.client) ?? 0) + 1)
        this.join(step.client)
        break
      case 'wait':
        run.runMs(step.ms)
        break
      case 'delete': {
        const partition = run.topic(step.topic).partitions[step.partition]
        if (partition) broker.deleteRecords(partition, step.offset)
        break
      }
      case 'seekGroup':
        broker.seekGroup(step.group, run.topic(step.topic), step.to)
        break
      default: {
        const member = broker.memberOf(step.client)
        if (member) this.doAs(member, step)
      }
    }
    this.check()
  }

  private join(name: string): void {
    const group = must(GROUP_OF[name], name)
    const incarnation = this.incarnations.get(name) ?? 1
    this.incarnations.set(name, incarnation)
    this.lost.delete(name)
    this.run.join(name, { group, incarnation, topics: name === 'b' ? ['payments'] : TOPICS })
    this.run.settle()
  }

  private doAs(member: Member, step: Operation & { client: string }): void {
    const { run } = this
    const { broker } = run
    const { generation } = member.group
    if (step.op === 'leave') broker.leaveGroup(member)
    else if (step.op === 'heartbeat') broker.heartbeat(member, generation)
    else if (step.op === 'poll') {
      const before = run.answers.length
      run.poll(step.client, step.max)
      const got = run.answers.slice(before).some(({ batch }) => batch && batch.length > 0)
      if (got && step.lost) {
        run.answers.splice(before)
        this.lost.add(step.client)
      } else if (got) this.lost.delete(step.client)
    } else if (step.op === 'commit' && !this.lost.has(step.client)) {
      for (const part of [...member.owned]) {
        const progress = broker.progressAt(part)
        broker.commit(member, generation, progress, progress.position)
      }
    } else if (step.op === 'seekMember' && member.owned.length > 0) {
      const progress = broker.progressAt(must(member.owned[0], 'owned'))
      broker.seekMember(member, progress, step.offset)
    }
  }

  /** Plain assertions: they are made too often for `expect`. */
  private check(): void {
    const { broker } = this.run
    this.noteMoved()
    for (const { partitions } of broker.topics)
      for (const each of partitions) this.checkRecords(each)
    for (const { progress } of broker.subscriptions)
      for (const each of progress) this.checkOne(each)
    for (const { isAlive, owned, group, node, id } of broker.members) {
      assert(isAlive || owned.length === 0, `${id} is gone and owns ${owned}`)
      assert(group.members.includes(node) === isAlive, `${id} is a member although gone`)
    }
  }

  private checkRecords(partition: Partition): void {
    const seen = this.written.get(partition.node) ?? []
    this.written.set(partition.node, seen)
    seen.forEach((message, at) => {
      assert(partition.messageAt(at) === message, `${partition.name}@${at} changed`)
    })
    while (seen.length < partition.end) seen.push(partition.messageAt(seen.length))
    assert(partition.start <= partition.end, `${partition.name} starts after its end`)
    assert(new Set(seen).size === seen.length, `${partition.name} holds a record twice`)
  }

  private checkOne(progress: Progress): void {
    const { committed, position, owner, partition, node, group } = progress
    const { end, name } = partition
    const { broker } = this.run
    assert(committed <= end, `${group.name} committed ${committed} of ${end} in ${name}`)
    const before = this.committed.get(node) ?? -1
    const isBack = committed < before && !this.moved.has(node)
    assert(!isBack, `${group.name} committed ${committed} in ${name} after ${before}`)
    if (committed !== before) this.moved.delete(node)
    this.committed.set(node, committed)
    const owners = group.members.filter((part) => broker.member(part).owned.includes(node))
    const isOne = owner === -1 ? owners.length === 0 : owners.length === 1 && owners[0] === owner
    assert(isOne, `${name} is owned by ${owners}, not ${owner}`)
    const isInside = owner === -1 ? position === -1 : position >= 0 && position <= end
    assert(isInside, `${group.name} reads ${name} from ${position}`)
    if (group.phase !== 'stable') return
    const topic = partition.topic.node
    const isRead = group.members.some((part) => {
      return broker.member(part).definition.topics.includes(topic)
    })
    assert((owner !== -1) === isRead, `${name} is owned by ${owner}`)
  }

  /** After a seek the next commit may be less than the one before. */
  private noteMoved(): void {
    const { facts } = this.run.records
    facts.each(this.factsSeen, facts.count, (_us, kind, node) => {
      if (kind === LOG_FACTS.seeked || kind === LOG_FACTS.positionMoved) this.moved.add(node)
    })
    this.factsSeen = facts.count
  }
}

describe('given random operations of clients in two groups', () => {
  test('when they are played, then offsets are dense and final, each partition has one owner a group, commits never go back but by a seek, and folding the facts gives the same broker', () => {
    fc.assert(
      fc.property(fc.array(operation, { minLength: 60, maxLength: 200, size: 'max' }), (steps) => {
        const play = new Play()
        for (const step of steps) play.do(step)
        expect(play.run.foldedArchive()).toEqual(play.run.archive())
        expect(play.run.restoredArchive()).toEqual(play.run.archive())
      }),
      { numRuns: 60 },
    )
  })
})
