/** Numbers over time: each slice shows what the world was in it, however it was read. */
import { describe, expect, test } from 'vitest'
import { must } from '../base/assert.ts'
import type { Queue } from '../brokers/amqp/queue.ts'
import { findExample } from '../scenario/examples/index.ts'
import type { Series } from './answers.ts'
import { History } from './history.ts'
import { SeriesReader, seriesOf } from './series.ts'

const SLICES = 50

function computed(id: string): History {
  const history = new History(must(findExample(id), id).scenario)
  while (history.advance()) {}
  return history
}

function named(series: Series[], name: string): Series {
  return must(
    series.find((each) => each.name === name),
    name,
  )
}

describe('given a queue that fills and empties', () => {
  const scenario = { ...must(findExample('mm1'), 'mm1').scenario, durationMs: 1_000_000 }
  const history = new History(scenario)
  while (history.advance()) {}
  const ready = named(seriesOf(history, 'line', SLICES), 'ready')

  test('when a slice ends, then its last value is what the queue held a moment before', () => {
    for (let slice = 0; slice < SLICES; slice++) {
      history.seek({ atUs: ((slice + 1) * ready.endUs) / SLICES - 1 })
      expect(ready.last[slice]).toBe((history.viewed.part('line') as Queue).readyCount)
    }
  })

  test('when moments of a slice are sought, then the queue was never outside its minimum and maximum', () => {
    for (let atUs = 0; atUs < ready.endUs; atUs += 1_370_000) {
      history.seek({ atUs })
      const { readyCount } = history.viewed.part('line') as Queue
      const slice = Math.floor((atUs / ready.endUs) * SLICES)
      expect(readyCount).toBeGreaterThanOrEqual(ready.min[slice] ?? Number.NaN)
      expect(readyCount).toBeLessThanOrEqual(ready.max[slice] ?? Number.NaN)
    }
  })
})

describe('given a run that is still being computed', () => {
  test('when it is read in pieces, then later slices are unknown and the end is as if read at once', () => {
    const { scenario } = must(findExample('combined'), 'combined')
    const history = new History(scenario)
    const reader = new SeriesReader(history, SLICES)
    while (history.computedUs < history.live.endUs / 2) {
      history.advance(40)
      while (reader.read(7)) {}
    }
    const half = named(reader.of('print-jobs'), 'unacked')
    const reached = Math.floor((history.computedUs / half.endUs) * SLICES)
    expect(half.last[reached - 1]).toBeGreaterThanOrEqual(0)
    expect(half.last[reached + 1]).toBeNaN()
    while (history.advance(40)) while (reader.read(7)) {}
    while (reader.read(7)) {}
    for (const { id } of scenario.nodes)
      expect(reader.of(id)).toEqual(seriesOf(history, id, SLICES))
  })
})

describe('given the examples of the other families', () => {
  test.each([
    ['notifications', 'notifications', ['records', 'lag of email', 'lag of analytics']],
    ['account', 'events', ['events', 'streams']],
    ['account', 'balance', ['lag', 'processed']],
    ['combined', 'relay', ['lag', 'relayed']],
  ])('when %s is over, then %s shows %j', (example, node, names) => {
    const series = seriesOf(computed(example), node, SLICES)
    expect(series.map(({ name }) => name)).toEqual(names)
    for (const { last } of series) expect(last.every((value) => value >= 0)).toBe(true)
  })

  test('when three events came, then their count climbs from 0 to 3', () => {
    const events = named(seriesOf(computed('account'), 'events', SLICES), 'events')
    expect(events.min[0]).toBe(0)
    expect(events.last.at(-1)).toBe(3)
    expect([...events.last]).toEqual([...events.last].toSorted((a, b) => a - b))
  })
})
