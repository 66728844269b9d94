/** The append that an event came of is found whatever lies between: loads, and commands that came to nothing. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Records } from '../../engine/records.ts'
import { Requests } from './requests.ts'

test('given any row of loads and appends, then each event names its append, and what comes later is not known', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(4), { maxLength: 60 }), fc.nat(60), (sizes, cut) => {
      const requests = new Requests(new Records(), 0)
      const count = Math.min(cut, sizes.length)
      const owners: number[] = []
      sizes.forEach((eventCount, number) => {
        const kind = eventCount === 0 ? 'load' : 'append'
        const firstEvent = eventCount === 0 ? -1 : owners.length
        requests.put(number, {
          ...{ kind, command: number, stream: 0, expected: number, firstEvent, eventCount },
        })
        for (let i = 0; i < eventCount; i++) owners.push(number)
      })
      owners.forEach((owner, event) => {
        const found = requests.appendOf(event, count)?.command ?? null
        expect(found).toBe(owner < count ? owner : null)
      })
    }),
  )
})
