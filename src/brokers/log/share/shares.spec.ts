/** Share groups (KIP-932): acquiring, answering, locks, delivery counts. */
import { describe, expect, test } from 'vitest'
import { type JoinOptions, LogRun } from '../../../testing/logRun.ts'
import { RebalancingCoordinator } from '../rebalancing/coordinator.ts'
import { SHARE_FACTS } from './facts.ts'
import { Shares } from './shares.ts'
import type { Answer } from './sharing.ts'

const TERMS: JoinOptions = { protocol: 'share', lockMs: 1000, deliveryLimit: 2 }

/** A share group on one partition with some records in it. */
function sharing(records: number, ...clients: string[]): LogRun {
  const run = new LogRun({
    coordinator: (broker) => new RebalancingCoordinator(broker),
    shares: (broker) => new Shares(broker),
  })
  run.broker.createTopic('notifications', 1)
  for (const client of clients) run.join(client, TERMS)
  for (let i = 0; i < records; i++) run.append(null, { partition: 0 })
  return run
}

function answer(run: LogRun, client: string, offset: number, how: Answer): void {
  run.broker.shares?.answer(run.member(client), run.progress('billing'), offset, how)
}

const states = (run: LogRun) => {
  const { share } = run.progress('billing')
  if (!share) return []
  return Array.from({ length: share.end - share.start }, (_, i) => share.stateAt(share.start + i))
}

describe('given a share group with two members', () => {
  test('when both poll, then they share one partition record by record', () => {
    const run = sharing(4, 'a', 'b')
    run.poll('a', 2)
    run.poll('b', 2)
    expect(run.lastAnswer('a')?.batch).toEqual(['notifications/0@0', 'notifications/0@1'])
    expect(run.lastAnswer('b')?.batch).toEqual(['notifications/0@2', 'notifications/0@3'])
  })

  test('when records are accepted out of order, then the start offset moves up to the first that is not', () => {
    const run = sharing(3, 'a')
    run.poll('a', 3)
    answer(run, 'a', 1, 'accept')
    expect(run.progress('billing').share?.start).toBe(0)
    answer(run, 'a', 0, 'accept')
    expect(run.progress('billing').share?.start).toBe(2)
  })

  test('when one is released, then another member gets it, and its delivery count says so', () => {
    const run = sharing(1, 'a', 'b')
    run.poll('a', 1)
    run.poll('b', 1)
    answer(run, 'a', 0, 'release')
    expect(run.lastAnswer('b')?.batch).toEqual(['notifications/0@0'])
    expect(run.progress('billing').share?.countAt(0)).toBe(2)
  })

  test('when one is rejected, then nobody gets it again', () => {
    const run = sharing(1, 'a', 'b')
    run.poll('a', 1)
    answer(run, 'a', 0, 'reject')
    run.poll('b', 1)
    expect(run.answersTo('b').some(({ batch }) => batch && batch.length > 0)).toBe(false)
  })
})

describe('given an acquisition lock of one second', () => {
  test('when it times out, then the record is available, and the late answer is refused', () => {
    const run = sharing(1, 'a', 'b')
    run.poll('a', 1)
    run.runMs(1000, ['a', 'b'])
    expect(states(run)).toEqual(['available'])
    run.poll('b', 1)
    answer(run, 'a', 0, 'accept')
    expect(run.facts(SHARE_FACTS.answerRefused)).toHaveLength(1)
    expect(states(run)).toEqual(['acquired'])
  })

  test('when it is renewed in time, then it times out a second after that, and the delivery counts once', () => {
    const run = sharing(1, 'a', 'b')
    run.poll('a', 1)
    run.runMs(700, ['a', 'b'])
    answer(run, 'a', 0, 'renew')
    run.runMs(700, ['a', 'b'])
    expect(states(run)).toEqual(['acquired'])
    expect(run.progress('billing').share?.countAt(0)).toBe(1)
    run.runMs(300, ['a', 'b'])
    expect(states(run)).toEqual(['available'])
    expect(run.foldedArchive()).toEqual(run.archive())
  })

  test('when it is renewed too late, then that is refused', () => {
    const run = sharing(1, 'a', 'b')
    run.poll('a', 1)
    run.runMs(1000, ['a', 'b'])
    answer(run, 'a', 0, 'renew')
    expect(run.facts(SHARE_FACTS.answerRefused)).toHaveLength(1)
    expect(states(run)).toEqual(['available'])
  })

  test('when it was delivered as often as is allowed, then it is archived', () => {
    const run = sharing(1, 'a')
    for (let i = 0; i < 2; i++) {
      run.poll('a', 1)
      run.runMs(1000, ['a'])
    }
    expect(run.facts(SHARE_FACTS.archived)).toHaveLength(1)
    expect(run.progress('billing').share?.start).toBe(1)
  })

  test('when its member leaves, then the others have it at once', () => {
    const run = sharing(1, 'a', 'b')
    run.poll('a', 1)
    run.poll('b', 1)
    run.broker.leaveGroup(run.member('a'))
    expect(run.lastAnswer('b')?.batch).toEqual(['notifications/0@0'])
  })

  test('when facts are folded or a checkpoint is restored, then it is the same broker', () => {
    const run = sharing(3, 'a', 'b')
    run.poll('a', 2)
    answer(run, 'a', 1, 'accept')
    answer(run, 'a', 0, 'release')
    expect(run.foldedArchive()).toEqual(run.archive())
    expect(run.restoredArchive()).toEqual(run.archive())
  })
})
