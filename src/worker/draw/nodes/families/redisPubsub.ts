/** Draws the nodes of Redis Pub/Sub. */
import type { FamilyDrawings } from '../family.ts'
import { drawPlace } from '../place.ts'
import { drawSubscriber } from '../subscriber.ts'

export const drawings: FamilyDrawings<'redisPubsub'> = {
  redisServer: drawPlace,
  redisSubscriber: drawSubscriber,
}
