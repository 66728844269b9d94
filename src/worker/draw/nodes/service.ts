/** Inside a service with a database: its rows, how many others were told of, and what does not match. */
import type { ServiceState } from '../../../history/sourcingStates.ts'
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
  drawRelays(scene, state, open, body)
  const wrong = [
    state.missing > 0 && !state.hasRelay && `${countText(state.missing)} nobody knows of`,
    state.ghosts > 0 && `${countText(state.ghosts)} of rows that are not there`,
    state.twice > 0 && `${countText(state.twice)} told twice`,
  ].filter((text) => text !== false)
  write(scene, wrong.join(', '), body.x + 18, bottom - 15, GRAVE, body.width - 36)
}

/** What is left to publish, and the relays that cannot. */
function drawRelays(scene: Scene, { hasRelay, relays }: ServiceState, open: string, body: Box) {
  const [x, y] = [body.x + 18, body.y + body.height - 34]
  const down = relays.flatMap((relay, number) => (relay.down ? [number + 1] : []))
  if (!hasRelay) drawNote(scene, 'two writes', x, y)
  else if (down.length === 0) {
    const by = relays.length === 1 ? '' : `, ${relays.length} relays`
    drawNote(scene, `outbox: ${open} to publish${by}`, x, y)
  } else {
    const who = relays.length === 1 ? 'its relay' : `relay ${down.join(', ')}`
    write(scene, `${who} is down: ${open} to publish`, x, y, GRAVE)
  }
}
