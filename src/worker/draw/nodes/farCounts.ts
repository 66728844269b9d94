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
  jobCount: number
}

/** Whether both counts take the place of what it would have in hand: then nothing else is drawn there. */
export function showsBothCounts({ missedCount, isAway, jobCount }: FarCounts): boolean {
  return missedCount > 0 && !isAway && jobCount === 0
}

/** Who is away, or at work, shows what it missed alone. */
export function drawFarCounts(scene: Scene, body: Box, counts: FarCounts): void {
  const { processed, missedCount, missed, isAway } = counts
  const left = body.x + 18
  const bottom = body.y + body.height
  const drawDone = (y: number) => drawFarFigure(scene, countText(processed), 'done', left, y)
  const drawMissed = (y: number) =>
    drawFarFigure(scene, countText(missedCount), 'missed', left, y, true)
  if (missedCount === 0) drawDone(bottom - 36)
  else if (isAway) {
    drawMissed(bottom - 22)
    drawGhosts(scene, body, missed)
  } else if (showsBothCounts(counts)) {
    const y = body.y + body.height / 2
    drawDone(y - FAR_LINE / 2)
    drawMissed(y + FAR_LINE / 2)
  } else drawMissed(bottom - 36)
}

/** Between two lines of the largest figures. */
const FAR_LINE = 44
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
