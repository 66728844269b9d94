/**
 * Inside a command handler: the command that it decides on, and how many it accepted and refused. The latest command
 * that came to nothing hangs from its edge as a card (`refusal.ts`).
 */
import type { CommandHandlerState } from '../../../history/sourcingStates.ts'
import { type Box, cellCentre, workRings } from '../../../scenario/shapes.ts'
import { countText } from '../names.ts'
import { FIGURE, NOTE, type Scene, type Type, write } from '../scene.ts'
import { drawFarFigure, drawFigure, drawNote, drawOneJob } from './parts.ts'
import { drawRefusal, hasRoomFor } from './refusal.ts'

const REFUSED: Type = { ...FIGURE, role: 'danger' }

export function drawCommandHandler(scene: Scene, state: CommandHandlerState, body: Box): void {
  drawOneJob(scene, body, state.jobs[0])
  const ring = cellCentre(workRings(body, 1), 0, { x: 0, y: 0 })
  const x = ring.x + 36
  const isRefused = hasRoomFor(scene, state)
  if (scene.far) drawFarFigure(scene, countText(state.accepted), 'done', x, ring.y)
  else {
    drawFigures(scene, state, x, ring.y - 11)
    drawNotes(scene, state, x, body, isRefused)
  }
  if (isRefused) drawRefusal(scene, state, body)
}

function drawFigures(scene: Scene, state: CommandHandlerState, x: number, y: number): void {
  const { accepted, rejectedCount, conflicts } = state
  drawFigure(scene, countText(accepted), 'accepted', x, y)
  const type = rejectedCount > 0 ? REFUSED : FIGURE
  const next = drawFigure(scene, countText(rejectedCount), 'rejected', x, y + 22, type)
  if (conflicts === 0) return
  drawNote(
    scene,
    `${countText(conflicts)} ${conflicts === 1 ? 'conflict' : 'conflicts'}`,
    next,
    y + 23,
  )
}

/** What waits, and what the last loading has cost: the card takes the room of the latter. */
function drawNotes(
  scene: Scene,
  { jobCount, cost }: CommandHandlerState,
  x: number,
  body: Box,
  isRefused: boolean,
): void {
  const bottom = body.y + body.height
  const waiting = jobCount - 1
  if (waiting > 0) {
    const [left, y] = isRefused ? [x, bottom - 46] : [body.x + 16, bottom - 32]
    drawNote(scene, `${countText(waiting)} more waiting`, left, y)
  }
  if (isRefused || !cost) return
  const { folded, us, from } = cost
  const start = from === -1 ? '' : `snapshot ${from} + `
  const text = `${start}${countText(folded)} folded in ${countText(Math.round(us / 1000))} ms`
  write(scene, text, body.x + 16, bottom - 15, NOTE, body.width - 32)
}
