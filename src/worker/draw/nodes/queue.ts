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
  if (state.maxPriority !== undefined && !scene.far) drawLanes(scene, state, body)
  else {
    const tray = queueTray(body, state.readyCount, scene.far)
    if (!scene.far && state.readyCount <= 6) drawSlots(scene, tray, state.ready.length, 6)
    drawHeld(scene, tray, state.ready)
  }
  const shelfY = body.y + QUEUE_RAIL + 17
  if (scene.far) {
    drawFarFigure(scene, countText(state.readyCount), 'ready', body.x + 16, shelfY + 9)
    drawHeld(scene, unackedShelf(body), state.unacked.slice(0, FAR_GHOSTS_MAX), GHOST)
    return
  }
  const word = state.type === 'stream' ? 'kept' : 'ready'
  const next = drawFigure(scene, countText(state.readyCount), word, body.x + 14, shelfY)
  if (state.active !== null) {
    const room = body.x + body.width - 12 - next
    write(scene, `single active: ${state.active}`, next, shelfY + 1, NOTE, room)
  }
  drawShelf(scene, state, body, shelfY)
}

const LANES_MAX = 4
const LANE_NAME: Type = { ...NOTE, size: 9.5, align: 'right' }

/** One lane a priority that is there, the most urgent on top; the next to go lies at the right of its lane. */
function drawLanes(scene: Scene, state: QueueState, body: Box): void {
  const levels = [...new Set(state.ready.map(({ priority }) => priority ?? 0))]
  levels.sort((a, b) => b - a)
  const shown = levels.slice(0, LANES_MAX)
  const height = Math.min(24, 52 / Math.max(1, shown.length))
  shown.forEach((level, i) => {
    const y = body.y + 6 + i * height
    const held = state.ready.filter(({ priority }) => (priority ?? 0) === level)
    const columns = Math.floor((body.width - 42) / Math.max(19, height + 6))
    drawHeld(
      scene,
      {
        x: body.x + 30,
        y,
        columns,
        rows: 1,
        cellWidth: (body.width - 42) / columns,
        cellHeight: height,
        fromRight: true,
      },
      held,
    )
    write(scene, `p${level}`, body.x + 26, y + height / 2, LANE_NAME)
  })
  if (levels.length > LANES_MAX) {
    write(
      scene,
      `+${levels.length - LANES_MAX} lower`,
      body.x + body.width - 12,
      body.y + 58,
      LANE_NAME,
    )
  }
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
