/**
 * Where a share of a link's length lies: a table of equal steps of arc length along the cubic Bézier, made
 * once a curve by arithmetic alone, because asking the SVG path costs 150 times as much.
 */
import { assert } from '../../base/assert.ts'

const CHORDS = 256
const STEPS = 64
/** x, y, and the unit tangent. */
const STRIDE = 4

export interface ArcTable {
  length: number
  /** STEPS + 1 points, STRIDE numbers each. */
  points: Float64Array
}

/** A point on a curve and the direction there, as a unit vector. */
export interface Spot {
  x: number
  y: number
  dx: number
  dy: number
}

const chordX = new Float64Array(CHORDS + 1)
const chordY = new Float64Array(CHORDS + 1)
const chordAt = new Float64Array(CHORDS + 1)

export function arcTable(curve: readonly number[]): ArcTable {
  assert(curve.length === 8, `a link's curve has 8 numbers, not ${curve.length}`)
  const length = layChords(curve)
  const points = new Float64Array((STEPS + 1) * STRIDE)
  let chord = 1
  for (let step = 0; step <= STEPS; step++) {
    const target = (length * step) / STEPS
    while (chord < CHORDS && (chordAt[chord] ?? 0) < target) chord++
    writePoint(points, step * STRIDE, chord, target)
  }
  return { length, points }
}

/** Fills the scratch tables with points at equal parameters and the length up to each. */
function layChords(c: readonly number[]): number {
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0, x3 = 0, y3 = 0, x4 = 0, y4 = 0] = c
  let length = 0
  for (let i = 0; i <= CHORDS; i++) {
    const t = i / CHORDS
    const s = 1 - t
    const [a, b, d, e] = [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t]
    const x = a * x1 + b * x2 + d * x3 + e * x4
    const y = a * y1 + b * y2 + d * y3 + e * y4
    if (i > 0) length += Math.hypot(x - (chordX[i - 1] ?? 0), y - (chordY[i - 1] ?? 0))
    chordX[i] = x
    chordY[i] = y
    chordAt[i] = length
  }
  return length
}

function writePoint(points: Float64Array, at: number, chord: number, target: number): void {
  const [fromX = 0, toX = 0] = [chordX[chord - 1], chordX[chord]]
  const [fromY = 0, toY = 0] = [chordY[chord - 1], chordY[chord]]
  const [fromAt = 0, toAt = 0] = [chordAt[chord - 1], chordAt[chord]]
  const span = toAt - fromAt
  const share = span > 0 ? Math.min(1, (target - fromAt) / span) : 0
  points[at] = fromX + share * (toX - fromX)
  points[at + 1] = fromY + share * (toY - fromY)
  points[at + 2] = span > 0 ? (toX - fromX) / span : 1
  points[at + 3] = span > 0 ? (toY - fromY) / span : 0
}

/** The spot at a share (0 to 1) of the length, written into `out`. */
export function spotAt(table: ArcTable, share: number, out: Spot): Spot {
  const at = Math.max(0, Math.min(1, share)) * STEPS
  const step = Math.min(STEPS - 1, Math.floor(at))
  const rest = at - step
  const p = table.points
  const i = step * STRIDE
  const j = i + STRIDE
  out.x = (p[i] ?? 0) + rest * ((p[j] ?? 0) - (p[i] ?? 0))
  out.y = (p[i + 1] ?? 0) + rest * ((p[j + 1] ?? 0) - (p[i + 1] ?? 0))
  out.dx = p[i + 2] ?? 1
  out.dy = p[i + 3] ?? 0
  return out
}
