/** Messages that were lost a moment ago: below the node, or beside the link, where it happened, crossed out, with the reason, fading. */
import { VANISHED_US, type Vanished } from '../../history/vanished.ts'
import { TOKEN } from '../../scenario/shapes.ts'
import type { Ground } from './roads.ts'
import { type Scene, type Type, write } from './scene.ts'
import { CROSS, drawToken, GHOST, SET_OFF } from './token.ts'

/** Side by side at one node at most. */
const ROW_MAX = 3
const GAP = 6
const COUNT_HEIGHT = 18
const REASON: Type = { size: 11, weight: 550, role: 'danger', align: 'left' }

export function drawVanished(scene: Scene, ground: Ground, vanished: readonly Vanished[]): void {
  const rows = new Map<string, Vanished[]>()
  for (const one of vanished) {
    const row = rows.get(one.at)
    if (!row) rows.set(one.at, [one])
    else if (row.length < ROW_MAX) row.push(one)
  }
  for (const { id, kind } of scene.frame.nodes) {
    const row = rows.get(id)
    const box = ground.boxOf.get(id)
    // Below an exchange its own count of them is written.
    const below = TOKEN.height + (kind === 'exchange' ? COUNT_HEIGHT : 0)
    if (row && box) drawRow(scene, box.x, box.y + box.height + below, row)
  }
  for (const [id, row] of rows) {
    const curve = ground.curveOf.get(id)
    if (curve) drawRow(scene, ...besideMiddle(curve), row)
  }
}

/** Below the middle of a link. */
function besideMiddle(curve: readonly number[]): [x: number, y: number] {
  const [x1 = 0, y1 = 0, , , , , x2 = 0, y2 = 0] = curve
  return [(x1 + x2) / 2, (y1 + y2) / 2 + TOKEN.height]
}

function drawRow(scene: Scene, left: number, y: number, row: readonly Vanished[]): void {
  const { pen, frame } = scene
  const latest = row[0]
  if (!latest) return
  const fading = (atUs: number) => 1 - Math.max(0, frame.timeUs - atUs) / (VANISHED_US * 1.25)
  row.forEach(({ message, atUs }, i) => {
    pen.globalAlpha = fading(atUs)
    const x = left + TOKEN.width / 2 + i * (TOKEN.width + GAP)
    drawToken(scene, message, x, y, 1, GHOST | CROSS | SET_OFF)
  })
  pen.globalAlpha = fading(latest.atUs)
  if (!scene.far) {
    write(scene, latest.reason, left + row.length * (TOKEN.width + GAP) + 2, y, REASON)
  }
  pen.globalAlpha = 1
}
