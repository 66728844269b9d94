/** The fold of a prefix is the same however it is come by. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PrefixFold } from './prefixFold.ts'

test('given lengths in any order, when each is folded, then the state is that of the plain fold', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 2000 }), { maxLength: 30 }), (lengths) => {
      const fold = new PrefixFold<number[], number>(
        {
          initialState: () => [0, 0],
          evolve: (state, event) => {
            state[0] = (state[0] as number) + event
            state[1] = event
            return state
          },
          copy: (state) => [...state],
        },
        (from, to) => Array.from({ length: to - from }, (_, i) => (from + i) * 3 + 1),
      )
      for (const length of lengths) {
        let sum = 0
        for (let i = 0; i < length; i++) sum += i * 3 + 1
        expect(fold.after(length)).toEqual([sum, length === 0 ? 0 : (length - 1) * 3 + 1])
      }
    }),
  )
})
