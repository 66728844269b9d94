/** The runs on pub/sub by id; the compiler holds the list complete. */
import type { ExampleBody } from '../example.ts'
import type { PubSubExampleId } from './catalog.ts'
import { cloudAckDeadline } from './cloudAckDeadline.ts'
import { cloudOrdering } from './cloudOrdering.ts'
import { lateSubscriber } from './lateSubscriber.ts'
import { mqttFilters } from './mqttFilters.ts'
import { mqttQos } from './mqttQos.ts'
import { mqttRetained } from './mqttRetained.ts'
import { mqttSession } from './mqttSession.ts'
import { mqttShared } from './mqttShared.ts'
import { mqttWill } from './mqttWill.ts'
import { natsAckWait } from './nats/ackWait.ts'
import { natsBroadcast } from './nats/broadcast.ts'
import { natsDeduplication } from './nats/deduplication.ts'
import { natsDurableBegins } from './nats/durableBegins.ts'
import { natsFilters } from './nats/filters.ts'
import { natsPushConsumer } from './nats/pushConsumer.ts'
import { natsQueueGroup } from './nats/queueGroup.ts'
import { natsRequestReply } from './nats/requestReply.ts'
import { natsSlowSubscriber } from './nats/slowSubscriber.ts'
import { natsWorkQueue } from './nats/workQueue.ts'
import { notifications } from './notifications.ts'
import { redisFireAndForget } from './redisFireAndForget.ts'
import { snsFanOut } from './snsFanOut.ts'

export const bodies: Record<PubSubExampleId, ExampleBody> = {
  notifications,
  'mqtt-qos': mqttQos,
  'mqtt-session': mqttSession,
  'mqtt-will': mqttWill,
  'mqtt-shared': mqttShared,
  'mqtt-retained': mqttRetained,
  'mqtt-filters': mqttFilters,
  'nats-broadcast': natsBroadcast,
  'nats-queue-group': natsQueueGroup,
  'nats-filters': natsFilters,
  'nats-request-reply': natsRequestReply,
  'nats-slow-subscriber': natsSlowSubscriber,
  'nats-ack-wait': natsAckWait,
  'nats-work-queue': natsWorkQueue,
  'nats-deduplication': natsDeduplication,
  'nats-push-consumer': natsPushConsumer,
  'nats-durable-begins': natsDurableBegins,
  'redis-fire-and-forget': redisFireAndForget,
  'cloud-ack-deadline': cloudAckDeadline,
  'cloud-ordering': cloudOrdering,
  'sns-fan-out': snsFanOut,
  'late-subscriber': lateSubscriber,
}
