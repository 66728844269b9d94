/** What is still read of a subscriber from far away: what it has done and what it missed, with ghosts of that while it is away. */
import { type Box, TOKEN } from '../../../scenario/shapes.ts'
import { countText } from '../names.ts'
import type { Scene } from '../scene.ts'
import { drawToken, GHOST } from '../token.ts'
import { drawFarFigure } from './parts.ts'

interface FarCounts {
  processed: number
  missedCount: number
  missed: readonly { message: number }[]
  isAway: boolean
}

/** Who is away shows what it missed alone. */
export function drawFarCounts(scene: Scene, body: Box, counts: FarCounts): void {
  const { processed, missedCount, missed, isAway } = counts
  const left = body.x + 18
  const bottom = body.y + body.height
  if (missedCount === 0) {
    drawFarFigure(scene, countText(processed), 'done', left, bottom - 36)
    return
  }
  drawFarFigure(scene, countText(missedCount), 'missed', left, bottom - 22, true)
  if (isAway) drawGhosts(scene, body, missed)
  else drawFarFigure(scene, countText(processed), 'done', left, bottom - 54)
}

const GHOSTS = 3
const GHOST_SCALE_MAX = 1.4

/** At the right, where it would have held them. */
function drawGhosts(scene: Scene, body: Box, missed: FarCounts['missed']): void {
  const scale = Math.min(GHOST_SCALE_MAX, scene.scale)
  const step = TOKEN.width * scale + 5
  const right = body.x + body.width - 14 - (TOKEN.width * scale) / 2
  const y = body.y + 24 + TOKEN.height
  const latest = missed.slice(-GHOSTS)
  latest.forEach(({ message }, i) => {
    drawToken(scene, message, right - (latest.length - 1 - i) * step, y, scale, GHOST)
  })
}
