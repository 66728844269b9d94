/** The window of the lanes: it never leaves the run, keeps what is under the pointer, and goes with the playhead. */
import '../../testing/seed.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  followed,
  moved,
  readWindow,
  type TimeWindow,
  wholeRun,
  windowText,
  zoomed,
} from './timeWindow.ts'

const endUs = 60_000_000

describe('given the whole run', () => {
  test('when it is zoomed into at a moment, then that moment stays under the pointer', () => {
    const window = zoomed(wholeRun(endUs), 4, 0.5, endUs)
    expect(window).toEqual({ fromUs: 22_500_000, toUs: 37_500_000 })
    expect(zoomed(window, 2, 0.2, endUs).fromUs).toBe(24_000_000)
  })

  test('when it is zoomed out, then it stays the whole run', () => {
    expect(zoomed(wholeRun(endUs), 0.1, 0.3, endUs)).toEqual(wholeRun(endUs))
  })
})

describe('given a part of the run', () => {
  const part: TimeWindow = { fromUs: 10_000_000, toUs: 20_000_000 }

  test('when the playhead is in its first part, then it stays', () => {
    expect(followed(part, 12_000_000, endUs)).toBe(part)
  })

  test('when the playhead nears its end, then it goes along', () => {
    const next = followed(part, 19_500_000, endUs)
    expect(next).toEqual({ fromUs: 11_000_000, toUs: 21_000_000 })
  })

  test('when the playhead is elsewhere, then it goes there', () => {
    const next = followed(part, 40_000_000, endUs)
    expect(next.fromUs).toBeLessThan(40_000_000)
    expect(next.toUs).toBeGreaterThan(40_000_000)
  })
})

describe('given a window in a link', () => {
  test('when it is read, then it is the one that was written', () => {
    const window = { fromUs: 1_234_567, toUs: 2_000_000 }
    expect(readWindow(windowText(window), endUs)).toEqual(window)
  })

  test.each(['', '5', '9-3', '-1-5', '1-2-3', '1e3-2e3', '<script>'])(
    'when it says %s, then there is none',
    (text) => expect(readWindow(text, endUs)).toBe(null),
  )

  test('when it lies beyond the end, then it is moved into the run', () => {
    expect(readWindow('70000000-80000000', endUs)).toEqual({ fromUs: 50_000_000, toUs: endUs })
  })
})

test('whatever is done, the window lies in the run and has a length', () => {
  const step = fc.oneof(
    fc.record({
      zoom: fc.double({ min: 0.01, max: 100, noNaN: true }),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
    fc.record({ byUs: fc.integer({ min: -endUs, max: endUs }) }),
    fc.record({ timeUs: fc.nat(endUs) }),
  )
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      let window = wholeRun(endUs)
      for (const each of steps) {
        if ('zoom' in each) window = zoomed(window, each.zoom, each.share, endUs)
        else if ('byUs' in each) window = moved(window, each.byUs, endUs)
        else window = followed(window, each.timeUs, endUs)
        expect(window.fromUs).toBeGreaterThanOrEqual(0)
        expect(window.toUs).toBeLessThanOrEqual(endUs)
        expect(window.toUs - window.fromUs).toBeGreaterThanOrEqual(200)
        if ('timeUs' in each) {
          expect(each.timeUs).toBeGreaterThanOrEqual(window.fromUs)
          expect(each.timeUs).toBeLessThanOrEqual(window.toUs)
        }
      }
    }),
  )
})
