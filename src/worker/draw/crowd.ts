/**
 * More messages on a link than can be told apart: a ribbon along it. Each of its bins is as strong as it is
 * full and has the hue of most that are in it; their number stands beside it.
 */
import { type ArcTable, type Spot, spotAt } from './curve.ts'
import { hueOf } from './inks.ts'
import { countText } from './names.ts'
import { type Scene, type Type, write } from './scene.ts'

const BINS = 32
const HUES = 8
const COUNT: Type = { size: 12, weight: 650, role: 'ink', align: 'center' }

export interface Crowd {
  clear(): void
  add(share: number, hue: number, count: number): void
  draw(scene: Scene, table: ArcTable): void
}

export function createCrowd(): Crowd {
  const hues = new Int32Array(BINS * HUES)
  const counts = new Int32Array(BINS)
  const spot: Spot = { x: 0, y: 0, dx: 1, dy: 0 }
  let total = 0

  const mostOf = (bin: number): number => {
    let most = 0
    for (let hue = 1; hue < HUES; hue++) {
      if ((hues[bin * HUES + hue] ?? 0) > (hues[bin * HUES + most] ?? 0)) most = hue
    }
    return most
  }

  /** A piece of the ribbon as a quadrangle: filling one costs less than stroking a line. */
  const drawBin = (scene: Scene, table: ArcTable, bin: number, fullest: number): void => {
    const { pen, inks } = scene
    const full = (counts[bin] ?? 0) / fullest
    const half = (2 + 4 * full) * scene.scale
    pen.beginPath()
    const { x, y, dx, dy } = spotAt(table, bin / BINS, spot)
    pen.moveTo(x - dy * half, y + dx * half)
    pen.lineTo(x + dy * half, y - dx * half)
    const end = spotAt(table, (bin + 1) / BINS, spot)
    pen.lineTo(end.x + end.dy * half, end.y - end.dx * half)
    pen.lineTo(end.x - end.dy * half, end.y + end.dx * half)
    pen.closePath()
    pen.fillStyle = hueOf(inks, mostOf(bin))
    pen.globalAlpha = 0.35 + 0.65 * full
    pen.fill()
  }

  return {
    clear: () => {
      hues.fill(0)
      counts.fill(0)
      total = 0
    },
    add: (share, hue, count) => {
      const bin = Math.min(BINS - 1, Math.floor(share * BINS))
      counts[bin] = (counts[bin] ?? 0) + count
      hues[bin * HUES + (hue & 7)] = (hues[bin * HUES + (hue & 7)] ?? 0) + count
      total += count
    },
    draw: (scene, table) => {
      const alpha = scene.pen.globalAlpha
      let fullest = 1
      for (let bin = 0; bin < BINS; bin++) fullest = Math.max(fullest, counts[bin] ?? 0)
      for (let bin = 0; bin < BINS; bin++) if (counts[bin]) drawBin(scene, table, bin, fullest)
      scene.pen.globalAlpha = alpha
      const { x, y, dx, dy } = spotAt(table, 0.5, spot)
      const aside = 17 * scene.scale
      write(scene, `×${countText(total)}`, x - dy * aside, y + dx * aside, COUNT)
    },
  }
}
