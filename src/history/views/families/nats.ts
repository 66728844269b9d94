/** The nodes of the NATS family at the playhead. */
import type { FamilyViews } from '../family.ts'
import { viewNatsConsumer, viewNatsServer, viewNatsStream } from '../nats.ts'
import { viewNatsSubscriber, viewRequester } from '../subscriber.ts'

export const views: FamilyViews<'nats'> = {
  natsServer: viewNatsServer,
  natsStream: viewNatsStream,
  natsConsumer: viewNatsConsumer,
  natsSubscriber: viewNatsSubscriber,
  natsRequester: viewRequester,
}
