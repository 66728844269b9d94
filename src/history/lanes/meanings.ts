/**
 * What a fact means on its node's lane. A kind that is not listed leaves no stretch; a fault leaves its
 * mark in any case, and what travels on links is seen by the links' own facts.
 */
import { AMQP_FACTS } from '../../brokers/amqp/facts.ts'
import { EVENTSTORE_FACTS } from '../../brokers/eventstore/facts.ts'
import { LOG_FACTS } from '../../brokers/log/facts.ts'
import { REDIS_STREAM_FACTS } from '../../brokers/log/redisStreams/facts.ts'
import { CLOUD_FACTS } from '../../brokers/pubsub/cloud/facts.ts'
import { MQTT_FACTS } from '../../brokers/pubsub/mqtt/facts.ts'
import { NATS_FACTS } from '../../brokers/pubsub/nats/facts.ts'
import { SQS_FACTS } from '../../brokers/sqs/facts.ts'
import { CLIENT_FACTS } from '../../clients/client.ts'
import { COMMAND_HANDLER_FACTS } from '../../clients/commandHandler/facts.ts'
import { CONSUMER_FACTS } from '../../clients/consumer/facts.ts'
import { MQTT_CLIENT_FACTS } from '../../clients/mqttClient/facts.ts'
import { REDIS_CLIENT_FACTS } from '../../clients/redisConsumer/facts.ts'
import { SUBSCRIBER_FACTS } from '../../clients/subscriber/facts.ts'

export type Meaning =
  /** The message begins to wait here. */
  | 'waits'
  /** Work on the message begins; it waits no longer. */
  | 'works'
  /** The message waits or is worked on no longer. */
  | 'ends'
  /** Nothing waits here any more. */
  | 'clears'
  /** It goes back to the queue that it was delivered from. */
  | 'returns'
  /** It was written here and stays: a record, an event. */
  | 'written'
  /** The process is down from now on, and what it held is gone. */
  | 'down'
  | 'up'

export const MEANINGS: Readonly<Record<number, Meaning>> = {
  [AMQP_FACTS.enqueued]: 'waits',
  [AMQP_FACTS.delivered]: 'ends',
  [AMQP_FACTS.got]: 'ends',
  [AMQP_FACTS.dropped]: 'ends',
  [AMQP_FACTS.requeued]: 'returns',
  [AMQP_FACTS.purged]: 'clears',
  [AMQP_FACTS.queueDeleted]: 'clears',
  [AMQP_FACTS.queueExpired]: 'clears',
  [AMQP_FACTS.expired]: 'ends',
  [AMQP_FACTS.forgotten]: 'ends',
  [AMQP_FACTS.requeuedAtBack]: 'returns',
  [SQS_FACTS.sent]: 'waits',
  [SQS_FACTS.received]: 'ends',
  [SQS_FACTS.visibilityOver]: 'waits',
  [SQS_FACTS.movedToDeadLetters]: 'ends',
  [SQS_FACTS.expired]: 'ends',
  [SQS_FACTS.deleted]: 'ends',
  [SQS_FACTS.copySurvived]: 'waits',
  [SQS_FACTS.purged]: 'clears',
  [NATS_FACTS.stored]: 'written',
  [NATS_FACTS.sent]: 'waits',
  [NATS_FACTS.acked]: 'ends',
  [NATS_FACTS.terminated]: 'ends',
  [NATS_FACTS.gaveUp]: 'ends',
  [NATS_FACTS.removedUnsettled]: 'ends',
  [NATS_FACTS.consumerDeleted]: 'clears',
  [SUBSCRIBER_FACTS.forgotten]: 'ends',
  [SUBSCRIBER_FACTS.skipped]: 'ends',
  [LOG_FACTS.appended]: 'written',
  [REDIS_STREAM_FACTS.added]: 'written',
  [REDIS_STREAM_FACTS.delivered]: 'waits',
  [REDIS_STREAM_FACTS.handed]: 'waits',
  [REDIS_STREAM_FACTS.redelivered]: 'waits',
  [REDIS_STREAM_FACTS.claimed]: 'waits',
  [REDIS_CLIENT_FACTS.gaveUp]: 'ends',
  [REDIS_CLIENT_FACTS.forgotten]: 'ends',
  [REDIS_CLIENT_FACTS.foundGone]: 'ends',
  [EVENTSTORE_FACTS.appended]: 'written',
  [CLIENT_FACTS.received]: 'waits',
  [CLIENT_FACTS.started]: 'works',
  [CLIENT_FACTS.processed]: 'ends',
  [CLIENT_FACTS.failed]: 'ends',
  [CLIENT_FACTS.crashed]: 'down',
  [CLIENT_FACTS.restarted]: 'up',
  [CLOUD_FACTS.arrived]: 'waits',
  [CLOUD_FACTS.leased]: 'ends',
  [CLOUD_FACTS.nacked]: 'waits',
  [CLOUD_FACTS.deadlinePassed]: 'waits',
  [CLOUD_FACTS.heldBack]: 'waits',
  [CLOUD_FACTS.deadLettered]: 'ends',
  [CLOUD_FACTS.expired]: 'ends',
  [CLOUD_FACTS.forwarded]: 'ends',
  [CLOUD_FACTS.subscriptionDeleted]: 'clears',
  [MQTT_FACTS.queued]: 'waits',
  [MQTT_FACTS.sent]: 'ends',
  [MQTT_FACTS.dropped]: 'ends',
  [MQTT_FACTS.sessionEnded]: 'clears',
  [MQTT_CLIENT_FACTS.waitsToSend]: 'waits',
  [MQTT_CLIENT_FACTS.sent]: 'ends',
  [MQTT_CLIENT_FACTS.forgotten]: 'ends',
  [CONSUMER_FACTS.forgotten]: 'ends',
  [COMMAND_HANDLER_FACTS.accepted]: 'ends',
  [COMMAND_HANDLER_FACTS.rejected]: 'ends',
  [COMMAND_HANDLER_FACTS.lost]: 'ends',
}
