/** The properties that a producer's messages bear in turn, by its settings. */
import type { MessageProperties } from '../../brokers/amqp/properties.ts'
import type { ProducerSettings } from './settings.ts'

/** Empty if its messages bear none. Headers and priorities each go round in turn. */
export function propertiesInTurn(settings: ProducerSettings): MessageProperties[] {
  const { headers = [], priorities = [], expirationMs, persistent } = settings
  const common: MessageProperties = {
    ...(expirationMs !== undefined && { expiration: String(Math.round(expirationMs)) }),
    ...(persistent && { deliveryMode: 2 }),
  }
  const count = Math.max(1, headers.length) * Math.max(1, priorities.length)
  if (count === 1 && headers.length + priorities.length + Object.keys(common).length === 0) {
    return []
  }
  return Array.from({ length: count }, (_, i) => {
    const own = headers[i % Math.max(1, headers.length)]
    const priority = priorities[i % Math.max(1, priorities.length)]
    return {
      ...common,
      ...(own !== undefined && { headers: own }),
      ...(priority !== undefined && { priority }),
    }
  })
}
