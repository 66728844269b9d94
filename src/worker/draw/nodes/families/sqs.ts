/** Draws the nodes of the SQS family. */
import type { FamilyDrawings } from '../family.ts'
import { drawPollingConsumer } from '../pollingConsumer.ts'
import { drawSqsQueue } from '../sqsQueue.ts'

export const drawings: FamilyDrawings<'sqs'> = {
  sqsQueue: drawSqsQueue,
  pollingConsumer: drawPollingConsumer,
}
