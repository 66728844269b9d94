/** Where lanes lie, in CSS pixels: the same for the painter in the worker and for the names on the page. */

/** The ruler above the lanes. */
export const RULER_PX = 26
/** No lane is lower than this; what does not fit is scrolled to. */
const LANE_MIN_PX = 44
/** Few lanes do not grow beyond this. */
const LANE_MAX_PX = 240
/** Above the first row and below the last. */
const PAD_PX = 12
/** Rows closer than this cannot be told apart. */
const PITCH_MIN_PX = 7
const PITCH_MAX_PX = 22

export interface LaneLayout {
  /** Height of each lane, and of all with the ruler. */
  lanePx: number
  totalPx: number
  /** Rows that a lane has room for. */
  rows: number
}

export function layLanes(lanes: number, heightPx: number): LaneLayout {
  const free = (heightPx - RULER_PX) / Math.max(1, lanes)
  const lanePx = Math.floor(Math.min(LANE_MAX_PX, Math.max(LANE_MIN_PX, free)))
  const rows = Math.max(1, Math.floor((lanePx - 2 * PAD_PX) / PITCH_MIN_PX))
  return { lanePx, totalPx: RULER_PX + lanes * lanePx, rows }
}

/** The upper edge of the lane at `place`, counted from above. */
export function laneTop(layout: LaneLayout, place: number): number {
  return RULER_PX + place * layout.lanePx
}

/** The rows of one lane. */
export interface Rows {
  pitch: number
  /** The middle of the first one, from the lane's upper edge. */
  first: number
  count: number
}

/** The rows of a lane in which never more than `deepest` lay below one another: in its middle. */
export function rowsOf(layout: LaneLayout, deepest: number): Rows {
  const count = Math.min(layout.rows, Math.max(1, deepest))
  const fitting = (layout.lanePx - 2 * PAD_PX) / count
  const pitch = Math.min(PITCH_MAX_PX, Math.max(PITCH_MIN_PX, fitting))
  return { pitch, first: (layout.lanePx - pitch * (count - 1)) / 2, count }
}

/** The middle of a row, from the lane's upper edge; rows beyond the last one lie on it. */
export function rowMiddle({ pitch, first, count }: Rows, row: number): number {
  return first + Math.min(row, count - 1) * pitch
}
