/** Draws what happened when: a bar a slice, standing on the rail, and the hairlines of the ruler below it. */
import type { Density } from '../session/session.ts'
import type { Palette } from '../ui/theme.ts'
import { fractionOf, type Tick } from './scale.ts'

interface StripSize {
  widthPx: number
  /** Of the bars; the ruler's hairlines hang below. */
  heightPx: number
  tickPx: number
}

export function drawDensity(
  context: CanvasRenderingContext2D,
  { widthPx, heightPx, tickPx }: StripSize,
  palette: Palette,
  density: Density | null,
  endUs: number,
  ticks: readonly Tick[],
): void {
  context.clearRect(0, 0, widthPx, heightPx + tickPx)
  context.fillStyle = palette.lineStrong
  if (density) {
    for (const bar of bars(density, endUs, widthPx, heightPx)) {
      context.fillRect(bar.x, heightPx - bar.height, bar.width, bar.height)
    }
  }
  for (const tick of ticks) {
    const x = Math.round(fractionOf(tick.timeUs, endUs) * widthPx)
    context.globalAlpha = tick.label ? 1 : 0.45
    context.fillRect(Math.min(x, widthPx - 1), heightPx, 1, tick.label ? tickPx : tickPx / 2)
  }
  context.globalAlpha = 1
}

interface Bar {
  x: number
  width: number
  height: number
}

const leastPx = 2

/** Heights grow with the square root of the count: a burst does not flatten the rest, and one fact can be seen. */
export function bars(density: Density, endUs: number, widthPx: number, heightPx: number): Bar[] {
  const { counts } = density
  let most = 0
  for (const count of counts) most = Math.max(most, count)
  const pitch = (fractionOf(density.endUs, endUs) * widthPx) / Math.max(1, counts.length)
  const width = Math.max(1, pitch - (pitch >= 3 ? 1 : 0))
  const drawn: Bar[] = []
  counts.forEach((count, slice) => {
    if (count === 0) return
    const height = leastPx + Math.sqrt(count / most) * (heightPx - leastPx)
    drawn.push({ x: slice * pitch, width, height })
  })
  return drawn
}
