/** Inside a command handler: the command it decides on, how many it accepted and refused, and why the last was refused. */
import type { CommandHandlerState } from '../../../history/frame.ts'
import { type Box, cellCentre, workRings } from '../../../scenario/shapes.ts'
import { countText } from '../names.ts'
import { CODE, FIGURE, NOTE, type Scene, type Type, write } from '../scene.ts'
import { drawFarFigure, drawFigure, drawNote, drawOneJob } from './parts.ts'

const REFUSED: Type = { ...FIGURE, role: 'danger' }
const REASON: Type = { ...CODE, role: 'danger' }

export function drawCommandHandler(scene: Scene, state: CommandHandlerState, body: Box): void {
  drawOneJob(scene, body, state.jobs[0])
  const ring = cellCentre(workRings(body, 1), 0, { x: 0, y: 0 })
  const x = ring.x + 36
  if (scene.far) {
    drawFarFigure(scene, countText(state.accepted), 'done', x, ring.y)
    return
  }
  const refused = state.rejected.length
  drawFigure(scene, countText(state.accepted), 'accepted', x, ring.y - 11)
  drawFigure(scene, countText(refused), 'rejected', x, ring.y + 11, refused > 0 ? REFUSED : FIGURE)
  const bottom = body.y + body.height
  const waiting = state.jobCount - 1
  if (waiting > 0) drawNote(scene, `${countText(waiting)} more waiting`, body.x + 16, bottom - 32)
  const last = state.rejected[refused - 1]
  if (last) write(scene, last.reason, body.x + 16, bottom - 15, REASON, body.width - 32)
  else if (state.conflicts > 0) {
    drawNote(scene, `${countText(state.conflicts)} version conflicts`, body.x + 16, bottom - 15)
  } else if (state.cost) {
    const { folded, us, from } = state.cost
    const start = from === -1 ? '' : `snapshot ${from} + `
    const text = `${start}${countText(folded)} folded in ${countText(Math.round(us / 1000))} ms`
    write(scene, text, body.x + 16, bottom - 15, NOTE, body.width - 32)
  }
}
