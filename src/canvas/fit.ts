/** The view in which the whole drawing is seen. */
import type { Box } from '../scenario/shapes.ts'

export interface Viewport {
  x: number
  y: number
  zoom: number
}

export const ZOOM_MIN = 0.1
export const ZOOM_MAX = 3

/** Centres the boxes in a space of `width × height` with `margin` CSS pixels around, at most at `most` zoom. */
export function fitBoxes(
  boxes: readonly Box[],
  width: number,
  height: number,
  margin: number,
  most: number,
): Viewport {
  if (boxes.length === 0) return { x: width / 2, y: height / 2, zoom: 1 }
  const left = Math.min(...boxes.map((box) => box.x))
  const top = Math.min(...boxes.map((box) => box.y))
  const right = Math.max(...boxes.map((box) => box.x + box.width))
  const bottom = Math.max(...boxes.map((box) => box.y + box.height))
  const zoomX = Math.max(1, width - 2 * margin) / Math.max(1, right - left)
  const zoomY = Math.max(1, height - 2 * margin) / Math.max(1, bottom - top)
  const zoom = Math.max(ZOOM_MIN, Math.min(most, zoomX, zoomY))
  return {
    x: width / 2 - (zoom * (left + right)) / 2,
    y: height / 2 - (zoom * (top + bottom)) / 2,
    zoom,
  }
}

/** How much a name is enlarged so that it can be read from further away, without running into its neighbours. */
export function titleScale(zoom: number): number {
  return Math.max(1, Math.min(1.9, 0.78 / zoom))
}
