/** Draws the nodes of the NATS family. */
import type { FamilyDrawings } from '../family.ts'
import { drawNatsConsumer, drawNatsStream, drawRequester } from '../nats.ts'
import { drawPlace } from '../place.ts'
import { drawSubscriber } from '../subscriber.ts'

export const drawings: FamilyDrawings<'nats'> = {
  natsServer: drawPlace,
  natsStream: drawNatsStream,
  natsConsumer: drawNatsConsumer,
  natsSubscriber: drawSubscriber,
  natsRequester: drawRequester,
}
