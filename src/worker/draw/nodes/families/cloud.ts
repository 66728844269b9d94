/** Draws cloud topics, which keep nothing, and their subscriptions, which are drawn as what is polled is. */
import type { CloudTopicState } from '../../../../history/frame.ts'
import type { Box } from '../../../../scenario/shapes.ts'
import { countText } from '../../names.ts'
import type { Scene } from '../../scene.ts'
import type { FamilyDrawings } from '../family.ts'
import { drawFarFigure, drawFigure, drawNote } from '../parts.ts'
import { drawSqsQueue } from '../sqsQueue.ts'

export const drawings: FamilyDrawings<'cloud'> = {
  cloudTopic: drawTopic,
  cloudSubscription: drawSqsQueue,
}

function drawTopic(scene: Scene, state: CloudTopicState, body: Box): void {
  const y = body.y + body.height / 2
  if (scene.far) {
    drawFarFigure(scene, countText(state.published), '', body.x + 20, y)
    return
  }
  drawFigure(scene, countText(state.published), 'published', body.x + 18, y - 9)
  drawNote(scene, 'keeps nothing', body.x + 18, y + 11)
}
