/** The further assignors, cooperative rebalancing, static members and the server-side protocol, at the coordinator. */
import { describe, expect, test } from 'vitest'
import { type JoinOptions, LogRun } from '../../../testing/logRun.ts'
import { LOG_ERRORS } from '../errors.ts'
import { LOG_FACTS, REBALANCE } from '../facts.ts'
import { RebalancingCoordinator } from './coordinator.ts'

/** A group whose members came together at once. */
function withGroup(partitions: number, terms: JoinOptions, ...clients: string[]): LogRun {
  const run = new LogRun({ coordinator: (broker) => new RebalancingCoordinator(broker) })
  run.broker.createTopic('notifications', partitions)
  for (const client of clients) run.join(client, terms)
  run.settle()
  return run
}

/** The parts of the progresses in some partitions. */
function parts(run: LogRun, ...partitions: number[]): number[] {
  return partitions.map((index) => run.progress('billing', index).node)
}

describe('given members that name an assignor (partition.assignment.strategy)', () => {
  test('when it is round-robin, then partitions are dealt like cards', () => {
    const run = withGroup(4, { assignor: 'roundrobin' }, 'a', 'b')
    expect(run.owners('billing')).toEqual(['a', 'b', 'a', 'b'])
  })

  test('when it is sticky and a member joins, then all give up everything, and each gets back what is fair (KIP-54)', () => {
    const terms: JoinOptions = { assignor: 'sticky' }
    const run = withGroup(6, terms, 'a', 'b')
    const before = run.owners('billing')
    run.join('c', terms)
    run.join('a', terms)
    expect(run.owners('billing').filter((owner) => owner === 'a')).toEqual([])
    run.join('b', terms)
    const after = run.owners('billing')
    expect(after.filter((owner) => owner === 'c')).toHaveLength(2)
    const kept = after.filter((owner, partition) => owner === before[partition])
    expect(kept).toHaveLength(4)
  })
})

describe('given a cooperative group (KIP-429)', () => {
  const terms: JoinOptions = { assignor: 'cooperative-sticky' }

  test('when a member joins, then the others keep reading and only what moves is asked back', () => {
    const run = withGroup(4, terms, 'a', 'b')
    const before = run.owners('billing')
    run.join('c', terms)
    run.join('a', { ...terms, owned: run.member('a').owned.slice() })
    expect(run.owners('billing')).toEqual(before)
    run.append(null, { partition: before.indexOf('a') })
    run.poll('a')
    expect(run.lastAnswer('a')?.batch).toHaveLength(1)
    run.join('b', { ...terms, owned: run.member('b').owned.slice() })
    expect(run.owners('billing')).toEqual(before)
    expect(run.facts(LOG_FACTS.revocationAsked)).toHaveLength(1)
    expect(run.lastAnswer('c')).toEqual({ assigned: [] })
  })

  test('when the member says that it let go, then the next rebalance gives it to the newcomer', () => {
    const run = withGroup(4, terms, 'a', 'b')
    run.join('c', terms)
    for (const client of ['a', 'b'])
      run.join(client, { ...terms, owned: run.member(client).owned.slice() })
    const [asked] = run.facts(LOG_FACTS.revocationAsked)
    const giver = run.broker.member(asked?.aux ?? -1)
    const kept = giver.owned.filter((part) => part !== asked?.node)
    run.join(giver.client, { ...terms, owned: kept })
    expect(run.facts(LOG_FACTS.rebalanceStarted).at(-1)?.aux).toBe(REBALANCE.givenUp)
    for (const client of ['a', 'b', 'c']) {
      run.join(client, { ...terms, owned: run.member(client).owned.slice() })
    }
    expect(run.owners('billing').filter((owner) => owner === 'c')).toHaveLength(1)
    expect(run.owners('billing')).not.toContain(null)
  })

  test('when what is done is committed before it is given up, then the commit counts', () => {
    const run = withGroup(2, terms, 'a')
    run.append(null, { partition: 1 })
    run.poll('a')
    run.join('b', terms)
    run.join('a', { ...terms, owned: parts(run, 0, 1) })
    expect(run.progress('billing', 1).isLeaving || run.progress('billing', 0).isLeaving).toBe(true)
    expect(run.commit('a', 1)).toBe(LOG_ERRORS.none)
  })
})

describe('given static members (group.instance.id, KIP-345)', () => {
  const terms: JoinOptions = { instanceId: 'one' }

  test('when one comes back within the session timeout, then it has its old place without a rebalance', () => {
    const run = withGroup(2, {}, 'b')
    run.join('a', terms)
    run.join('b')
    const before = run.owners('billing')
    const rebalances = run.facts(LOG_FACTS.rebalanceStarted).length
    run.join('a', { ...terms, incarnation: 2 })
    expect(run.owners('billing')).toEqual(before)
    expect(run.facts(LOG_FACTS.rebalanceStarted)).toHaveLength(rebalances)
    expect(run.member('a').definition.incarnation).toBe(2)
  })

  test('when the old run speaks up again, then it is fenced', () => {
    const run = withGroup(1, terms, 'a')
    const old = run.member('a')
    run.join('a', { ...terms, incarnation: 2 })
    run.broker.heartbeat(old, 1)
    expect(run.lastAnswer('a')).toEqual({ refused: LOG_ERRORS.fencedInstanceId })
  })

  test('when it does not come back, then its session times out like any other', () => {
    const run = withGroup(1, terms, 'a')
    run.runMs(3000)
    expect(run.facts(LOG_FACTS.expelled)).toHaveLength(1)
    expect(run.owners('billing')).toEqual([null])
  })
})

describe('given the server-side protocol (KIP-848)', () => {
  const terms: JoinOptions = { protocol: 'consumer' }

  test('when a member joins, then nobody has to join again: one is asked to give something up', () => {
    const run = withGroup(4, terms, 'a', 'b')
    // The second one came when the first had everything.
    run.broker.heartbeat(run.member('a'), 1)
    const asked = run.facts(LOG_FACTS.revocationAsked)
    expect(asked).toHaveLength(2)
    expect(run.facts(LOG_FACTS.rebalanceStarted)).toHaveLength(0)
    run.append(null, { partition: 0 })
    run.poll('a')
    expect(run.lastAnswer('a')?.batch).toHaveLength(1)
  })

  test('when it said that it let go, then the other one gets it with its next heartbeat, not before', () => {
    const run = withGroup(4, terms, 'a', 'b')
    const a = run.member('a')
    run.broker.heartbeat(a, 1)
    run.broker.heartbeat(run.member('b'), 1)
    expect(run.owners('billing')).toEqual(['a', 'a', 'a', 'a'])
    const asked = run.facts(LOG_FACTS.revocationAsked).map(({ node }) => node)
    run.join('a', { ...terms, owned: a.owned.filter((part) => !asked.includes(part)) })
    expect(run.owners('billing').filter((owner) => owner === null)).toHaveLength(2)
    run.broker.heartbeat(run.member('b'), 1)
    expect(run.owners('billing').filter((owner) => owner === 'b')).toHaveLength(2)
  })

  test('when a member is silent, then the others get its partitions and go on with theirs', () => {
    const run = withGroup(2, terms, 'a')
    run.join('b', terms)
    run.runMs(3001, ['b'])
    expect(run.facts(LOG_FACTS.expelled)).toHaveLength(1)
    run.broker.heartbeat(run.member('b'), 1)
    expect(run.owners('billing')).toEqual(['b', 'b'])
  })

  test('when facts are folded or a checkpoint is restored, then it is the same broker', () => {
    const run = withGroup(4, terms, 'a', 'b')
    run.broker.heartbeat(run.member('a'), 1)
    expect(run.foldedArchive()).toEqual(run.archive())
    expect(run.restoredArchive()).toEqual(run.archive())
  })
})

describe('given auto.offset.reset none', () => {
  test('when nothing is committed, then the member is refused and nothing is read', () => {
    const run = withGroup(1, { offsetReset: 'none' }, 'a')
    expect(run.answersTo('a').map(({ refused }) => refused)).toContain(LOG_ERRORS.offsetOutOfRange)
    run.append(null, { partition: 0 })
    run.poll('a')
    expect(run.answersTo('a').some(({ batch }) => batch && batch.length > 0)).toBe(false)
  })
})
