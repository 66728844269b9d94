/** Inside a queue: what waits, in order, the next at the right; on the shelf below, what is out for acknowledgement. */
import type { QueueState } from '../../../history/frame.ts'
import { type Box, QUEUE_RAIL, queueTray, unackedShelf } from '../../../scenario/shapes.ts'
import { countText } from '../names.ts'
import { FIGURE, NOTE, type Scene, type Type, widthOf, write } from '../scene.ts'
import { GHOST } from '../token.ts'
import { drawFarFigure, drawFigure, drawHeld, drawSlots } from './parts.ts'

const GHOSTS_MAX = 4
const FAR_GHOSTS_MAX = 2
const UNACKED: Type = { ...FIGURE, size: 13 }

export function drawQueue(scene: Scene, state: QueueState, body: Box): void {
  const tray = queueTray(body, state.readyCount, scene.far)
  if (!scene.far && state.readyCount <= 6) drawSlots(scene, tray, state.ready.length, 6)
  drawHeld(scene, tray, state.ready)
  const shelfY = body.y + QUEUE_RAIL + 17
  if (scene.far) {
    drawFarFigure(scene, countText(state.readyCount), 'ready', body.x + 16, shelfY + 9)
    drawHeld(scene, unackedShelf(body), state.unacked.slice(0, FAR_GHOSTS_MAX), GHOST)
    return
  }
  drawFigure(scene, countText(state.readyCount), 'ready', body.x + 14, shelfY)
  drawShelf(scene, state, body, shelfY)
}

/** Still the queue's, until they are acknowledged: as outlines, with whom they are. */
function drawShelf(scene: Scene, state: QueueState, body: Box, y: number): void {
  drawHeld(scene, unackedShelf(body), state.unacked.slice(0, GHOSTS_MAX), GHOST)
  const holders = [...new Set(state.unacked.map((held) => held.by))]
  const held = holders.length === 0 ? '' : `, held by ${holders.join(', ')}`
  const x = body.x + 14
  const count = countText(state.unackedCount)
  write(scene, count, x, y + 21, UNACKED)
  const at = x + widthOf(scene, count, UNACKED) + 4
  write(scene, `unacked${held}`, at, y + 22, NOTE, body.x + body.width - 12 - at)
}
