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
