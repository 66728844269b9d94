/** What a topic's configuration does when it is changed while the topic is there (IncrementalAlterConfigs). */
import { describe, expect, test } from 'vitest'
import { DurableRun } from '../../../testing/durableRun.ts'
import { LOG_ERRORS } from '../errors.ts'

function change(run: DurableRun, name: string, value: unknown): void {
  run.cluster.change(run.partition.topic, name, value)
}

describe('given a topic on two brokers, one of them gone', () => {
  function oneOfTwo(minInsyncReplicas: number): DurableRun {
    const run = new DurableRun(2).withTopic({ replicationFactor: 2, minInsyncReplicas })
    run.cluster.kill(1)
    run.wait(1100)
    return run
  }

  test('when min.insync.replicas is raised to two, then writes are refused', () => {
    const run = oneOfTwo(1)
    run.produce(['a'])
    expect(run.answers).toEqual(['1:0'])
    change(run, 'minInsyncReplicas', 2)
    run.produce(['b'])
    expect(run.answers.at(-1)).toBe(`2:${LOG_ERRORS.notEnoughReplicas}`)
  })

  test('when min.insync.replicas is taken away, then one is enough again', () => {
    const run = oneOfTwo(2)
    run.produce(['a'])
    expect(run.answers).toEqual([`1:${LOG_ERRORS.notEnoughReplicas}`])
    change(run, 'minInsyncReplicas', null)
    run.produce(['a'])
    expect(run.answers.at(-1)).toBe('2:0')
    expect(run.folded().log.archive()).toEqual(run.log.archive())
  })
})

describe('given a partition that nobody leads, since the only replica left was behind', () => {
  test('when an unclean election is allowed, then it leads at once', () => {
    const run = new DurableRun(2).withTopic({
      replicationFactor: 2,
      replicaLagMs: 1000,
      replicaFetchMs: 200,
    })
    run.cluster.cutOff(1)
    run.produce(['a'])
    run.wait(3000)
    run.cluster.kill(0)
    run.wait(1100)
    change(run, 'retentionMs', 60_000)
    expect(run.keeping.replication.leader).toBe(-1)
    change(run, 'uncleanLeaderElection', true)
    expect(run.keeping.replication.leader).toBe(1)
    expect(run.contents()).toEqual([])
    expect(run.folded().log.archive()).toEqual(run.log.archive())
  })
})

describe('given a topic that deletes', () => {
  test('when cleanup.policy becomes compact, then of each key the latest stays, and what has no key goes', () => {
    const run = new DurableRun(1).withTopic({ segmentBytes: 2, checkMs: 1000 })
    run.produce(['x'])
    run.produce(['y'])
    for (const body of ['1', '2', '3']) run.produce([body], { key: 'k' })
    run.wait(1000)
    expect(run.contents()).toEqual(['x', 'y', '1', '2', '3'])
    change(run, 'cleanup', 'compact')
    run.wait(1000)
    expect(run.contents()).toEqual(['·', '·', '·', '·', '3'])
    run.produce(['z'])
    expect(run.answers.at(-1)).toBe(`6:${LOG_ERRORS.invalidRecord}`)
    change(run, 'cleanup', null)
    run.produce(['z'])
    expect(run.contents()).toEqual(['·', '·', '·', '·', '3', 'z'])
    expect(run.folded().log.archive()).toEqual(run.log.archive())
  })

  test('when retention.bytes is given, then it holds at the next look, and when it is taken away nothing more goes', () => {
    const run = new DurableRun(1).withTopic({ segmentBytes: 10, checkMs: 1000 })
    for (let i = 0; i < 6; i++) run.produce(['0123456789'])
    run.wait(1000)
    expect(run.partition.start).toBe(0)
    change(run, 'retentionBytes', 30)
    run.wait(1000)
    expect(run.partition.start).toBe(3)
    change(run, 'retentionBytes', null)
    run.produce(['0123456789'])
    run.wait(1000)
    expect(run.partition.start).toBe(3)
  })
})
