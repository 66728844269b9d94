/** Inside a relay: how many events it has passed on, and how many it is behind. */
import type { RelayState } from '../../../history/sourcingStates.ts'
import type { Box } from '../../../scenario/shapes.ts'
import { countText } from '../names.ts'
import type { Scene } from '../scene.ts'
import { drawFarFigure, drawFigure, drawNote } from './parts.ts'

export function drawRelay(scene: Scene, state: RelayState, body: Box): void {
  const y = body.y + body.height / 2
  if (scene.far) {
    drawFarFigure(scene, countText(state.relayed), '', body.x + 26, y)
    return
  }
  const x = body.x + 24
  drawFigure(scene, countText(state.relayed), 'relayed', x, y - 9)
  drawNote(scene, `at ${countText(state.position)} · lag ${countText(state.lag)}`, x, y + 11)
}
