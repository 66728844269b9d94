/** The nodes of Redis Pub/Sub at the playhead. */
import type { RedisPubSub } from '../../../brokers/pubsub/redis/server.ts'
import type { World } from '../../../scenario/world.ts'
import type { RedisServerState } from '../../pubsubStates.ts'
import type { FamilyViews } from '../family.ts'
import { placeOf } from '../place.ts'
import { viewRedisSubscriber } from '../subscriber.ts'

export const views: FamilyViews<'redisPubsub'> = {
  redisServer: viewRedisServer,
  redisSubscriber: viewRedisSubscriber,
}

function viewRedisServer(world: World, id: string): RedisServerState {
  const server = world.part(id) as RedisPubSub
  return {
    ...placeOf(world, id, server.seen, server.unheardCount, server.live.length),
    kind: 'redisServer',
  }
}
