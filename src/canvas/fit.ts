/** The view in which the whole drawing is seen. */
import type { Box } from '../scenario/shapes.ts'

export interface Viewport {
  x: number
  y: number
  zoom: number
}

export const ZOOM_MIN = 0.1
export const ZOOM_MAX = 3
/** Below this zoom kinds and keys are not written. */
export const ZOOMED_OUT = 0.5

/** What lies over the canvas at its edges (panels), in CSS pixels. */
export interface Inset {
  left: number
  right: number
  top: number
  bottom: number
}

export const NO_INSET: Inset = { left: 0, right: 0, top: 0, bottom: 0 }

/** The view that shows this point of the drawing in the middle of what is free, at this zoom. */
export function centreAt(
  point: { x: number; y: number; zoom: number },
  width: number,
  height: number,
  inset: Inset,
): Viewport {
  const zoom = Math.max(ZOOM_MIN, Math.min(ZOOM_MAX, point.zoom))
  return {
    x: (inset.left + width - inset.right) / 2 - point.x * zoom,
    y: (inset.top + height - inset.bottom) / 2 - point.y * zoom,
    zoom,
  }
}

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
