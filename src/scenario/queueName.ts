/**
 * What a queue is called on the wire. One that is declared without a name gets one from the broker; here it
 * is the same one whenever it is declared again, where RabbitMQ would draw another.
 */
import { Hash } from '../base/hash.ts'
import { GENERATED } from '../brokers/amqp/topology.ts'
import type { QueueDoc } from './document.ts'

export function wireName({ id, name, serverNamed }: QueueDoc): string {
  return serverNamed ? `${GENERATED}${new Hash().text(id).digest()}` : name
}

/** Whether the connection of its consumer declares it, not somebody beforehand. */
export function isDeclaredByConsumer({ exclusive, serverNamed }: QueueDoc): boolean {
  return exclusive === true || serverNamed === true
}
