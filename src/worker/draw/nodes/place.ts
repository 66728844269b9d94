/**
 * Inside a place that keeps nothing: the subjects that it has seen, each with how often and how many copies the last
 * message made. That message is there as a ghost for a moment, crossed out if nobody was there for it.
 */
import type {
  NatsServerState,
  RedisServerState,
  SeenSubject,
} from '../../../history/pubsubStates.ts'
import { type Box, TOKEN } from '../../../scenario/shapes.ts'
import { countText } from '../names.ts'
import { CODE, NOTE, type Scene, type Type, widthOf, write } from '../scene.ts'
import { CROSS, drawToken, GHOST } from '../token.ts'
import { drawFarFigure, drawFigure, drawNote } from './parts.ts'

const ROWS = 4
const ROW_HEIGHT = 19
/** How long a message that went through is remembered by the eye. */
const GHOST_US = 1_200_000
const COUNT: Type = { ...NOTE, role: 'inkSoft', align: 'right' }
const NOBODY: Type = { ...NOTE, weight: 550, role: 'danger', align: 'right' }

export function drawPlace(
  scene: Scene,
  state: NatsServerState | RedisServerState,
  body: Box,
): void {
  const left = body.x + 26
  const right = body.x + body.width - 26
  if (scene.far) {
    const y = body.y + body.height / 2 - (state.unheard > 0 ? 22 : 0)
    drawFarFigure(scene, countText(state.published), 'through', left, y)
    if (state.unheard > 0) {
      drawFarFigure(scene, countText(state.unheard), 'to nobody', left, y + 44, true)
    }
    return
  }
  const next = drawFigure(scene, countText(state.published), 'published', left, body.y + 18)
  if (state.unheard > 0) {
    drawFigure(scene, countText(state.unheard), 'to nobody', next, body.y + 18, DANGER)
  }
  const rows = latestOf(state.subjects)
  if (rows.length === 0) drawNote(scene, 'keeps nothing', left, body.y + 46)
  rows.forEach((seen, i) => {
    drawRow(scene, seen, left, right, body.y + 42 + i * ROW_HEIGHT)
  })
  const more = state.subjects.length - rows.length
  if (more > 0) {
    drawNote(scene, `and ${more} more`, left, body.y + 42 + ROWS * ROW_HEIGHT)
  }
}

const DANGER: Type = { size: 13, weight: 650, role: 'danger', align: 'left' }

/** Those seen last, in the order in which they were first seen. */
function latestOf(subjects: readonly SeenSubject[]): SeenSubject[] {
  if (subjects.length <= ROWS) return [...subjects]
  const latest = [...subjects].sort((a, b) => b.lastUs - a.lastUs).slice(0, ROWS)
  return subjects.filter((seen) => latest.includes(seen))
}

function drawRow(scene: Scene, seen: SeenSubject, left: number, right: number, y: number): void {
  const sinceUs = scene.frame.timeUs - seen.lastUs
  const nobody = seen.copies === 0 && !seen.kept
  if (sinceUs >= 0 && sinceUs < GHOST_US) {
    scene.pen.globalAlpha = 1 - sinceUs / GHOST_US
    const x = left + (TOKEN.width * 0.7) / 2
    drawToken(scene, seen.lastMessage, x, y, 0.7, GHOST | (nobody ? CROSS : 0))
    scene.pen.globalAlpha = 1
  }
  const fate = nobody ? ', nobody' : seen.kept ? ', kept' : ''
  const text = `×${countText(seen.count)}${fate}`
  const type = nobody ? NOBODY : COUNT
  const at = left + TOKEN.width * 0.7 + 7
  write(scene, seen.subject, at, y, CODE, right - at - widthOf(scene, text, type) - 6)
  write(scene, text, right, y, type)
}
