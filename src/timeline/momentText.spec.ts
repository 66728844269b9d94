/** The playhead in words says when, which fact, and what the telling nodes hold. */
import { describe, expect, it } from 'vitest'
import type { NodeState } from '../history/frame.ts'
import { momentText, pauseText } from './momentText.ts'

const base = { crashed: false, slow: 1, changed: {} }
const queue = (readyCount: number, unackedCount = 0) =>
  ({ ...base, id: 'q', kind: 'queue', readyCount, unackedCount }) as unknown as NodeState
const worker = (jobCount: number, crashed = false) =>
  ({ ...base, id: 'w', kind: 'consumer', jobCount, crashed }) as unknown as NodeState
const store = (folds: unknown[]) =>
  ({
    ...base,
    id: 's',
    kind: 'eventStore',
    streams: [{ name: 'acc1', folds }],
  }) as unknown as NodeState

type Moment = Parameters<typeof momentText>[0]

function at(nodes: NodeState[], selection: Moment['selection'] = null): Moment {
  const named = [
    ['q', 'orders'],
    ['w', 'worker'],
    ['s', 'ledger'],
  ].map(([id, name]) => ({ id, name }))
  return {
    scenario: { nodes: named, links: [] },
    progress: { factCount: 210 },
    timeUs: 12_400_000,
    factIndex: 48,
    frame: { nodes },
    selection,
  } as unknown as Moment
}

describe('the playhead in words', () => {
  it('says when it is, which fact it is and what a queue holds', () => {
    expect(momentText(at([queue(7)]), 60_000_000)).toBe(
      '12.4 of 60 seconds, fact 48 of 210, orders holds 7',
    )
  })

  it('names unacknowledged messages and a crashed node before all else', () => {
    expect(pauseText(at([queue(7, 2), worker(0, true)]))).toBe(
      'At 12.4 seconds, worker is down, orders holds 7 and 2 unacknowledged.',
    )
  })

  it('lets the selected node speak first', () => {
    const text = pauseText(at([queue(7), worker(3)], { type: 'node', id: 'w' }))
    expect(text).toBe('At 12.4 seconds, worker works on 3, orders holds 7.')
  })

  it('reads the fold of a stream', () => {
    expect(pauseText(at([store([{ balance: 100 }, { balance: 50 }])]))).toBe(
      'At 12.4 seconds, acc1 balance 50.',
    )
    expect(pauseText(at([store([])]))).toBe('At 12.4 seconds, acc1.')
  })

  it('given no frame yet, then it says only when it is', () => {
    expect(pauseText({ ...at([]), frame: null })).toBe('At 12.4 seconds.')
  })
})
