/** What is offered as a measure can be measured. */
import { describe, expect, test } from 'vitest'
import { EXAMPLES } from '../../scenario/examples/index.ts'
import { History } from '../history.ts'
import { RunMeter } from '../metrics/runMeter.ts'
import { measuresOf } from './measures.ts'

describe('given a run of any family', () => {
  test.each(EXAMPLES)(
    'when $id is measured, then what was timed is offered, and nothing that never is',
    ({ scenario }) => {
      const history = new History(scenario, [])
      while (history.advance()) {}
      const meter = new RunMeter(history.live)
      meter.read()
      const offered = new Set(measuresOf(scenario).map(({ id }) => id))
      for (const numbers of meter.numbers(history.live.endUs).nodes) {
        for (const time of ['waiting', 'sojourn'] as const) {
          const isOffered = offered.has(`${numbers.node}/${time}/meanMs`)
          if (numbers[time] !== null) expect([numbers.node, time, isOffered]).toContain(true)
          else if (numbers.throughputPerS > 0) {
            expect([numbers.node, time, isOffered]).toContain(false)
          }
        }
      }
      const hasStore = scenario.nodes.some(({ kind }) => kind === 'eventStore')
      expect(offered.has('outcomes/negativeBalance')).toBe(hasStore)
    },
  )
})
