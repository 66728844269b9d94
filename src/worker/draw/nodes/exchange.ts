/** Inside an exchange: how many messages it has routed, and how many had nowhere to go. */
import type { ExchangeState } from '../../../history/frame.ts'
import type { Box } from '../../../scenario/shapes.ts'
import { countText } from '../names.ts'
import { FIGURE, type Scene, type Type, write } from '../scene.ts'
import { drawFarFigure } from './parts.ts'

const ROUTED: Type = { ...FIGURE, size: 13, align: 'center' }
const WORD: Type = { size: 10.5, weight: 400, role: 'quiet', align: 'center' }
const LOST: Type = { size: 11, weight: 550, role: 'danger', align: 'center' }

export function drawExchange(scene: Scene, state: ExchangeState, body: Box): void {
  const x = body.x + body.width / 2
  const bottom = body.y + body.height
  if (scene.far) {
    const figure = countText(state.routed)
    drawFarFigure(scene, figure, '', x - 8 * figure.length, bottom - 32)
  } else {
    write(scene, countText(state.routed), x, bottom - 38, ROUTED)
    write(scene, 'routed', x, bottom - 24, WORD)
  }
  if (state.unroutable > 0) {
    write(scene, `${countText(state.unroutable)} unroutable`, x, bottom + 12, LOST)
  }
}
