/** Inside a service with a database: its rows, how many others were told of, and what does not match. */
import type { ServiceState } from '../../../history/frame.ts'
import { type Box, cellCentre, workRings } from '../../../scenario/shapes.ts'
import { countText } from '../names.ts'
import { NOTE, type Scene, type Type, write } from '../scene.ts'
import { drawFarFigure, drawFigure, drawNote, drawOneJob } from './parts.ts'

const GRAVE: Type = { ...NOTE, role: 'danger' }

export function drawService(scene: Scene, state: ServiceState, body: Box): void {
  drawOneJob(scene, body, state.jobs[0])
  const ring = cellCentre(workRings(body, 1), 0, { x: 0, y: 0 })
  const x = ring.x + 36
  if (scene.far) {
    drawFarFigure(scene, countText(state.rowCount), 'rows', x, ring.y)
    return
  }
  drawFigure(scene, countText(state.rowCount), 'rows', x, ring.y - 11)
  drawFigure(scene, countText(state.announced), 'told', x, ring.y + 11)
  const bottom = body.y + body.height
  const open = countText(state.rowCount - state.marked)
  const relay = state.hasRelay ? `outbox: ${open} to publish` : 'two writes'
  if (state.relayDown) {
    write(scene, `its relay is down: ${open} to publish`, body.x + 18, bottom - 34, GRAVE)
  } else drawNote(scene, relay, body.x + 18, bottom - 34)
  const wrong = [
    state.missing > 0 && !state.hasRelay && `${countText(state.missing)} nobody knows of`,
    state.ghosts > 0 && `${countText(state.ghosts)} of rows that are not there`,
    state.twice > 0 && `${countText(state.twice)} told twice`,
  ].filter((text) => text !== false)
  write(scene, wrong.join(', '), body.x + 18, bottom - 15, GRAVE, body.width - 36)
}
