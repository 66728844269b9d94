/** Parts that the runs of this folder are made of. */
import type { LinkDoc, NodeOf } from '../../document.ts'
import type { Unplaced } from '../example.ts'

export const BROKER = 'kafka'

type Without<K extends 'producer' | 'topic' | 'groupConsumer'> = Omit<
  NodeOf<K>,
  'kind' | 'position' | 'broker'
>

export function producer(doc: Without<'producer'>): Unplaced {
  return { kind: 'producer', ...doc }
}

export function topic(id: string, doc: Omit<Without<'topic'>, 'id' | 'name'>): Unplaced {
  return { kind: 'topic', id, name: id, broker: BROKER, ...doc }
}

export function member(
  id: string,
  group: string,
  ms: number,
  doc: Partial<NodeOf<'groupConsumer'>> = {},
): Unplaced {
  return {
    kind: 'groupConsumer',
    id,
    name: id,
    group,
    service: { kind: 'fixed', ms },
    maxPollRecords: 3,
    fetchMaxWaitMs: 1000,
    commit: 'after',
    offsetReset: 'earliest',
    ...doc,
  }
}

export function link(from: string, to: string, latencyMs = 400): LinkDoc {
  return { id: `${from}-${to}`, from, to, latencyMs }
}

/** Every so many milliseconds, from the first second on. */
export function steadily(ms: number, count: number) {
  return {
    kind: 'interval',
    every: { kind: 'fixed', ms },
    firstMs: 1000,
    count,
  } as const
}
