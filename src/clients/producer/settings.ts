/** Parameters of this kind of client, as the scenario document states them. */
import type { Arrivals } from '../../engine/distributions.ts'

/** Publishes messages to what it is linked to: exchange, queue (by the default exchange), topic, command handler. */
export interface ProducerSettings {
  arrivals: Arrivals
  /** Body; `{n}` is the number of the message. With several bodies they are used in turn. */
  bodies: string[]
  /** What `{n}` is in the first message; 1 unless stated. */
  firstNumber?: number
  /** amqp: the routing key if the link gives none. log: keys used in turn or drawn at random; none = keyless. */
  keys?: { kind: 'none' } | { kind: 'turn' | 'random'; of: string[] }
}
