/** Draws the nodes of the log family. */
import type { FamilyDrawings } from '../family.ts'
import { drawGroupConsumer } from '../groupConsumer.ts'
import { drawTopic } from '../topic.ts'

export const drawings: FamilyDrawings<'log'> = {
  topic: drawTopic,
  groupConsumer: drawGroupConsumer,
}
