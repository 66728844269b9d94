/** The whole name of a message beside its token, where there is room for it. */
import type { Flight } from '../../history/frame.ts'
import { TOKEN } from '../../scenario/shapes.ts'
import { nameOf, type Scene, type Type, widthOf, write } from './scene.ts'

const LABEL: Type = { size: 11, weight: 550, role: 'inkSoft', align: 'center' }
const MARGIN = 6
/** Over how many flow units a label appears. */
const FADE = 12

/** `alone` is the distance to the next token. A label fades in and out where the nodes begin, so that it never covers them. */
export function drawFlightLabel(
  scene: Scene,
  length: number,
  share: number,
  flight: Flight,
  x: number,
  y: number,
  alone: number,
): void {
  const look = scene.looks.get(flight.message)
  if (!look || scene.far || look.label === nameOf(look)) return
  const width = widthOf(scene, look.label, LABEL)
  const fromEnd = Math.min(share, 1 - share) * length
  const room = Math.min(alone - width - MARGIN, fromEnd - width / 2)
  if (room <= 0) return
  const { pen } = scene
  const alpha = pen.globalAlpha
  pen.globalAlpha = alpha * Math.min(1, room / FADE)
  write(scene, look.label, x, y + (TOKEN.height / 2) * scene.scale + 10, LABEL)
  pen.globalAlpha = alpha
}
