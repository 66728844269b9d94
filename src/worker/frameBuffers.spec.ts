/** What is asked to be drawn, and what was, arrive as they left. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FrameBuffers, readDraw, readDrawn, writeDraw, writeDrawn } from './frameBuffers.ts'

const number = fc.double({ noNaN: true, noDefaultInfinity: true })
const views = fc.record({
  x: number,
  y: number,
  zoom: number,
  width: number,
  height: number,
  pixelRatio: number,
})
const runs = fc.string({ maxLength: 28, unit: 'grapheme' }).filter(({ length }) => length <= 56)

describe('given any frame of any run', () => {
  test('when it is asked for and answered in a buffer that was used before, then it is what was asked and answered', () => {
    const buffers = new FrameBuffers()
    const moments = fc.oneof(
      fc.record({ atUs: fc.maxSafeNat() }),
      fc.record({ factIndex: fc.maxSafeNat() }),
    )
    fc.assert(
      fc.property(runs, moments, views, runs, fc.maxSafeNat(), (run, moment, view, other, us) => {
        const numbers = buffers.take()
        const draw = { type: 'draw', run, moment, view } as const
        writeDraw(numbers, draw)
        expect(readDraw(numbers)).toEqual(draw)
        const drawn = { type: 'drawn', run: other, timeUs: us, factIndex: us >> 1, view } as const
        writeDrawn(numbers, drawn)
        expect(readDrawn(numbers)).toEqual(drawn)
        buffers.giveBack(numbers)
      }),
    )
  })

  test('when a name is too long for a buffer, then it is an error with the name', () => {
    const view = { x: 0, y: 0, zoom: 1, width: 1, height: 1, pixelRatio: 1 }
    const draw = { type: 'draw', run: 'r'.repeat(57), moment: { atUs: 0 }, view } as const
    expect(() => writeDraw(new FrameBuffers().take(), draw)).toThrow('rrr has too long a name')
  })
})
