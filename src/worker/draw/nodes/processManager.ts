/** Inside a process manager: the event it reacts to, what it has sent or done, and what it waits for. */
import type { ProcessManagerState } from '../../../history/sourcingStates.ts'
import { type Box, cellCentre, workRings } from '../../../scenario/shapes.ts'
import { countText } from '../names.ts'
import { FIGURE, NOTE, type Scene, type Type, write } from '../scene.ts'
import { drawFarFigure, drawFigure, drawNote, drawOneJob } from './parts.ts'

const GRAVE: Type = { ...FIGURE, role: 'danger' }
const GRAVE_NOTE: Type = { ...NOTE, role: 'danger' }

export function drawProcessManager(scene: Scene, state: ProcessManagerState, body: Box): void {
  drawOneJob(scene, body, state.jobs[0])
  const ring = cellCentre(workRings(body, 1), 0, { x: 0, y: 0 })
  const x = ring.x + 36
  const isMailer = state.effectCount > 0 || state.sent === 0
  const [figure, word] = isMailer ? [state.effectCount, 'effects'] : [state.sent, 'commands']
  if (scene.far) {
    drawFarFigure(scene, countText(figure), word, x, ring.y)
    return
  }
  drawFigure(scene, countText(figure), word, x, ring.y - 11)
  const open = state.waiting.length
  const stuck = state.stuck.length
  if (stuck > 0) drawFigure(scene, countText(stuck), 'given up', x, ring.y + 11, GRAVE)
  else if (!isMailer) drawFigure(scene, countText(open), 'unanswered', x, ring.y + 11)
  else if (state.group) {
    drawFigure(
      scene,
      countText(state.group.parkedCount),
      'parked',
      x,
      ring.y + 11,
      state.group.parkedCount > 0 ? GRAVE : FIGURE,
    )
  }
  const bottom = body.y + body.height
  drawNote(
    scene,
    `at ${countText(state.position)} · lag ${countText(state.lag)}`,
    body.x + 18,
    bottom - 15,
  )
  const last = state.effects.at(-1)
  if (state.stopped) {
    write(
      scene,
      'stopped: it cannot work on this',
      body.x + 18,
      bottom - 34,
      GRAVE_NOTE,
      body.width - 36,
    )
  } else if (last) {
    const again = last.times > 1 ? ` (${last.times}×)` : ''
    const type = last.times > 1 ? GRAVE_NOTE : NOTE
    write(scene, `${last.text}${again}`, body.x + 18, bottom - 34, type, body.width - 36)
  }
}
