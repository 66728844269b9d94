/** Where a message is, told from a frame alone. */
import { describe, expect, it } from 'vitest'
import type { Flight, Frame, NodeState } from '../history/frame.ts'
import type { Scenario } from '../scenario/document.ts'
import { whereIs } from './whereabouts.ts'

const base = { crashed: false, slow: 1, changed: {} }
const queue: NodeState = {
  ...base,
  kind: 'queue',
  id: 'orders',
  ready: [
    { message: 4, redelivered: true },
    { message: 6, redelivered: false },
  ],
  readyCount: 2,
  unacked: [{ message: 3, redelivered: false, by: 'worker' }],
  unackedCount: 1,
  type: 'classic',
  gone: false,
  active: null,
  consumers: 1,
  delivered: 4,
  acked: 3,
  dropped: 0,
}
const worker: NodeState = {
  ...base,
  kind: 'consumer',
  id: 'worker',
  jobs: [{ message: 3, redelivered: false, state: 'working', startedUs: 0, endsUs: 9000 }],
  jobCount: 1,
  prefetch: 1,
  concurrency: 1,
  ack: 'manual',
  processed: 0,
  failed: 0,
  paused: false,
  crashPoint: null,
  lostCode: -1,
  effects: [],
}
const flight: Flight = {
  link: 1,
  back: true,
  kind: 'ack',
  message: 2,
  count: 1,
  sentUs: 1000,
  arriveUs: 5000,
  redelivered: false,
}
const frame: Frame = {
  timeUs: 2000,
  factIndex: 9,
  nodes: [queue, worker],
  flights: [flight],
  links: [],
  vanished: [],
}
const scenario = { links: [{ id: 'in' }, { id: 'out' }] } as Scenario

describe('where a message is', () => {
  it('given it waits in a queue, then its place in the order and its redelivery are told', () => {
    expect(whereIs(4, frame, scenario)).toEqual([
      { place: 'orders', type: 'node', words: 'is next', redelivered: true },
    ])
    expect(whereIs(6, frame, scenario)[0]?.words).toBe('waits behind 1')
  })
  it('given it was delivered and not acknowledged, then both who holds it and who works are named', () => {
    expect(whereIs(3, frame, scenario).map(({ place, words }) => [place, words])).toEqual([
      ['orders', 'is not acknowledged yet'],
      ['worker', 'is worked on'],
    ])
  })
  it('given only its ack is under way, then that is what is told', () => {
    expect(whereIs(2, frame, scenario)).toEqual([
      { place: 'out', type: 'link', words: 'its ack arrives in 3 ms', redelivered: false },
    ])
  })
  it('given it is nowhere, then nothing is told', () => {
    expect(whereIs(99, frame, scenario)).toEqual([])
  })
})
