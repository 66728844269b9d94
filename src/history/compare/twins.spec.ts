/** A message has the same twin whether one asks for it alone or for all of them. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { systems } from '../../testing/systems.ts'
import { History } from '../history.ts'
import { NO_TWIN, twinInSteps, twinsOf } from './twins.ts'

test('given any run and one that goes another way, then the twin of each message is the one among all twins, and it is twin to it', () => {
  let twins = 0
  fc.assert(
    fc.property(systems, ({ scenario, script, seed }) => {
      const [here, there] = [script, []].map((actions) => {
        const history = new History(scenario, actions, { seed, factsMax: 3_000 })
        while (history.advance()) {}
        return history.live
      })
      if (!here || !there) return
      const [own, other] = [here.records.messages.count, there.records.messages.count]
      const all = twinsOf(here, own, there, other)
      const back = twinsOf(there, other, here, own)
      for (let message = 0; message < own; message += 1 + Math.floor(own / 20)) {
        const steps = twinInSteps(here, message, there, 100)
        let step = steps.next()
        while (!step.done) step = steps.next()
        expect(step.value).toBe(all[message])
        if (step.value === NO_TWIN) continue
        twins++
        expect(back[step.value]).toBe(message)
      }
    }),
    { numRuns: 100 },
  )
  expect(twins).toBeGreaterThan(200)
})
