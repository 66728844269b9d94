/** What the runs on Redis streams have in common: a shop that adds orders, streams of one server, groups and who reads for them. */
import type { NodeOf, Scenario } from '../../document.ts'
import type { Unplaced } from '../example.ts'

export const LATENCY_MS = 250

export const SERVER: Scenario['brokers'] = [{ id: 'redis', family: 'redisStreams' }]

export function shop(everyMs: number, count: number): Unplaced {
  return {
    kind: 'producer',
    id: 'shop',
    name: 'shop',
    arrivals: { kind: 'interval', every: { kind: 'fixed', ms: everyMs }, firstMs: 500, count },
    bodies: ['Order{n}'],
  }
}

export function stream(
  id: string,
  settings: Partial<Pick<NodeOf<'redisStream'>, 'maxLength' | 'contents'>> = {},
): Unplaced {
  return { kind: 'redisStream', id, name: id, broker: 'redis', ...settings }
}

export function group(id: string, start = '0'): Unplaced {
  return { kind: 'redisGroup', id, name: id, broker: 'redis', start }
}

export function consumer(
  id: string,
  settings: Partial<Omit<NodeOf<'redisConsumer'>, 'kind' | 'id' | 'position'>> = {},
): Unplaced {
  return {
    kind: 'redisConsumer',
    id,
    name: id,
    service: { kind: 'fixed', ms: 900 },
    count: 3,
    blockMs: 2000,
    ack: 'after',
    effect: 'Packed: {body}',
    ...settings,
  }
}
