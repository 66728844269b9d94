/** Rows that nobody was told of and messages about no row, as conditions count them and as the service itself does. */
import { describe, expect, test } from 'vitest'
import { must } from '../../../base/assert.ts'
import { exampleCalled } from '../../../scenario/examples/index.ts'
import { History } from '../../history.ts'
import { openNumber, openScan } from '../scan.ts'

describe('given services that write to two places', () => {
  test.each(['dual-writes', 'outbox', 'outbox-relays'] as const)(
    'of %s, when ghosts and missing are read after each fact, then the service says the same',
    (id) => {
      const { scenario } = exampleCalled(id)
      const history = new History(scenario, [])
      while (history.advance()) {}
      const services = scenario.nodes.filter(({ kind }) => kind === 'service')
      expect(services.length).toBeGreaterThan(0)
      for (const service of services) {
        const [ghost, missing] = ['ghost', 'missing'].map((word) => {
          const opened = openNumber(history.live, `${word}("${service.id}")`)
          if (!opened.ok) throw new Error(opened.problem.sentence)
          return opened.value.follower
        })
        const [ghosts, absent] = [must(ghost, 'ghost'), must(missing, 'missing')]
        let most = 0
        for (let i = 0; i < history.live.records.facts.count; i++) {
          ghosts.follow(1, () => {})
          absent.follow(1, () => {})
          history.seek({ factIndex: i + 1 })
          const state = history.frame().nodes.find((node) => node.id === service.id)
          if (state?.kind !== 'service') throw new Error('it is a service')
          const read = [ghosts, absent].map((each) => must(each.reads[0], 'a number')(each.nowUs))
          expect(read).toEqual([state.ghosts, state.missing])
          most = Math.max(most, ...read)
        }
        expect(most).toBeGreaterThan(0)
      }
    },
  )

  test('when one is asked of a node that writes to one place, then it is said what it can be asked of', () => {
    const history = new History(exampleCalled('dual-writes').scenario, [])
    expect(openScan(history.live, 'ghost(warehouse) > 0')).toMatchObject({ ok: false })
  })
})
