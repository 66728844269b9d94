/** What is deleted because it is old or too much, and what compaction leaves. */
import { describe, expect, test } from 'vitest'
import { DurableRun } from '../../../testing/durableRun.ts'
import type { TopicSettings } from '../keeping.ts'
import { DURABLE_FACTS } from './facts.ts'

function kept(settings: TopicSettings): DurableRun {
  return new DurableRun(1).withTopic(settings)
}

describe('given a topic with retention.ms', () => {
  test('when records are older, then whole segments go, the active one at last', () => {
    const run = kept({ retentionMs: 5000, segmentBytes: 20, checkMs: 1000 })
    for (let i = 0; i < 5; i++) {
      run.produce(['0123456789'])
      run.wait(1000)
    }
    expect(run.keeping.retention.bases).toEqual([0, 2, 4])
    run.wait(2500)
    expect(run.partition.start).toBe(2)
    run.wait(10_000)
    expect(run.partition).toMatchObject({ start: 5, end: 5 })
  })

  test('when it is changed to less, then more goes at the next look', () => {
    const run = kept({ retentionMs: 60_000, segmentBytes: 10, checkMs: 1000 })
    run.produce(['0123456789'])
    run.wait(3000)
    run.produce(['0123456789'])
    run.cluster.change(run.partition.topic, 'retentionMs', 2000)
    run.wait(1000)
    expect(run.partition.start).toBe(1)
    expect(run.folded().log.archive()).toEqual(run.log.archive())
  })
})

describe('given a topic with retention.bytes', () => {
  test('when it is larger, then the oldest segments go, as long as what stays is large enough', () => {
    const run = kept({ retentionBytes: 30, segmentBytes: 10, checkMs: 1000 })
    for (let i = 0; i < 6; i++) run.produce(['0123456789'])
    run.wait(1000)
    expect(run.partition).toMatchObject({ start: 3, end: 6 })
  })
})

describe('given a compacted topic', () => {
  const COMPACT: TopicSettings = {
    cleanup: 'compact',
    segmentBytes: 4,
    dirtyRatio: 0.5,
    checkMs: 1000,
  }
  const put = (run: DurableRun, key: string, body: string) => run.produce([body], { key })

  test('when enough of it is dirty, then of each key the latest record stays at its offset', () => {
    const run = kept(COMPACT)
    for (const [key, body] of ['k1', 'm1', 'k2', 'k3', 'm2', 'k4'].map((text) => [text[0], text])) {
      put(run, key as string, body as string)
    }
    run.wait(1000)
    // Segments of two records: the active one begins at 6.
    expect(run.contents()).toEqual(['·', '·', '·', '·', 'm2', 'k4'])
    expect(run.partition).toMatchObject({ start: 0, end: 6 })
  })

  test('when records are in the active segment, then they stay', () => {
    const run = kept(COMPACT)
    for (const body of ['k1', 'k2', 'k3']) put(run, 'k', body)
    run.wait(1000)
    expect(run.contents()).toEqual(['·', 'k2', 'k3'])
  })

  test('when too little of it is dirty, then nothing happens', () => {
    const run = kept({ ...COMPACT, dirtyRatio: 1 })
    for (const body of ['a1', 'b1', 'c1', 'd1']) put(run, body[0] as string, body)
    run.wait(1000)
    for (const body of ['a2', 'b2']) put(run, body[0] as string, body)
    run.wait(1000)
    expect(run.log.facts(DURABLE_FACTS.compacted)).toHaveLength(1)
  })

  test('when the latest record of a key is a tombstone, then it takes the others away and goes itself later', () => {
    const run = kept({ ...COMPACT, dirtyRatio: 0.1, deleteRetentionMs: 3000 })
    put(run, 'k', 'k1')
    put(run, 'k', '')
    put(run, 'm', 'm1')
    put(run, 'n', 'n1')
    run.wait(1000)
    expect(run.contents()).toEqual(['·', '', 'm1', 'n1'])
    run.wait(3000)
    put(run, 'o', 'o1')
    put(run, 'p', 'p1')
    run.wait(1000)
    expect(run.contents()).toEqual(['·', '·', 'm1', 'n1', 'o1', 'p1'])
    expect(run.folded().log.archive()).toEqual(run.log.archive())
  })

  test('when a record has no key, then it is refused (INVALID_RECORD)', () => {
    const run = kept(COMPACT)
    run.produce(['a'])
    expect(run.answers).toEqual(['1:87'])
    expect(run.contents()).toEqual([])
  })
})
