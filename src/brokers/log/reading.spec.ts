/** Polls, batches, long polling, lost batches, commits, positions and seeks. */
import { describe, expect, test } from 'vitest'
import { LogRun } from '../../testing/logRun.ts'
import { LOG_ERRORS, LogError } from './errors.ts'
import { LOG_FACTS } from './facts.ts'

/** A topic with some records in each partition and one member, whose group has come together. */
function withMember(records: number[], options: Parameters<LogRun['join']>[1] = {}): LogRun {
  const run = new LogRun()
  run.broker.createTopic('notifications', records.length)
  records.forEach((count, partition) => {
    for (let i = 0; i < count; i++) run.append(null, { partition })
  })
  run.join('billing-1', options)
  run.settle()
  return run
}

describe('given records in a partition', () => {
  test('when the member polls, then it gets at most as many as it asks for, in order', () => {
    const run = withMember([5])
    run.poll('billing-1', 3)
    expect(run.lastAnswer('billing-1')?.batch).toEqual([
      'notifications/0@0',
      'notifications/0@1',
      'notifications/0@2',
    ])
    run.poll('billing-1', 3)
    expect(run.lastAnswer('billing-1')?.batch).toEqual(['notifications/0@3', 'notifications/0@4'])
  })

  test('when they are read, then they stay: another group reads them all again', () => {
    const run = withMember([2])
    run.poll('billing-1')
    run.join('search-1', { group: 'search' })
    run.settle()
    run.poll('search-1')
    expect(run.lastAnswer('search-1')?.batch).toHaveLength(2)
    expect(run.progress('billing').position).toBe(2)
    expect(run.partition(0).start).toBe(0)
  })
})

describe('given records in several partitions', () => {
  test('when the member polls for few, then each partition gets its turn', () => {
    const run = withMember([4, 4])
    const read: string[] = []
    for (let i = 0; i < 4; i++) {
      run.poll('billing-1', 2)
      read.push(run.lastAnswer('billing-1')?.batch?.[0] ?? 'nothing')
    }
    expect(read).toEqual([
      'notifications/0@0',
      'notifications/1@0',
      'notifications/0@2',
      'notifications/1@2',
    ])
  })

  test('when one has too few, then the batch is filled from the next', () => {
    const run = withMember([1, 1])
    run.poll('billing-1', 5)
    expect(run.lastAnswer('billing-1')?.batch).toEqual(['notifications/0@0', 'notifications/1@0'])
  })

  test('when they belong to two topics, then a batch comes from one of them', () => {
    const run = new LogRun()
    run.broker.createTopic('notifications', 1)
    run.broker.createTopic('payments', 1)
    run.append(null)
    run.append(null, { topic: 'payments' })
    run.join('billing-1', { topics: ['notifications', 'payments'] })
    run.settle()
    run.poll('billing-1')
    expect(run.lastAnswer('billing-1')?.batch).toEqual(['notifications/0@0'])
    run.poll('billing-1')
    expect(run.lastAnswer('billing-1')?.batch).toEqual(['payments/0@0'])
  })
})

describe('given an empty partition', () => {
  test('when a record comes while the poll waits, then it is sent at once', () => {
    const run = withMember([0])
    run.poll('billing-1', 10, 500)
    run.runMs(200)
    expect(run.lastAnswer('billing-1')?.batch).toBeUndefined()
    run.append(null)
    expect(run.lastAnswer('billing-1')).toEqual({ batch: ['notifications/0@0'] })
    const answers = run.answers.length
    run.runMs(1000)
    expect(run.answers).toHaveLength(answers)
  })

  test('when nothing comes, then the poll returns empty after its wait', () => {
    const run = withMember([0])
    run.poll('billing-1', 10, 500)
    run.runMs(499)
    expect(run.lastAnswer('billing-1')?.batch).toBeUndefined()
    run.runMs(1)
    expect(run.lastAnswer('billing-1')).toEqual({ batch: [] })
  })

  test('when a record comes for another group’s poll, then each group gets it', () => {
    const run = withMember([0])
    run.join('search-1', { group: 'search' })
    run.settle()
    run.poll('billing-1')
    run.poll('search-1')
    run.append(null)
    for (const client of ['billing-1', 'search-1']) {
      expect(run.lastAnswer(client)).toEqual({ batch: ['notifications/0@0'] })
    }
  })
})

describe('given a member with a new connection', () => {
  test('when a record comes, then the poll of the old connection is not answered', () => {
    const run = withMember([0])
    run.poll('billing-1')
    run.broker.reconnected(run.member('billing-1'))
    const answers = run.answers.length
    run.append(null)
    run.runMs(1000)
    expect(run.answers).toHaveLength(answers)
  })
})

describe('given a batch that got lost on its way', () => {
  test('when the member polls without having heard of it, then the records are sent again', () => {
    const run = withMember([3, 2])
    const { broker } = run
    const member = run.member('billing-1')
    run.poll('billing-1', 4)
    broker.fetch(member, 1, -1, 4, 500_000)
    const batches = run
      .answersTo('billing-1')
      .flatMap(({ batch }) => (batch ? [batch.toSorted()] : []))
    expect(batches[0]).toHaveLength(4)
    expect(batches[1]).toHaveLength(4)
    expect(run.facts(LOG_FACTS.refetched)).toHaveLength(2)
    run.poll('billing-1', 4)
    const read = run
      .answersTo('billing-1')
      .slice(2)
      .flatMap(({ batch }) => batch ?? [])
    expect(new Set(read).size).toBe(5)
    expect(read).toHaveLength(5)
  })
})

describe('given a group that has committed', () => {
  test('when its member comes back, then it goes on at the committed offset, not at its position', () => {
    const run = withMember([5])
    run.poll('billing-1', 2)
    expect(run.commit('billing-1')).toBe(LOG_ERRORS.none)
    run.poll('billing-1', 2)
    run.broker.leaveGroup(run.member('billing-1'))
    run.join('billing-1', { incarnation: 2 })
    run.settle()
    expect(run.lastAnswer('billing-1')?.assigned).toEqual(['notifications/0@2'])
    run.poll('billing-1', 1)
    expect(run.lastAnswer('billing-1')?.batch).toEqual(['notifications/0@2'])
  })

  test('when a fact of the commit is asked for, then it names the last message that is done', () => {
    const run = withMember([5])
    run.poll('billing-1', 2)
    run.commit('billing-1')
    const [fact] = run.facts(LOG_FACTS.committed)
    expect(fact?.message).toBe(run.partition(0).messageAt(1))
    expect(run.broker.commits.offsetOf(fact?.aux ?? -1)).toBe(2)
  })

  test('when an offset does not exist, then the commit is refused', () => {
    const run = withMember([5])
    const [member, progress] = [run.member('billing-1'), run.progress('billing')]
    expect(run.broker.commit(member, 1, progress, 6)).toBe(LOG_ERRORS.offsetOutOfRange)
    expect(run.broker.commit(member, 1, progress, -1)).toBe(LOG_ERRORS.offsetOutOfRange)
    expect(run.broker.commit(member, 1, progress, 5)).toBe(LOG_ERRORS.none)
  })
})

describe('given a group that has committed nothing', () => {
  test('when auto.offset.reset is earliest, then it begins at the first record that is there', () => {
    const run = new LogRun()
    run.broker.createTopic('notifications', 1)
    for (let i = 0; i < 4; i++) run.append(null)
    run.broker.deleteRecords(run.partition(0), 2)
    run.join('billing-1', { offsetReset: 'earliest' })
    run.settle()
    expect(run.lastAnswer('billing-1')?.assigned).toEqual(['notifications/0@2'])
  })

  test('when it is latest, then it begins with the next record that comes', () => {
    const run = withMember([4], { offsetReset: 'latest' })
    run.poll('billing-1')
    run.append(null)
    expect(run.lastAnswer('billing-1')).toEqual({ batch: ['notifications/0@4'] })
  })

  test('when records were deleted before it read them, then the reset decides again', () => {
    const run = withMember([4])
    run.broker.deleteRecords(run.partition(0), 3)
    run.poll('billing-1')
    expect(run.lastAnswer('billing-1')?.batch).toEqual(['notifications/0@3'])
    expect(run.facts(LOG_FACTS.reset).map(({ aux }) => aux)).toEqual([0, 3])
  })
})

describe('given a seek', () => {
  test('when a member seeks, then it reads from there and the commit stays', () => {
    const run = withMember([5])
    run.poll('billing-1', 5)
    run.commit('billing-1')
    run.broker.seekMember(run.member('billing-1'), run.progress('billing'), 1)
    run.poll('billing-1', 2)
    expect(run.lastAnswer('billing-1')?.batch).toEqual(['notifications/0@1', 'notifications/0@2'])
    expect(run.progress('billing').committed).toBe(5)
  })

  test('when a member seeks in a partition that is not its own, then that is refused', () => {
    const run = withMember([5])
    run.join('billing-2')
    expect(() =>
      run.broker.seekMember(run.member('billing-2'), run.progress('billing'), 'end'),
    ).toThrow(LogError)
  })

  test.each([
    ['beginning' as const, 0],
    ['end' as const, 5],
    [3, 3],
    [99, 5],
    [-4, 0],
  ])('when the group is moved to %s, then it has committed %i', (to, committed) => {
    const run = withMember([5])
    run.poll('billing-1', 2)
    run.commit('billing-1')
    run.broker.seekGroup('billing', run.topic(), to)
    expect(run.progress('billing').committed).toBe(committed)
  })

  test('when the group is moved, then its members join again and what they had in hand cannot be committed', () => {
    const run = withMember([5])
    run.poll('billing-1', 2)
    const member = run.member('billing-1')
    run.broker.seekGroup('billing', run.topic(), 'beginning')
    const late = run.broker.commit(member, 1, run.progress('billing'), 2)
    expect(late).toBe(LOG_ERRORS.rebalanceInProgress)
    run.broker.heartbeat(member, 1)
    expect(run.lastAnswer('billing-1')).toEqual({ refused: LOG_ERRORS.rebalanceInProgress })
    run.join('billing-1')
    expect(run.lastAnswer('billing-1')).toEqual({ assigned: ['notifications/0@0'] })
    expect(member.group.generation).toBe(2)
  })

  test('when the group has no members yet, then it begins where it was moved to', () => {
    const run = new LogRun()
    run.broker.createTopic('notifications', 1)
    for (let i = 0; i < 5; i++) run.append(null)
    run.broker.seekGroup('billing', run.topic(), 3)
    run.join('billing-1')
    run.settle()
    expect(run.lastAnswer('billing-1')?.assigned).toEqual(['notifications/0@3'])
  })
})
