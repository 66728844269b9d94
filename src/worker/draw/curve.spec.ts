/** The table of arc lengths against numeric integration, and the spots on it. */
import { describe, expect, it } from 'vitest'
import { curveBetween } from '../../scenario/shapes.ts'
import { arcTable, type Spot, spotAt } from './curve.ts'

const CURVES: [name: string, curve: number[]][] = [
  ['a straight link', curveBetween(0, 0, 200, 0)],
  ['a link that falls', curveBetween(0, 0, 120, 260)],
  ['a link that goes back', curveBetween(300, 40, 0, -80)],
  ['a link between two nodes that touch', curveBetween(0, 0, 0, 0)],
]

/** Speed of the Bézier at a parameter. */
function speed(c: number[], t: number): number {
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0, x3 = 0, y3 = 0, x4 = 0, y4 = 0] = c
  const s = 1 - t
  const d = (a: number, b: number, e: number, f: number) =>
    3 * s * s * (b - a) + 6 * s * t * (e - b) + 3 * t * t * (f - e)
  return Math.hypot(d(x1, x2, x3, x4), d(y1, y2, y3, y4))
}

/** Simpson's rule up to a parameter. */
function lengthUpTo(curve: number[], end: number): number {
  const steps = 2000
  let sum = speed(curve, 0) + speed(curve, end)
  for (let i = 1; i < steps; i++) sum += (i % 2 === 0 ? 2 : 4) * speed(curve, (end * i) / steps)
  return (sum * end) / steps / 3
}

/** The parameter at which a share of the length is reached. */
function parameterAt(curve: number[], share: number): number {
  const target = lengthUpTo(curve, 1) * share
  let [low, high] = [0, 1]
  for (let i = 0; i < 40; i++) {
    const middle = (low + high) / 2
    if (lengthUpTo(curve, middle) < target) low = middle
    else high = middle
  }
  return (low + high) / 2
}

function pointAt(c: number[], t: number): { x: number; y: number } {
  const s = 1 - t
  const at = (i: number) =>
    s * s * s * (c[i] ?? 0) +
    3 * s * s * t * (c[i + 2] ?? 0) +
    3 * s * t * t * (c[i + 4] ?? 0) +
    t * t * t * (c[i + 6] ?? 0)
  return { x: at(0), y: at(1) }
}

const spot: Spot = { x: 0, y: 0, dx: 0, dy: 0 }

describe('the arc length table', () => {
  it.each(CURVES)('given %s, then its length is the integral of its speed', (_name, curve) => {
    expect(arcTable(curve).length).toBeCloseTo(lengthUpTo(curve, 1), 1)
  })

  it.each(CURVES.slice(0, 3))(
    'given %s, then a share of the length lies within a tenth of a pixel of where it is',
    (_name, curve) => {
      const table = arcTable(curve)
      for (const share of [0, 0.1, 0.25, 0.5, 0.77, 0.9, 1]) {
        const { x, y } = spotAt(table, share, spot)
        const exact = pointAt(curve, parameterAt(curve, share))
        expect(Math.hypot(x - exact.x, y - exact.y)).toBeLessThan(0.1)
      }
    },
  )

  it.each(CURVES)('given %s, then it begins and ends at the ports', (_name, curve) => {
    const table = arcTable(curve)
    const start = { ...spotAt(table, 0, spot) }
    const end = { ...spotAt(table, 1, spot) }
    expect([start.x, start.y]).toEqual(curve.slice(0, 2))
    expect(end.x).toBeCloseTo(curve[6] ?? 0, 6)
    expect(end.y).toBeCloseTo(curve[7] ?? 0, 6)
  })

  it('given a share outside of 0 to 1, then it stays at the end', () => {
    const table = arcTable(curveBetween(0, 0, 200, 100))
    expect({ ...spotAt(table, -3, spot) }).toEqual({ ...spotAt(table, 0, spot) })
    expect({ ...spotAt(table, 7, spot) }).toEqual({ ...spotAt(table, 1, spot) })
  })

  it('given any spot, then its direction is a unit vector', () => {
    const table = arcTable(curveBetween(0, 0, 200, 300))
    for (let share = 0; share <= 1; share += 0.05) {
      const { dx, dy } = spotAt(table, share, spot)
      expect(Math.hypot(dx, dy)).toBeCloseTo(1, 9)
    }
  })
})
