/** What the runs about consumer groups have in common: one producer with keys, one topic, groups side by side. */
import type { LinkDoc, NodeOf } from '../../document.ts'
import { type ExampleBody, inColumns, type Unplaced } from '../example.ts'

type Member = Partial<Omit<NodeOf<'groupConsumer'>, 'kind' | 'position' | 'id'>> & {
  id: string
  group: string
}

interface GroupRun {
  about: string
  partitions: number
  everyMs: number
  count: number
  keys?: string[]
  durationMs?: number
  members: readonly Member[]
}

const LATENCY_MS = 300

export function groupRun(run: GroupRun): ExampleBody {
  const { about, partitions, everyMs, count, keys, durationMs = 60_000, members } = run
  const links: LinkDoc[] = [
    { id: 'send', from: 'shop', to: 'orders', latencyMs: LATENCY_MS },
    ...members.map(({ id }) => ({
      id: `poll-${id}`,
      from: 'orders',
      to: id,
      latencyMs: LATENCY_MS,
    })),
  ]
  const shop: Unplaced = {
    kind: 'producer',
    id: 'shop',
    name: 'shop',
    arrivals: { kind: 'interval', every: { kind: 'fixed', ms: everyMs }, firstMs: 1000, count },
    bodies: ['Order{n}'],
    ...(keys && { keys: { kind: 'turn', of: keys } }),
  }
  const topic: Unplaced = {
    kind: 'topic',
    id: 'orders',
    name: 'orders',
    broker: 'kafka',
    partitions,
  }
  return {
    about,
    scenario: {
      seed: 1,
      durationMs,
      code: 'python',
      brokers: [{ id: 'kafka', family: 'log' }],
      nodes: inColumns([[shop], [topic], members.map(member)], links),
      links,
    },
  }
}

function member({ id, ...given }: Member): Unplaced {
  return {
    kind: 'groupConsumer',
    id,
    name: id,
    service: { kind: 'fixed', ms: 500 },
    maxPollRecords: 2,
    fetchMaxWaitMs: 500,
    commit: 'after',
    offsetReset: 'earliest',
    sessionTimeoutMs: 3000,
    effect: 'Handled: {body}',
    ...given,
  }
}
