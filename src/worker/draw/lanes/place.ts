/** From time and lanes to pixels: where strokes lie under a view, and which of them is nearest to a point. */
import { FORM } from '../../../history/lanes/lane.ts'
import type { LaneIndex } from '../../../history/lanes/laneIndex.ts'
import {
  type LaneLayout,
  laneTop,
  type Rows,
  rowMiddle,
  rowsOf,
} from '../../../history/lanes/layout.ts'
import type { Strokes } from '../../../history/lanes/strokes.ts'
import type { LanesView } from './easel.ts'

export class LanePlace {
  readonly view: LanesView
  readonly layout: LaneLayout
  /** Upper edge and rows of each lane, by the index of its node. */
  readonly tops: Float64Array
  readonly rows: Rows[] = []
  private readonly pxPerUs: number

  constructor(index: LaneIndex, layout: LaneLayout, view: LanesView) {
    this.view = view
    this.layout = layout
    this.pxPerUs = view.width / Math.max(1, view.toUs - view.fromUs)
    this.tops = new Float64Array(index.lanes.length)
    for (const [place, lane] of index.order.entries()) {
      this.tops[lane] = laneTop(layout, place) - view.scrollTop
      this.rows[lane] = rowsOf(layout, index.lanes[lane]?.deepest ?? 1)
    }
  }

  /** Never far outside of the canvas: what lies there is cut off by its edge anyway. */
  x(timeUs: number): number {
    const x = (timeUs - this.view.fromUs) * this.pxPerUs
    return x < -9_999 ? -9_999 : x > 29_999 ? 29_999 : x
  }

  y(lane: number, row: number): number {
    return (this.tops[lane] as number) + rowMiddle(this.rows[lane] as Rows, row)
  }

  widthOf(us: number): number {
    return us * this.pxPerUs
  }

  pitch(lane: number): number {
    return (this.rows[lane] as Rows).pitch
  }

  /** Both ends of stroke `i`: of a line from lane to lane, or of a stretch on one. */
  ends(strokes: Strokes, i: number, into: Float64Array): void {
    const startUs = strokes.startUs[i] as number
    const endUs = strokes.endUs[i] as number
    const fromY = this.y(strokes.fromLane[i] as number, strokes.fromRow[i] as number)
    const toY = this.y(strokes.toLane[i] as number, strokes.toRow[i] as number)
    into[0] = this.x(startUs)
    into[1] = fromY
    into[2] = this.x(endUs)
    into[3] = fromY + (toY - fromY) * (strokes.reach[i] as number)
    this.cut(into)
  }

  nearest(strokes: Strokes, x: number, y: number, radius: number) {
    const ends = new Float64Array(4)
    let best = -1
    let bestDistance = radius
    for (let i = 0; i < strokes.count; i++) {
      if ((strokes.message[i] as number) < 0 || strokes.form[i] === FORM.down) continue
      this.ends(strokes, i, ends)
      const distance = distanceTo(ends, x, y)
      if (distance > bestDistance) continue
      best = i
      bestDistance = distance
    }
    return best < 0 ? null : { message: strokes.message[best] as number }
  }

  /** Cuts a line off at the sides, so that the slope of a long one is right. */
  private cut(ends: Float64Array): void {
    const [x0, y0, x1, y1] = ends as unknown as [number, number, number, number]
    const [left, right] = [-40, this.view.width + 40]
    const at = (x: number) => (x1 === x0 ? y0 : y0 + ((y1 - y0) * (x - x0)) / (x1 - x0))
    if (x0 < left && x1 > left) {
      ends[0] = left
      ends[1] = at(left)
    }
    if (x1 > right && x0 < right) {
      ends[2] = right
      ends[3] = at(right)
    }
  }
}

function distanceTo(ends: Float64Array, x: number, y: number): number {
  const [x0, y0, x1, y1] = ends as unknown as [number, number, number, number]
  const [dx, dy] = [x1 - x0, y1 - y0]
  const length = dx * dx + dy * dy
  const share = length === 0 ? 0 : ((x - x0) * dx + (y - y0) * dy) / length
  const at = share < 0 ? 0 : share > 1 ? 1 : share
  const [fx, fy] = [x0 + dx * at - x, y0 + dy * at - y]
  return Math.sqrt(fx * fx + fy * fy)
}
