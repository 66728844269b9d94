/** A proposal can be run, and says something: round values over a range in which the measure moves. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { must } from '../../base/assert.ts'
import { findExample } from '../../scenario/examples/index.ts'
import { scenarios } from '../../testing/arbitrary.ts'
import { proposeSweep } from './proposal.ts'
import { withSetting } from './settings.ts'
import { spaced } from './sweep.ts'

const propose = (id: string) => {
  const { setting, measure, ...range } = must(proposeSweep(must(findExample(id), id).scenario), id)
  return { setting: setting.id, measure: measure.id, ...range }
}

describe('given a scenario', () => {
  test('when it is the textbook queue, then its service is varied as far as there is a steady state', () => {
    expect(propose('mm1')).toEqual({
      setting: 'node/server/service/meanMs',
      measure: 'line/waiting/meanMs',
      from: 300,
      to: 1100,
      steps: 9,
    })
  })

  test('when it is one of the article’s, then there is something to vary and to measure', () => {
    expect(propose('orders')).toMatchObject({
      setting: 'node/worker/service/ms',
      measure: 'orders/waiting/meanMs',
    })
    expect(propose('account').setting).toBe('node/account/service/ms')
    expect(propose('notifications').measure).toMatch(/waiting\/meanMs$/)
  })

  test('when nothing waits in line, then it is told how long a command takes, and how far a view is behind', () => {
    expect(propose('account').measure).toBe('account/sojourn/meanMs')
    expect(propose('stale-read').measure).toBe('balance/levels/lag/mean')
  })

  test('when several work, then the slowest is varied', () => {
    expect(propose('orders-fanout').setting).toBe('node/shipping/service/ms')
  })

  test('when it is any, then every value of the range is a valid scenario', () => {
    fc.assert(
      fc.property(scenarios(), (scenario) => {
        const proposal = proposeSweep(scenario)
        if (!proposal) return
        const { setting, from, to, steps } = proposal
        expect(steps).toBeGreaterThan(0)
        expect(steps).toBeLessThan(41)
        for (const value of spaced(setting, from, to, steps)) {
          expect(withSetting(scenario, setting, value)).toMatchObject({ ok: true })
        }
      }),
      { numRuns: 60 },
    )
  })
})
