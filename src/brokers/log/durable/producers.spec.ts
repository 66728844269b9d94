/** Sequence numbers and transactions: what is written once, what is refused, what readers of committed records see. */
import { describe, expect, test } from 'vitest'
import { DurableRun } from '../../../testing/durableRun.ts'
import { LOG_ERRORS } from '../errors.ts'
import type { Writer } from './producers.ts'

function once(partitions = 1): DurableRun {
  return new DurableRun(1).withTopic({}, partitions)
}

describe('given an idempotent producer (KIP-98)', () => {
  const from = (sequence: number, epoch = 0): Partial<Writer> => ({ producer: 0, epoch, sequence })

  test('when a batch comes twice, then it is in the log once and acknowledged twice', () => {
    const run = once()
    run.produce(['a', 'b'], { writer: from(0) })
    run.produce(['a', 'b'], { writer: from(0) })
    expect(run.contents()).toEqual(['a', 'b'])
    expect(run.answers).toEqual(['1:0', '2:0'])
  })

  test('when a batch comes before the one before it, then it is refused', () => {
    const run = once()
    run.produce(['b'], { writer: from(1) })
    run.produce(['a'], { writer: from(0) })
    run.produce(['b'], { writer: from(1) })
    expect(run.answers[0]).toBe(`1:${LOG_ERRORS.outOfOrderSequence}`)
    expect(run.contents()).toEqual(['a', 'b'])
  })

  test('when it comes back with a new epoch, then the old one is fenced off', () => {
    const run = once()
    run.produce(['a'], { writer: from(0) })
    run.produce(['b'], { writer: from(0, 1) })
    run.produce(['c'], { writer: from(1, 0) })
    expect(run.contents()).toEqual(['a', 'b'])
    expect(run.answers.at(-1)).toBe(`3:${LOG_ERRORS.invalidProducerEpoch}`)
  })

  test('when nothing has an id, then the same batch is written twice', () => {
    const run = once()
    run.produce(['a'])
    run.produce(['a'])
    expect(run.contents()).toEqual(['a', 'a'])
  })
})

describe('given a transactional producer', () => {
  function begun(partitions = 1) {
    const run = once(partitions)
    const { id, epoch } = run.cluster.transactions.init('shop', true)
    const sequences = new Map<number, number>()
    const send = (body: string, partition = 0) => {
      const sequence = sequences.get(partition) ?? 0
      sequences.set(partition, sequence + 1)
      return run.produce([body], {
        partition,
        writer: { producer: id, epoch, sequence, transactional: true },
      })
    }
    return { run, id, epoch, send }
  }

  test('when its transaction is open, then read_committed ends before it and others see it', () => {
    const { run, send } = begun()
    run.produce(['before'])
    send('a')
    run.produce(['after'])
    expect(run.partition.readEnd(false)).toBe(3)
    expect(run.partition.readEnd(true)).toBe(1)
  })

  test('when it commits, then every partition has a control record, and readers get all', () => {
    const { run, id, send } = begun(2)
    send('a')
    send('b', 1)
    run.cluster.transactions.end(id, true)
    expect(run.ended).toEqual(['shop'])
    expect(run.contents(true)).toEqual(['a', '·'])
    expect(run.contents(true, 1)).toEqual(['b', '·'])
    expect(run.partition.messageAt(1)).toBe(-1)
  })

  test('when it aborts, then read_committed passes its records over, and the next ones count', () => {
    const { run, id, send } = begun()
    send('a')
    run.produce(['other'])
    run.cluster.transactions.end(id, false)
    send('b')
    run.cluster.transactions.end(id, true)
    expect(run.contents(true)).toEqual(['·', 'other', '·', 'b', '·'])
    expect(run.contents(false)).toEqual(['a', 'other', '·', 'b', '·'])
  })

  test('when it begins anew under its transactional id, then its open transaction is aborted and its old self fenced off', () => {
    const { run, send } = begun()
    send('a')
    const again = run.cluster.transactions.init('shop', true)
    expect(again).toEqual({ id: 0, epoch: 1 })
    expect(run.contents(true)).toEqual(['·', '·'])
    const tag = send('b')
    expect(run.answers.at(-1)).toBe(`${tag}:${LOG_ERRORS.invalidProducerEpoch}`)
  })

  test('when it is open for too long, then it is aborted (transaction.timeout.ms)', () => {
    const { run, send } = begun()
    send('a')
    run.wait(59_000)
    expect(run.partition.readEnd(true)).toBe(0)
    run.wait(1100)
    expect(run.contents(true)).toEqual(['·', '·'])
    const tag = send('b')
    expect(run.answers.at(-1)).toBe(`${tag}:${LOG_ERRORS.invalidProducerEpoch}`)
  })

  test('when it sends offsets, then the group has committed them with the transaction, and not if it aborts', () => {
    const { run, id, send } = begun()
    run.produce(['in'])
    run.log.join('worker')
    run.log.settle()
    const progress = run.log.progress('billing')
    send('out')
    run.cluster.transactions.addOffset(id, progress.node, 1, 60_000_000)
    run.cluster.transactions.end(id, false)
    expect(progress.committed).toBe(-1)
    send('out again')
    run.cluster.transactions.addOffset(id, progress.node, 1, 60_000_000)
    run.cluster.transactions.end(id, true)
    expect(progress.committed).toBe(1)
  })

  test('when a partition has no leader as it commits, then its control record waits for one', () => {
    const run = new DurableRun(1).withTopic({})
    const { id, epoch } = run.cluster.transactions.init('shop', true)
    run.produce(['a'], { writer: { producer: id, epoch, sequence: 0, transactional: true } })
    run.cluster.kill(0)
    run.cluster.transactions.end(id, true)
    expect(run.ended).toEqual([])
    run.wait(1500)
    run.cluster.restart(0)
    expect(run.ended).toEqual(['shop'])
    expect(run.contents(true)).toEqual(['a', '·'])
  })

  test('when the facts are folded, then the broker is the same', () => {
    const { run, id, send } = begun(2)
    send('a')
    send('b', 1)
    run.cluster.transactions.end(id, false)
    send('c')
    expect(run.folded().log.archive()).toEqual(run.log.archive())
  })
})
