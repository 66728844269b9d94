/** What both languages say of exchanges, queues and bindings of RabbitMQ: the arguments that the protocol takes. */
import type { LinkDoc, NodeOf, Scenario } from '../document.ts'

/** Arguments of queue.declare. */
export function queueArguments(
  queue: NodeOf<'queue'>,
  scenario: Scenario,
): Record<string, string | number | boolean> {
  const { type, maxLength, maxBytes, messageTtlMs, expiresMs, maxPriority } = queue
  const { deadLetterExchange, deadLetterKey, deliveryLimit } = queue
  return {
    ...(type !== undefined && type !== 'classic' && { 'x-queue-type': type }),
    ...(maxLength !== undefined && { 'x-max-length': maxLength }),
    ...(maxBytes !== undefined && { 'x-max-length-bytes': maxBytes }),
    ...(queue.overflow !== undefined && { 'x-overflow': queue.overflow }),
    ...(messageTtlMs !== undefined && { 'x-message-ttl': Math.round(messageTtlMs) }),
    ...(expiresMs !== undefined && { 'x-expires': Math.max(1, Math.round(expiresMs)) }),
    ...(maxPriority !== undefined && { 'x-max-priority': maxPriority }),
    ...(deadLetterExchange !== undefined && {
      'x-dead-letter-exchange': exchangeNamed(scenario, deadLetterExchange),
    }),
    ...(deadLetterKey !== undefined && { 'x-dead-letter-routing-key': deadLetterKey }),
    ...(deliveryLimit !== undefined && { 'x-delivery-limit': deliveryLimit }),
    ...(queue.singleActiveConsumer && { 'x-single-active-consumer': true }),
  }
}

/** Arguments of exchange.declare. */
export function exchangeArguments(
  exchange: NodeOf<'exchange'>,
  scenario: Scenario,
): Record<string, string> {
  const { alternate, hashHeader } = exchange
  return {
    ...(alternate !== undefined && { 'alternate-exchange': exchangeNamed(scenario, alternate) }),
    ...(hashHeader !== undefined && { 'hash-header': hashHeader }),
  }
}

/** Arguments of a binding; only a headers exchange looks at them. */
export function bindingArguments(
  from: NodeOf<'exchange'>,
  link: LinkDoc,
): Record<string, string | number | boolean | null> {
  return from.type === 'headers' ? { 'x-match': link.match ?? 'all', ...link.headers } : {}
}

/** Whether a queue is declared durable. */
export function isDurable(queue: NodeOf<'queue'>): boolean {
  return queue.durable ?? (queue.type !== undefined && queue.type !== 'classic')
}

/** The default exchange has no name on the wire. */
function exchangeNamed(scenario: Scenario, id: string): string {
  const exchange = scenario.nodes.find((node) => node.id === id)
  return exchange?.kind === 'exchange' && exchange.type !== 'default' ? exchange.name : ''
}

/** What a producer's first message says of itself, and how it is published. */
export interface PublishTerms {
  headers?: Record<string, string | number | boolean>
  priority?: number
  expiration?: string
  persistent?: true
  replyTo?: string
  correlationId?: string
  mandatory?: true
}

export function publishTerms(producer: NodeOf<'producer'>, scenario: Scenario): PublishTerms {
  const { headers = [], priorities = [], expirationMs, persistent, mandatory, replyTo } = producer
  const queue = scenario.nodes.find(({ id }) => id === replyTo)
  return {
    ...(headers[0] && { headers: headers[0] }),
    ...(priorities[0] !== undefined && { priority: priorities[0] }),
    ...(expirationMs !== undefined && { expiration: String(Math.round(expirationMs)) }),
    ...(persistent && { persistent: true as const }),
    ...(queue && { replyTo: queue.name, correlationId: String(producer.firstNumber ?? 1) }),
    ...(mandatory && { mandatory: true as const }),
  }
}

/** Arguments of basic.consume. */
export function consumeArguments(
  consumer: NodeOf<'consumer'>,
  queue: NodeOf<'queue'>,
): Record<string, string | number> {
  const { priority, offset } = consumer
  return {
    ...(priority !== undefined && { 'x-priority': priority }),
    ...(queue.type === 'stream' && { 'x-stream-offset': offset ?? 'next' }),
  }
}
