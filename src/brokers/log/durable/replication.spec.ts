/** Leaders, followers, replicas in sync, and what dies with a broker. */
import { describe, expect, test } from 'vitest'
import { DurableRun } from '../../../testing/durableRun.ts'
import { LOG_ERRORS } from '../errors.ts'
import { DURABLE_FACTS } from './facts.ts'

const THREE = {
  replicationFactor: 3,
  minInsyncReplicas: 2,
  replicaLagMs: 2000,
  replicaFetchMs: 200,
}

function threeReplicas(settings = {}): DurableRun {
  return new DurableRun(3).withTopic({ ...THREE, ...settings })
}

function ends(run: DurableRun): number[] {
  return run.keeping.replication.replicas.map(({ end }) => end)
}

describe('given a partition on three brokers', () => {
  test('when a record is written with acks=1, then it is acknowledged at once, and committed when the followers have fetched it', () => {
    const run = threeReplicas()
    const tag = run.produce(['a'], { acks: 1 })
    expect(run.answers).toEqual([`${tag}:0`])
    expect(run.partition.readEnd(false)).toBe(0)
    run.wait(100)
    expect(ends(run)).toEqual([1, 1, 1])
    // The leader learns of it with the next fetch.
    expect(run.partition.readEnd(false)).toBe(0)
    run.wait(100)
    expect(run.partition.readEnd(false)).toBe(1)
  })

  test('when a record is written with acks=all, then it is acknowledged when all in sync have it', () => {
    const run = threeReplicas()
    const tag = run.produce(['a'])
    run.wait(199)
    expect(run.answers).toEqual([])
    run.wait(1)
    expect(run.answers).toEqual([`${tag}:0`])
  })

  test('when a record is written with acks=0, then nothing is said', () => {
    const run = threeReplicas()
    run.produce(['a'], { acks: 0 })
    run.wait(1000)
    expect(run.answers).toEqual([])
    expect(run.partition.readEnd(false)).toBe(1)
  })

  test('when a follower is cut, then acks=all waits for it until it is no longer in sync', () => {
    const run = threeReplicas()
    run.cluster.cutOff(2)
    const tag = run.produce(['a'])
    run.wait(1900)
    expect(run.answers).toEqual([])
    run.wait(1200)
    expect(run.keeping.replication.isr).toEqual([0, 1])
    expect(run.answers).toEqual([`${tag}:0`])
    run.cluster.mend(2)
    run.wait(400)
    expect(run.keeping.replication.isr).toEqual([0, 1, 2])
  })

  test('when fewer than min.insync.replicas are in sync, then acks=all is refused and acks=1 is not', () => {
    const run = threeReplicas()
    run.cluster.kill(1)
    run.cluster.kill(2)
    run.wait(1100)
    expect(run.keeping.replication.isr).toEqual([0])
    const all = run.produce(['a'])
    const one = run.produce(['b'], { acks: 1 })
    expect(run.answers).toEqual([`${all}:${LOG_ERRORS.notEnoughReplicas}`, `${one}:0`])
    expect(run.contents()).toEqual(['b'])
  })

  test('when the leader dies, then one in sync leads on, and what only the dead one had is lost', () => {
    const run = threeReplicas()
    run.produce(['a'])
    run.wait(500)
    run.produce(['b'], { acks: 1 })
    run.cluster.kill(0)
    run.produce(['c'], { acks: 1 })
    expect(run.answers.at(-1)).toBe(`3:${LOG_ERRORS.networkException}`)
    expect(run.partition.readEnd(false)).toBe(-1)
    run.wait(1100)
    expect(run.keeping.replication).toMatchObject({ leader: 1, epoch: 1 })
    expect(run.contents()).toEqual(['a'])
    expect(run.log.facts(DURABLE_FACTS.recordLost)).toHaveLength(1)
    run.produce(['d'])
    run.wait(300)
    expect(run.contents()).toEqual(['a', 'd'])
  })

  test('when the dead leader is back, then it cuts off what the others do not have and follows', () => {
    const run = threeReplicas()
    run.produce(['a'])
    run.wait(500)
    run.produce(['b', 'b2'], { acks: 1 })
    run.cluster.kill(0)
    run.wait(1100)
    run.produce(['c'])
    run.wait(300)
    run.cluster.restart(0)
    run.wait(400)
    expect(ends(run)).toEqual([2, 2, 2])
    expect(run.log.facts(DURABLE_FACTS.truncated).map(({ aux }) => aux)).toEqual([1])
    expect(run.keeping.replication.isr).toEqual([1, 2, 0])
  })

  test('when a request waits for replicas and the leader dies, then its connection breaks', () => {
    const run = threeReplicas()
    const tag = run.produce(['a'])
    run.cluster.kill(0)
    expect(run.answers).toEqual([`${tag}:${LOG_ERRORS.networkException}`])
  })
})

describe('given a partition whose only replica in sync is gone', () => {
  function cutThenKilled(unclean: boolean): DurableRun {
    const run = new DurableRun(2).withTopic({
      replicationFactor: 2,
      replicaLagMs: 1000,
      replicaFetchMs: 200,
      uncleanLeaderElection: unclean,
    })
    run.produce(['a'])
    run.wait(500)
    run.cluster.cutOff(1)
    run.produce(['b'])
    run.wait(3000)
    run.cluster.kill(0)
    run.wait(1100)
    return run
  }

  test('when an unclean election is not allowed, then nobody leads until it is back, and nothing is lost', () => {
    const run = cutThenKilled(false)
    expect(run.answers).toEqual(['1:0', '2:0'])
    expect(run.keeping.replication.leader).toBe(-1)
    run.produce(['c'])
    expect(run.answers.at(-1)).toBe(`3:${LOG_ERRORS.leaderNotAvailable}`)
    run.cluster.restart(0)
    expect(run.keeping.replication.leader).toBe(0)
    expect(run.contents()).toEqual(['a', 'b'])
  })

  test('when it is allowed, then a replica that was behind leads, and an acknowledged record is lost', () => {
    const run = cutThenKilled(true)
    expect(run.answers).toEqual(['1:0', '2:0'])
    expect(run.keeping.replication.leader).toBe(1)
    expect(run.contents()).toEqual(['a'])
    run.produce(['c'])
    run.cluster.mend(1)
    run.cluster.restart(0)
    run.wait(500)
    expect(run.contents()).toEqual(['a', 'c'])
    expect(ends(run)).toEqual([2, 2])
  })
})

describe('given any of these runs', () => {
  test('when the facts are folded, then the broker is the same', () => {
    const run = threeReplicas()
    run.produce(['a'])
    run.wait(500)
    run.produce(['b', 'b2'], { acks: 1 })
    run.cluster.kill(0)
    run.wait(1100)
    run.produce(['c'])
    run.cluster.restart(0)
    run.cluster.cutOff(2)
    run.produce(['d'])
    run.wait(250)
    expect(run.folded().log.archive()).toEqual(run.log.archive())
  })
})

describe('given a group that has read what an unclean election loses', () => {
  test('when another replica leads, then it goes on where the logs part', () => {
    const run = new DurableRun(2).withTopic({
      replicationFactor: 2,
      replicaLagMs: 1000,
      replicaFetchMs: 200,
      uncleanLeaderElection: true,
    })
    run.produce(['a'])
    run.wait(500)
    run.cluster.cutOff(1)
    run.produce(['b', 'c'])
    run.wait(2500)
    run.log.join('reader', { sessionTimeoutUs: 60_000_000 })
    run.log.settle()
    run.log.poll('reader')
    expect(run.log.progress('billing').position).toBe(3)
    run.cluster.kill(0)
    run.wait(1100)
    expect(run.log.progress('billing').position).toBe(1)
  })
})
