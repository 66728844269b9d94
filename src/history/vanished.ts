/**
 * Messages that were lost a moment ago, and why: the canvas marks each on the spot where it happened. Read
 * back from the facts before the playhead, so that no part has to remember it.
 */
import { AMQP_FACTS, DEAD_END, DROPPED } from '../brokers/amqp/facts.ts'
import { DURABLE_FACTS } from '../brokers/log/durable/facts.ts'
import { REDIS_STREAM_FACTS } from '../brokers/log/redisStreams/facts.ts'
import { CLOUD_FACTS } from '../brokers/pubsub/cloud/facts.ts'
import { MQTT_FACTS } from '../brokers/pubsub/mqtt/facts.ts'
import { NATS_FACTS, STORE_FAILED } from '../brokers/pubsub/nats/facts.ts'
import { REDIS_PUBSUB_FACTS } from '../brokers/pubsub/redis/facts.ts'
import { SQS_FACTS } from '../brokers/sqs/facts.ts'
import { isNoAck } from '../clients/consumer/delivery.ts'
import { CONSUMER_FACTS } from '../clients/consumer/facts.ts'
import { MISSED, MQTT_CLIENT_FACTS } from '../clients/mqttClient/facts.ts'
import { SENDER_FACTS } from '../clients/producer/batching/facts.ts'
import { PIPE_FACTS } from '../engine/pipe.ts'
import type { World } from '../scenario/world.ts'
import { LinkLosses } from './linkLosses.ts'

export interface Vanished {
  message: number
  /** Scenario id of the node, or link, at which it was lost. */
  at: string
  /** A word or two: `expired`. */
  reason: string
  atUs: number
}

/** It is shown for so long after it happened, in simulated time. */
export const VANISHED_US = 1_500_000
/** Facts looked back at, and losses shown: a moment with more is told by the numbers of its nodes. */
const FACTS_MAX = 1_000
const SHOWN_MAX = 12

/** The reason, by kind of fact; null where the message lives on (dead-lettered, redelivered). */
const REASONS: Readonly<Record<number, (aux: number) => string | null>> = {
  [AMQP_FACTS.unroutable]: () => 'unroutable',
  [AMQP_FACTS.rejected]: () => 'rejected',
  [AMQP_FACTS.gaveUp]: () => 'delivery limit',
  [AMQP_FACTS.dropped]: (why) => (why === DROPPED.maxLengthDeadLettered ? null : 'over length'),
  [AMQP_FACTS.refused]: () => 'refused, full',
  [AMQP_FACTS.expired]: (deadLettered) => (deadLettered === 1 ? null : 'expired'),
  [AMQP_FACTS.forgotten]: () => 'not persistent',
  [AMQP_FACTS.deadLetterLost]: (why) =>
    why === DEAD_END.cycle ? 'dead-letter cycle' : 'dead letter lost',
  [SQS_FACTS.expired]: () => 'retention over',
  [DURABLE_FACTS.recordLost]: () => 'not on the new leader',
  [DURABLE_FACTS.writeRefused]: () => 'not written',
  [SENDER_FACTS.requestLost]: () => 'request lost',
  [SENDER_FACTS.answerLost]: () => 'answer lost',
  [CLOUD_FACTS.published]: (subscriptions) => (subscriptions === 0 ? 'no subscription' : null),
  [CLOUD_FACTS.expired]: () => 'retention over',
  [MQTT_FACTS.published]: (matched) => (matched === 0 ? 'nobody subscribed' : null),
  [MQTT_CLIENT_FACTS.missed]: (why) => MISSED_WORDS[why] ?? 'missed',
  [MQTT_CLIENT_FACTS.notSent]: () => 'QoS 0, lost',
  [NATS_FACTS.unheard]: () => 'nobody there',
  [NATS_FACTS.noResponders]: () => 'no responders',
  [NATS_FACTS.limited]: () => 'over a limit',
  [NATS_FACTS.expired]: () => 'max age over',
  [NATS_FACTS.passedOver]: () => 'no interest',
  [NATS_FACTS.duplicate]: () => 'duplicate',
  [NATS_FACTS.refused]: (code) => (code === STORE_FAILED ? 'refused, full' : 'refused'),
  [NATS_FACTS.gaveUp]: () => 'max deliver',
  [REDIS_PUBSUB_FACTS.published]: (copies) => (copies === 0 ? 'nobody there' : null),
  [REDIS_STREAM_FACTS.goneUnread]: () => 'gone unread',
  [REDIS_STREAM_FACTS.gonePending]: () => 'gone while pending',
  [CONSUMER_FACTS.forgotten]: (delivery) => (isNoAck(delivery) ? 'auto-acked, lost' : null),
}

export const MISSED_WORDS: Readonly<Record<number, string>> = {
  [MISSED.absent]: 'offline',
  [MISSED.notYet]: 'not there yet',
  [MISSED.lost]: 'QoS 0, lost',
  [MISSED.full]: 'session full',
  [MISSED.expired]: 'expired',
  [MISSED.ended]: 'session over',
  [MISSED.unsent]: 'lost before the broker',
}

/** Whether a copy of the message is dead-lettered in the same microsecond: what gives up on it does not say so. */
function livesOn({ records }: World, index: number): boolean {
  const { facts, messages } = records
  if (facts.kind(index) !== AMQP_FACTS.gaveUp) return false
  const atUs = facts.timeUs(index)
  for (let next = index + 1; next < facts.count && facts.timeUs(next) === atUs; next++) {
    const isCopy = facts.kind(next) === AMQP_FACTS.deadLettered
    if (isCopy && messages.parent(facts.message(next)) === facts.message(index)) return true
  }
  return false
}

function isOfPipe(kind: number): boolean {
  return kind <= PIPE_FACTS.lost || kind === PIPE_FACTS.dropped
}

/** What vanished within `VANISHED_US` before `nowUs`, latest first, of the facts below `factIndex`. */
export function vanishedBefore(world: World, factIndex: number, nowUs: number): Vanished[] {
  const { facts } = world.records
  const found: Vanished[] = []
  const links = new LinkLosses(world)
  const first = Math.max(0, factIndex - FACTS_MAX)
  for (let index = factIndex - 1; index >= first && found.length < SHOWN_MAX; index--) {
    const atUs = facts.timeUs(index)
    if (nowUs - atUs > VANISHED_US) break
    if (isOfPipe(facts.kind(index))) {
      for (const loss of links.passBack(index)) found.push({ ...loss, atUs })
      continue
    }
    const reason = REASONS[facts.kind(index)]?.(facts.aux(index)) ?? null
    if (reason === null || livesOn(world, index)) continue
    found.push({
      message: facts.message(index),
      at: world.owner(facts.node(index)),
      reason,
      atUs,
    })
  }
  return found
}
