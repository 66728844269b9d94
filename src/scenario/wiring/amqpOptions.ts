/** How exchanges, queues and bindings of a document are declared on a broker. */
import type { ExchangeOptions } from '../../brokers/amqp/exchange.ts'
import type { Headers } from '../../brokers/amqp/properties.ts'
import type { QueueOptions } from '../../brokers/amqp/queueOptions.ts'
import type { ExchangeDoc, LinkDoc, QueueDoc } from '../document.ts'
import type { WiringContext } from './context.ts'

export function exchangeOptions(world: WiringContext, doc: ExchangeDoc): ExchangeOptions {
  const { durable = true, autoDelete, internal, alternate, hashHeader } = doc
  return {
    durable,
    ...(autoDelete && { autoDelete }),
    ...(internal && { internal }),
    ...(alternate !== undefined && { alternateExchange: world.node(alternate).name }),
    ...(hashHeader !== undefined && { hashHeader }),
  }
}

export function queueOptions(world: WiringContext, doc: QueueDoc): QueueOptions {
  const { type, durable, maxBytes, deadLetterExchange, deadLetterKey } = doc
  const isStored = type === undefined || type === 'classic'
  return {
    ...(isStored ? durable !== undefined && { durable } : { type, durable: true }),
    ...(doc.autoDelete && { autoDelete: true }),
    ...(doc.exclusive && { exclusive: true }),
    ...(doc.maxLength !== undefined && { maxLength: doc.maxLength }),
    ...(maxBytes !== undefined && { maxLengthBytes: maxBytes }),
    ...(doc.overflow !== undefined && { overflow: doc.overflow }),
    ...(doc.messageTtlMs !== undefined && { messageTtlMs: doc.messageTtlMs }),
    ...(doc.expiresMs !== undefined && { expiresMs: doc.expiresMs }),
    ...(doc.maxPriority !== undefined && { maxPriority: doc.maxPriority }),
    ...(deadLetterExchange !== undefined && {
      deadLetterExchange: exchangeName(world, deadLetterExchange),
    }),
    ...(deadLetterKey !== undefined && { deadLetterRoutingKey: deadLetterKey }),
    ...(doc.deliveryLimit !== undefined && { deliveryLimit: doc.deliveryLimit }),
    ...(doc.singleActiveConsumer && { singleActiveConsumer: true }),
  }
}

/** The default exchange has no name on the wire, whatever is written on its node. */
function exchangeName(world: WiringContext, id: string): string {
  if (id === '') return ''
  const exchange = world.node(id, 'exchange')
  return exchange.type === 'default' ? '' : exchange.name
}

/** Arguments of a binding; only a headers exchange looks at them. */
export function bindingArguments(from: ExchangeDoc, link: LinkDoc): Headers | null {
  if (from.type !== 'headers') return null
  return { 'x-match': link.match ?? 'all', ...link.headers }
}
