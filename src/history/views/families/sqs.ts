/** The nodes of the SQS family at the playhead. */
import type { FamilyViews } from '../family.ts'
import { viewPollingConsumer, viewSqsQueue } from '../sqs.ts'

export const views: FamilyViews<'sqs'> = {
  sqsQueue: viewSqsQueue,
  pollingConsumer: viewPollingConsumer,
}
