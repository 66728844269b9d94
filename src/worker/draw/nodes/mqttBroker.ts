/** Inside a place: its topics, each with what it retains; a message that nobody was there for is a ghost for a moment. */
import type { MqttBrokerState } from '../../../history/frame.ts'
import { VANISHED_US } from '../../../history/vanished.ts'
import { type Box, placeRows } from '../../../scenario/shapes.ts'
import { countText } from '../names.ts'
import { CODE, FIGURE, NOTE, type Scene, type Type, widthOf, write } from '../scene.ts'
import { drawToken, GHOST } from '../token.ts'
import { drawFarFigure, drawFigure, drawNoteEnd } from './parts.ts'

const SECOND: Type = { ...FIGURE, size: 13 }
const TOKEN_SCALE = 0.85
/** From the right edge of a row: the token of what is retained, and the ghost of what nobody heard. */
const RETAINED_AT = 16
const GHOST_AT = 52
const COUNT_AT = 78

export function drawMqttBroker(scene: Scene, state: MqttBrokerState, body: Box): void {
  const rows = placeRows(body)
  if (scene.far) {
    drawFarFigure(scene, countText(state.published), 'published', body.x + 18, body.y + 30)
    drawFarFigure(scene, countText(state.retainedCount), 'retained', body.x + 18, body.y + 80)
    return
  }
  const y = body.y + 14
  const next = drawFigure(scene, countText(state.published), 'published', body.x + 16, y, SECOND)
  if (state.retainedCount > 0) {
    drawFigure(scene, countText(state.retainedCount), 'retained', next, y, SECOND)
  } else {
    drawNoteEnd(scene, 'keeps nothing', body.x + body.width - 16, y + 1)
  }
  const shown = state.topics.slice(-rows.rows)
  for (const [i, topic] of shown.entries()) {
    drawTopic(scene, topic, rows.x, rows.y + (i + 0.5) * rows.cellHeight, rows.cellWidth)
  }
  const more = state.topicCount - shown.length
  const foot = rows.y + rows.rows * rows.cellHeight + 14
  if (more > 0) write(scene, `and ${countText(more)} more topics`, rows.x, foot, NOTE)
  else if (shown.length === 0) write(scene, 'No message yet', rows.x, rows.y + 12, NOTE)
}

function drawTopic(
  scene: Scene,
  topic: MqttBrokerState['topics'][number],
  x: number,
  y: number,
  width: number,
): void {
  const right = x + width
  write(scene, topic.topic, x, y, CODE, width - COUNT_AT - 30)
  const count = `×${countText(topic.published)}`
  write(scene, count, right - COUNT_AT - widthOf(scene, count, NOTE), y, NOTE)
  if (topic.retained !== -1) {
    drawToken(scene, topic.retained, right - RETAINED_AT, y, TOKEN_SCALE, 0)
  }
  const unheard = topic.matched === 0 && topic.last !== topic.retained
  if (unheard && scene.frame.timeUs - topic.lastUs < VANISHED_US) {
    drawToken(scene, topic.last, right - GHOST_AT, y, TOKEN_SCALE, GHOST)
  }
}
