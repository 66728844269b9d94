/** Inside a producer: a dial that runs out when it publishes next, and how many it has published. */
import type { ProducerState } from '../../../history/frame.ts'
import type { Box } from '../../../scenario/shapes.ts'
import { countText, durationText } from '../names.ts'
import type { Scene } from '../scene.ts'
import { drawFarFigure, drawFigure, drawNote } from './parts.ts'

/** One turn of the dial. */
export const TURN_US = 1_000_000

export function drawProducer(scene: Scene, state: ProducerState, body: Box): void {
  const [x, y] = [body.x + 28, body.y + body.height / 2]
  const leftUs = state.nextAtUs === null ? 0 : Math.max(0, state.nextAtUs - scene.frame.timeUs)
  drawDial(scene, x, y, Math.min(1, leftUs / TURN_US), state.nextAtUs !== null)
  if (scene.far) {
    drawFarFigure(scene, countText(state.published), '', body.x + 60, y)
    return
  }
  const textX = body.x + 52
  if (state.confirms || state.returned > 0) {
    drawFigure(scene, countText(state.published), 'published', textX, y - 9)
    drawNote(scene, fatesOf(state), textX, y + 11)
    return
  }
  if (state.nextAtUs === null) {
    drawFigure(scene, countText(state.published), 'published', textX, y)
    return
  }
  drawFigure(scene, countText(state.published), 'published', textX, y - 9)
  drawNote(scene, `next in ${durationText(leftUs)}`, textX, y + 11)
}

/** What it knows of its messages. */
function fatesOf(state: ProducerState): string {
  if (state.awaiting > 0) return `${state.awaiting} unconfirmed`
  if (state.gaveUp > 0) return `${state.gaveUp} given up`
  return state.confirms ? `${state.confirmed} confirmed` : `${state.returned} returned`
}

export function drawDial(
  scene: Scene,
  x: number,
  y: number,
  share: number,
  running: boolean,
): void {
  const { pen, inks } = scene
  const radius = 14
  pen.beginPath()
  pen.arc(x, y, radius, 0, 2 * Math.PI)
  pen.lineWidth = 3
  pen.strokeStyle = inks.line
  pen.stroke()
  if (!running) return
  const from = -Math.PI / 2
  const to = from + share * 2 * Math.PI
  pen.beginPath()
  pen.arc(x, y, radius, from, to)
  pen.lineCap = 'butt'
  pen.strokeStyle = inks.accent
  pen.stroke()
  pen.beginPath()
  pen.moveTo(x, y)
  pen.lineTo(x + Math.cos(to) * (radius - 4), y + Math.sin(to) * (radius - 4))
  pen.lineCap = 'round'
  pen.lineWidth = 2
  pen.strokeStyle = inks.inkSoft
  pen.stroke()
}
