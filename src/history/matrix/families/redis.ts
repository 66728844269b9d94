/** Redis Pub/Sub in the matrix of deliveries: what is published; the rest is said by subscribers. */
import { REDIS_PUBSUB_FACTS } from '../../../brokers/pubsub/redis/facts.ts'
import type { MatrixRules } from '../rules.ts'

export const REDIS_MATRIX: MatrixRules = {
  [REDIS_PUBSUB_FACTS.published]: (tell, { message }) => tell.published(message),
  [REDIS_PUBSUB_FACTS.delivered]: (tell, { world, part, message }) => {
    const owner = world.owner(part)
    tell.owed(
      world.scenario.nodes.findIndex(({ id }) => id === owner),
      message,
    )
  },
}
