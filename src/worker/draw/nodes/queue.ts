/** Inside a queue: what waits, in order, the next at the right; on the shelf below, what is out for acknowledgement. */
import type { QueueState } from '../../../history/frame.ts'
import { type Box, QUEUE_RAIL, queueTray, unackedShelf } from '../../../scenario/shapes.ts'
import { countText } from '../names.ts'
import { FIGURE, NOTE, type Scene, type Type, widthOf, write } from '../scene.ts'
import { GHOST } from '../token.ts'
import { drawFarFigure, drawFigure, drawHeld, drawNoteEnd, drawSlots } from './parts.ts'

const GHOSTS_MAX = 3
const UNACKED: Type = { ...FIGURE, align: 'right' }

export function drawQueue(scene: Scene, state: QueueState, body: Box): void {
  const tray = queueTray(body, state.readyCount, scene.far)
  if (!scene.far && state.readyCount <= 6) drawSlots(scene, tray, state.ready.length, 6)
  drawHeld(scene, tray, state.ready)
  const shelfY = body.y + QUEUE_RAIL + 17
  if (scene.far) {
    drawFarFigure(scene, countText(state.readyCount), 'ready', body.x + 16, shelfY + 9)
    drawHeld(scene, unackedShelf(body), state.unacked.slice(0, GHOSTS_MAX), GHOST)
    return
  }
  drawFigure(scene, countText(state.readyCount), 'ready', body.x + 14, shelfY)
  drawShelf(scene, state, body, shelfY)
}

function drawShelf(scene: Scene, state: QueueState, body: Box, y: number): void {
  const shelf = unackedShelf(body)
  const shown = state.unacked.slice(0, GHOSTS_MAX)
  drawHeld(scene, shelf, shown, GHOST)
  const edge = body.x + body.width - 14
  const right = edge - 2 - shown.length * shelf.cellWidth
  write(scene, 'unacked', right, y + 1, NOTE_END)
  write(
    scene,
    countText(state.unackedCount),
    right - widthOf(scene, 'unacked', NOTE) - 4,
    y,
    UNACKED,
  )
  const holders = [...new Set(state.unacked.map((held) => held.by))]
  if (holders.length === 0) return
  drawNoteEnd(scene, `held by ${holders.join(', ')}`, edge, y + 21, 200)
}

const NOTE_END: Type = { ...NOTE, align: 'right' }
