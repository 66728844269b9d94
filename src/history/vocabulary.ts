/** Every kind of fact with its name, its sentence and its tone: one list for the log, filters and code. */
import { must } from '../base/assert.ts'
import { AMQP_SENTENCES } from './sentences/amqp.ts'
import { CLIENT_SENTENCES } from './sentences/clients.ts'
import { CLOUD_SENTENCES } from './sentences/cloud.ts'
import { COMMAND_HANDLER_SENTENCES } from './sentences/commandHandler.ts'
import { DURABLE_LOG_SENTENCES } from './sentences/durableLog.ts'
import { EVENTSTORE_SENTENCES, PERSISTENT_SENTENCES } from './sentences/eventstore.ts'
import { GROUP_CONSUMER_SENTENCES } from './sentences/groupConsumer.ts'
import { LOG_SENTENCES } from './sentences/log.ts'
import { MQTT_SENTENCES } from './sentences/mqtt.ts'
import { MQTT_CLIENT_SENTENCES } from './sentences/mqttClient.ts'
import { NATS_SENTENCES } from './sentences/nats.ts'
import { POLLING_CONSUMER_SENTENCES } from './sentences/pollingConsumer.ts'
import { PROCESS_MANAGER_SENTENCES } from './sentences/processManager.ts'
import { PROJECTION_SENTENCES } from './sentences/projection.ts'
import { REDIS_SENTENCES } from './sentences/redisPubsub.ts'
import { REDIS_STREAM_SENTENCES } from './sentences/redisStreams.ts'
import { RELAY_SENTENCES } from './sentences/relay.ts'
import { SENDER_SENTENCES } from './sentences/sender.ts'
import type { FactKind, FactKinds } from './sentences/sentence.ts'
import { SERVICE_SENTENCES } from './sentences/service.ts'
import { SHARE_SENTENCES } from './sentences/shares.ts'
import { SQS_SENTENCES } from './sentences/sqs.ts'
import { SUBSCRIBER_SENTENCES } from './sentences/subscriber.ts'
import { WORLD_SENTENCES } from './sentences/world.ts'

const KINDS: FactKinds = {
  ...WORLD_SENTENCES,
  ...AMQP_SENTENCES,
  ...CLIENT_SENTENCES,
  ...LOG_SENTENCES,
  ...DURABLE_LOG_SENTENCES,
  ...SHARE_SENTENCES,
  ...SENDER_SENTENCES,
  ...GROUP_CONSUMER_SENTENCES,
  ...EVENTSTORE_SENTENCES,
  ...PERSISTENT_SENTENCES,
  ...COMMAND_HANDLER_SENTENCES,
  ...PROJECTION_SENTENCES,
  ...RELAY_SENTENCES,
  ...PROCESS_MANAGER_SENTENCES,
  ...SERVICE_SENTENCES,
  ...SQS_SENTENCES,
  ...POLLING_CONSUMER_SENTENCES,
  ...MQTT_SENTENCES,
  ...CLOUD_SENTENCES,
  ...MQTT_CLIENT_SENTENCES,
  ...NATS_SENTENCES,
  ...REDIS_SENTENCES,
  ...REDIS_STREAM_SENTENCES,
  ...SUBSCRIBER_SENTENCES,
}

/** What there is to say about facts of a kind. */
export function factKind(kind: number): FactKind {
  return must(KINDS[kind], `sentence for facts of kind ${kind}`)
}

/** Numbers of the kinds with these names. */
export function kindsNamed(names: readonly string[]): Set<number> {
  const kinds = new Set<number>()
  for (const [kind, { name }] of Object.entries(KINDS))
    if (names.includes(name)) kinds.add(Number(kind))
  return kinds
}

/** Names of all kinds, in the order of their numbers. */
export function kindNamesOf(): string[] {
  return [...new Set(Object.values(KINDS).map(({ name }) => name))]
}

/** Numbers of all kinds. */
export function allKinds(): number[] {
  return Object.keys(KINDS).map(Number)
}
