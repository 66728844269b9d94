/** Joining, leaving, expulsion, generations and rebalances. */
import { describe, expect, test } from 'vitest'
import { LogRun } from '../../testing/logRun.ts'
import { LOG_ERRORS } from './errors.ts'
import { EXPELLED, LOG_FACTS, REBALANCE } from './facts.ts'

function withTopic(partitions: number, options = {}): LogRun {
  const run = new LogRun(options)
  run.broker.createTopic('notifications', partitions)
  return run
}

/** A group whose members came together at once. */
function withGroup(partitions: number, ...clients: string[]): LogRun {
  const run = withTopic(partitions)
  for (const client of clients) run.join(client)
  run.settle()
  return run
}

describe('given an empty group', () => {
  test('when members join at one moment, then they share the partitions in one generation', () => {
    const run = withGroup(3, 'billing-2', 'billing-1')
    expect(run.owners('billing')).toEqual(['billing-1', 'billing-1', 'billing-2'])
    expect(run.broker.group('billing')?.generation).toBe(1)
    expect(run.facts(LOG_FACTS.rebalanceCompleted)).toHaveLength(1)
  })

  test('when it waits for more members, then those who come meanwhile are in', () => {
    const run = withTopic(2, { gatherUs: 3_000_000 })
    run.join('billing-1')
    run.runMs(2900)
    run.join('billing-2')
    expect(run.owners('billing')).toEqual([null, null])
    run.runMs(100)
    expect(run.owners('billing')).toEqual(['billing-1', 'billing-2'])
  })

  test('when more members join than there are partitions, then the last ones stay idle', () => {
    const run = withGroup(2, 'a', 'b', 'c')
    expect(run.owners('billing')).toEqual(['a', 'b'])
    expect(run.lastAnswer('c')).toEqual({ assigned: [] })
  })
})

describe('given a group that reads', () => {
  test('when a member joins, then it waits until the others have joined again', () => {
    const run = withGroup(2, 'a')
    run.join('b')
    expect(run.owners('billing')).toEqual(['a', 'a'])
    run.broker.heartbeat(run.member('a'), 1)
    expect(run.lastAnswer('a')).toEqual({ refused: LOG_ERRORS.rebalanceInProgress })
    run.join('a')
    expect(run.owners('billing')).toEqual(['a', 'b'])
    expect(run.facts(LOG_FACTS.rebalanceStarted).map(({ aux }) => aux)).toEqual([
      REBALANCE.firstMember,
      REBALANCE.joined,
    ])
  })

  test('when it prepares to rebalance, then its members may still read and commit until they join', () => {
    const run = withGroup(2, 'a')
    run.append(null, { partition: 0 })
    run.join('b')
    run.poll('a')
    expect(run.lastAnswer('a')).toEqual({ batch: ['notifications/0@0'] })
    expect(run.commit('a')).toBe(LOG_ERRORS.none)
    run.join('a')
    expect(run.lastAnswer('a')).toEqual({ assigned: ['notifications/0@1'] })
  })

  test('when members have given up theirs, then nobody owns a partition until all have joined', () => {
    const run = withGroup(3, 'a', 'b')
    run.join('c')
    run.join('a')
    expect(run.owners('billing')).toEqual([null, null, 'b'])
    run.join('b')
    expect(run.owners('billing')).toEqual(['a', 'b', 'c'])
  })

  test('when a member leaves, then the others share what it had', () => {
    const run = withGroup(2, 'a', 'b')
    run.broker.leaveGroup(run.member('a'))
    expect(run.owners('billing')).toEqual([null, 'b'])
    run.join('b')
    expect(run.owners('billing')).toEqual(['b', 'b'])
    expect(run.broker.group('billing')?.generation).toBe(2)
  })

  test('when the last member leaves, then the group is empty and keeps what it has committed', () => {
    const run = withGroup(1, 'a')
    run.append(null)
    run.poll('a')
    run.commit('a')
    run.broker.leaveGroup(run.member('a'))
    expect(run.broker.group('billing')?.phase).toBe('empty')
    expect(run.progress('billing')).toMatchObject({ committed: 1, owner: -1, position: -1 })
  })

  test('when one group rebalances, then another one does not notice', () => {
    const run = withGroup(1, 'a')
    run.join('search-1', { group: 'search' })
    run.settle()
    run.join('b')
    expect(run.broker.group('search')?.phase).toBe('stable')
    expect(run.owners('search')).toEqual(['search-1'])
  })
})

describe('given a member that falls silent', () => {
  test('when its session times out, then it is expelled and the others go on without it', () => {
    const run = withGroup(2, 'a', 'b')
    run.runMs(2999, ['b'])
    expect(run.facts(LOG_FACTS.expelled)).toEqual([])
    run.runMs(1, ['b'])
    const { node } = run.member('a')
    expect(run.facts(LOG_FACTS.expelled)).toEqual([
      { node, message: -1, aux: EXPELLED.sessionTimeout },
    ])
    run.join('b')
    expect(run.owners('billing')).toEqual(['b', 'b'])
  })

  test('when it gives signs of life, then it stays', () => {
    const run = withGroup(1, 'a')
    run.runMs(60_000, ['a'])
    expect(run.owners('billing')).toEqual(['a'])
  })

  test('when it commits, then that is a sign of life too', () => {
    const run = withGroup(1, 'a')
    run.runMs(2000)
    run.commit('a')
    run.runMs(2000)
    expect(run.owners('billing')).toEqual(['a'])
  })

  test('when it waits for the others in a rebalance, then silence is no reason', () => {
    const run = withGroup(2, 'a')
    run.join('b')
    run.runMs(10_000, ['a'])
    expect(run.member('b').isAlive).toBe(true)
    run.join('a')
    expect(run.owners('billing')).toEqual(['a', 'b'])
  })

  test('when it does not join again in time, then the rebalance goes on without it', () => {
    const run = withTopic(2)
    run.join('a', { rebalanceTimeoutUs: 5_000_000 })
    run.settle()
    run.join('b', { rebalanceTimeoutUs: 5_000_000 })
    run.runMs(4999, ['a'])
    expect(run.owners('billing')).toEqual(['a', 'a'])
    run.runMs(1)
    expect(run.facts(LOG_FACTS.expelled).at(-1)?.aux).toBe(EXPELLED.rebalanceTimeout)
    expect(run.owners('billing')).toEqual(['b', 'b'])
  })
})

describe('given a client that crashed and came back before its session timed out', () => {
  test('when it joins as a new member, then the group waits for the old one until that is expelled', () => {
    const run = withGroup(2, 'a')
    run.runMs(1000)
    run.join('a', { incarnation: 2 })
    run.runMs(1999)
    expect(run.lastAnswer('a')).toEqual({ assigned: ['notifications/0@0', 'notifications/1@0'] })
    expect(run.answersTo('a')).toHaveLength(1)
    run.runMs(1)
    expect(run.answersTo('a')).toHaveLength(2)
    expect(run.member('a').definition.incarnation).toBe(2)
    expect(run.owners('billing')).toEqual(['a', 'a'])
  })
})

describe('given a member of an old generation', () => {
  test('when it commits, then that is refused and the offset stays', () => {
    const run = withGroup(1, 'a')
    run.append(null)
    run.poll('a')
    const [old, progress] = [run.member('a'), run.progress('billing')]
    run.runMs(3000)
    expect(run.broker.commit(old, 1, progress, 1)).toBe(LOG_ERRORS.unknownMemberId)
    run.join('b')
    run.settle()
    expect(run.broker.commit(run.member('b'), 1, progress, 1)).toBe(LOG_ERRORS.illegalGeneration)
    expect(progress.committed).toBe(-1)
    expect(run.facts(LOG_FACTS.commitRejected).map(({ aux }) => aux)).toEqual([
      LOG_ERRORS.unknownMemberId,
      LOG_ERRORS.illegalGeneration,
    ])
  })

  test('when it polls or gives a sign of life, then it hears that it is none any more', () => {
    const run = withGroup(1, 'a')
    const member = run.member('a')
    run.runMs(3000)
    run.broker.heartbeat(member, 1)
    run.broker.fetch(member, 1, -1, 10, 0)
    run.join('a')
    expect(run.answersTo('a').slice(1)).toEqual(
      Array.from({ length: 3 }, () => ({ client: 'a', refused: LOG_ERRORS.unknownMemberId })),
    )
  })
})

describe('given a member whose answer to its join got lost', () => {
  test('when it asks again, then it is told again and nobody else is disturbed', () => {
    const run = withGroup(2, 'a', 'b')
    run.join('a')
    expect(run.answersTo('a').map(({ assigned }) => assigned)).toEqual([
      ['notifications/0@0'],
      ['notifications/0@0'],
    ])
    expect(run.broker.group('billing')).toMatchObject({ phase: 'stable', generation: 1 })
  })

  test('when it has read already and asks all the same, then the group begins anew at what is committed', () => {
    const run = withGroup(1, 'a')
    run.append(null)
    run.poll('a')
    run.join('a')
    expect(run.lastAnswer('a')).toEqual({ assigned: ['notifications/0@0'] })
    expect(run.broker.group('billing')).toMatchObject({ phase: 'stable', generation: 2 })
  })
})

describe('given members that read different topics', () => {
  test('when the group comes together, then each gets partitions of its topics only', () => {
    const run = withTopic(2)
    run.broker.createTopic('payments', 2)
    run.join('a', { topics: ['notifications'] })
    run.join('b', { topics: ['notifications', 'payments'] })
    run.settle()
    expect(run.owners('billing')).toEqual(['a', 'b'])
    expect(run.owners('billing', 'payments')).toEqual(['b', 'b'])
  })
})
