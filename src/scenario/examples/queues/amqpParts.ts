/** Parts of which the runs on RabbitMQ are put together: what they do not say is the same in all of them. */
import type { LinkDoc, NodeOf } from '../../document.ts'
import { type ExampleBody, inColumns, type Unplaced } from '../example.ts'

const BROKER = 'rabbitmq'

type Given<K extends Unplaced['kind']> = Partial<Omit<NodeOf<K>, 'kind' | 'id' | 'position'>>

/** One message every `everyMs`, `count` in all. */
export function producer(
  id: string,
  bodies: string[],
  everyMs: number,
  count: number,
  given: Given<'producer'> = {},
): Unplaced {
  const arrivals = {
    kind: 'interval',
    every: { kind: 'fixed', ms: everyMs },
    firstMs: 1000,
    count,
  } as const
  return { kind: 'producer', id, name: id, arrivals, bodies, ...given }
}

export function exchange(id: string, type: NodeOf<'exchange'>['type']): Unplaced {
  return { kind: 'exchange', id, name: type === 'default' ? '(default)' : id, broker: BROKER, type }
}

export function queue(id: string, given: Given<'queue'> = {}): Unplaced {
  const type = given.type ?? 'classic'
  return {
    kind: 'queue',
    id,
    name: id,
    broker: BROKER,
    ...(type === 'classic' && { durable: true }),
    ...given,
  }
}

/** Works on one message at a time, for these durations in turn, and acknowledges it afterwards. */
export function consumer(id: string, serviceMs: number[], given: Given<'consumer'> = {}): Unplaced {
  return {
    kind: 'consumer',
    id,
    name: id,
    service: { kind: 'trace', ms: serviceMs },
    ack: 'manual',
    prefetch: 1,
    concurrency: 1,
    effect: '{body}',
    ...given,
  }
}

/** `key` is the binding key, or the routing key on a link into an exchange. */
export function link(
  from: string,
  to: string,
  latencyMs: number,
  given: Pick<LinkDoc, 'key' | 'headers' | 'match'> = {},
): LinkDoc {
  const asked = given.key ?? Object.values(given.headers ?? {}).join('-')
  const id = `${from}-${to}${asked === '' ? '' : `-${asked.replace(/[^A-Za-z0-9]+/g, '_')}`}`
  return { id: id.slice(0, 64), from, to, latencyMs, ...given }
}

/** An example of a minute on one RabbitMQ. */
export function rabbitExample(
  about: string,
  columns: readonly Unplaced[][],
  links: LinkDoc[],
  durationMs = 60_000,
): ExampleBody {
  return {
    about,
    scenario: {
      seed: 1,
      durationMs,
      code: 'python',
      brokers: [{ id: BROKER, family: 'amqp' }],
      nodes: inColumns(columns, links),
      links,
    },
  }
}
