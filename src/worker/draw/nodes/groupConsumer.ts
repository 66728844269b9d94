/** Inside a member of a group: its partitions, work in progress, what waits for it, what it has done. */
import type { GroupConsumerState } from '../../../history/frame.ts'
import { type Box, bufferSlots } from '../../../scenario/shapes.ts'
import { countText } from '../names.ts'
import { type Scene, type Type, widthOf, write } from '../scene.ts'
import { drawDone } from './consumer.ts'
import { drawJobs, drawNote } from './parts.ts'

const CHIP: Type = { size: 10.5, weight: 650, role: 'ink', align: 'center' }

export function drawGroupConsumer(scene: Scene, state: GroupConsumerState, body: Box): void {
  drawJobs(scene, body, state.jobs, state.jobCount, 1, 0, true)
  drawChips(scene, state, body)
  drawDone(scene, state, body, doing(state))
}

/** Where it stands with its group, or how much there is to read. */
function doing({ phase, closed, lag, sharing, output }: GroupConsumerState): string {
  if (closed) return 'not in its group'
  if (phase === 'committing' && output) return 'commits its transaction'
  if (phase === 'joining') return 'waits for its group'
  if (sharing) return phase === 'polling' ? 'polls' : ''
  return `${phase === 'polling' ? 'polls · ' : ''}${countText(lag)} unread`
}

/** Which partitions are its own. */
function drawChips(scene: Scene, state: GroupConsumerState, body: Box): void {
  if (scene.far) return
  const y = body.y + 20
  let x = bufferSlots(body, 1, true).x + 3
  if (state.sharing) {
    drawNote(scene, 'shares all partitions', x, y)
    return
  }
  if (state.assigned.length === 0) drawNote(scene, 'no partition assigned', x, y)
  for (const partition of state.assigned) {
    const text = `P${partition}`
    const width = widthOf(scene, text, CHIP) + 10
    if (x + width > body.x + body.width - 8) break
    scene.pen.beginPath()
    scene.pen.roundRect(x, y - 8, width, 16, 3)
    scene.pen.fillStyle = scene.inks.surfaceSunken
    scene.pen.fill()
    if (state.leaving.includes(partition)) {
      scene.pen.lineWidth = 1.5
      scene.pen.strokeStyle = scene.inks.warning
      scene.pen.stroke()
    }
    write(scene, text, x + width / 2, y, CHIP)
    x += width + 4
  }
}
