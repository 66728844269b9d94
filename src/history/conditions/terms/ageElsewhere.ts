/** How long what waits has been waiting, where the queue is a service's, a subscription, a consumer or a session. */
import { TimeColumn } from '../../../base/column.ts'
import { CLOUD_FACTS } from '../../../brokers/pubsub/cloud/facts.ts'
import type { Subscription } from '../../../brokers/pubsub/cloud/subscription.ts'
import type { MqttBroker } from '../../../brokers/pubsub/mqtt/broker.ts'
import { MQTT_FACTS } from '../../../brokers/pubsub/mqtt/facts.ts'
import type { Session } from '../../../brokers/pubsub/mqtt/session.ts'
import type { Consumer as JetStreamConsumer } from '../../../brokers/pubsub/nats/jetstream/consumer.ts'
import type { SqsQueue } from '../../../brokers/sqs/queue.ts'
import { PlaceAge } from './placeAge.ts'

/** Age of the message that can be received first, of all message groups the oldest, from when it was sent. */
export class SqsAge extends PlaceAge {
  read(nowUs: number): number {
    const queue = this.context.part<SqsQueue>(this.place)
    let oldestUs = nowUs
    for (const lane of queue?.lanes ?? []) {
      if (lane.available === 0) continue
      const position = lane.positionOf(lane.entryAt(0))
      oldestUs = Math.min(oldestUs, queue?.sentUs.get(position) ?? nowUs)
    }
    return nowUs - oldestUs
  }
}

/**
 * Age of the oldest message that a subscription has not settled, sent or not, as `oldest_unacked_message_age` of Pub/Sub
 * counts it (cloud.google.com/pubsub/docs/monitoring).
 */
export class SubscriptionAge extends PlaceAge {
  readonly kinds = [CLOUD_FACTS.arrived]
  private readonly storedUs = new TimeColumn()

  take(timeUs: number, _kind: number, part: number): void {
    const subscription = this.context.part<Subscription>(this.place)
    if (part === this.place && subscription) this.storedUs.put(subscription.tail - 1, timeUs)
  }

  read(nowUs: number): number {
    const subscription = this.context.part<Subscription>(this.place)
    if (!subscription || subscription.backlog === 0) return 0
    let oldest = subscription.next < subscription.tail ? subscription.next : subscription.tail - 1
    for (const position of subscription.again.keys()) oldest = Math.min(oldest, position)
    for (const { position } of subscription.leases.values()) oldest = Math.min(oldest, position)
    return nowUs - this.storedUs.get(oldest)
  }
}

/** Age of the oldest message of the stream that a consumer was never sent. */
export class JetStreamAge extends PlaceAge {
  read(nowUs: number): number {
    const consumer = this.context.part<JetStreamConsumer>(this.place)
    if (!consumer) return 0
    const { stream, config, nextStream } = consumer
    const oldest =
      config.deliverPolicy === 'last_per_subject'
        ? stream.lastOfEach(config.filterSubject).find((last) => last >= nextStream)
        : stream.next(config.filterSubject, nextStream)
    return oldest ? nowUs - stream.storedUs(oldest) : 0
  }
}

/** Age of the oldest message that waits in a session of an MQTT broker. */
export class SessionAge extends PlaceAge {
  readonly kinds = [MQTT_FACTS.queued]
  /** By session. */
  private readonly storedUs: (TimeColumn | undefined)[] = []

  take(timeUs: number, _kind: number, part: number): void {
    const stored = this.storedUs[part] ?? new TimeColumn()
    this.storedUs[part] = stored
    const session = this.context.part<Session>(part)
    if (session) stored.put(session.tail - 1, timeUs)
  }

  read(nowUs: number): number {
    let oldestUs = nowUs
    for (const session of this.context.part<MqttBroker>(this.place)?.sessions ?? []) {
      if (!session.alive || session.waitingCount === 0) continue
      oldestUs = Math.min(oldestUs, this.storedUs[session.node]?.get(session.next) ?? nowUs)
    }
    return nowUs - oldestUs
  }
}
