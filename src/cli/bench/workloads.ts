/**
 * What the bench runs: scenarios in which Eventarium and its peers do the same work. A new workload is an
 * entry in `WORKLOADS`; `stations` says what a peer without brokers has to do for it.
 */
import {
  type LinkDoc,
  type NodeDoc,
  SCENARIO_FORMAT,
  type Scenario,
} from '../../scenario/document.ts'

export interface Workload {
  what: string
  /** Queues in a row, each with so many servers, each server busy 80 % of the time. */
  stations: number
  servers: number
  /** The clients that stand for the servers of each queue, and how much each works on at once. */
  consumers: number
  concurrency: number
}

/** Mean service time. */
export const SERVICE_MS = 10
const LOAD = 0.8

export const WORKLOADS = {
  competing: {
    what: 'producer → queue → 4 competing consumers with acks',
    stations: 1,
    servers: 4,
    consumers: 4,
    concurrency: 1,
  },
  mm1: {
    what: 'M/M/1: producer → queue → 1 consumer',
    stations: 1,
    servers: 1,
    consumers: 1,
    concurrency: 1,
  },
  mm4: {
    what: 'M/M/4: producer → queue → 1 consumer that works on 4 at once',
    stations: 1,
    servers: 4,
    consumers: 1,
    concurrency: 4,
  },
  tandem: {
    what: 'tandem: 5 queues with a service each, one after the other',
    stations: 5,
    servers: 1,
    consumers: 1,
    concurrency: 1,
  },
} as const satisfies Record<string, Workload>

/** Mean time between two arrivals. */
export function arrivalMs({ servers }: Workload): number {
  return SERVICE_MS / (LOAD * servers)
}

/** The workload as a scenario, every delay on links 0 as in a peer without links. `waiting` come at once, first. */
export function scenarioOf(workload: Workload, messages: number, waiting = 0): Scenario {
  const meanMs = arrivalMs(workload)
  const every = { kind: 'exponential' as const, meanMs }
  const nodes: NodeDoc[] = [
    {
      kind: 'producer',
      id: 'producer',
      name: 'producer',
      position,
      arrivals: { kind: 'interval', every, count: messages },
      bodies: [workload.stations === 1 ? 'message {n}' : 'message'],
    },
  ]
  const links: LinkDoc[] = [linkOf('producer', 'queue-1')]
  if (waiting > 0) {
    nodes.push({
      kind: 'producer',
      id: 'burst',
      name: 'burst',
      position,
      arrivals: { kind: 'bursts', size: waiting, gapMs: 0, everyMs: 1, firstMs: 0, count: waiting },
      bodies: ['message'],
    })
    links.push(linkOf('burst', 'queue-1'))
  }
  for (let station = 1; station <= workload.stations; station++) {
    const queue = `queue-${station}`
    nodes.push({ kind: 'queue', id: queue, name: queue, broker: 'broker', position })
    for (let n = 1; n <= workload.consumers; n++) {
      const id = `consumer-${station}-${n}`
      nodes.push(consumerOf(id, workload.concurrency))
      links.push(linkOf(queue, id))
      if (station < workload.stations) links.push(linkOf(id, `queue-${station + 1}`))
    }
  }
  return {
    format: SCENARIO_FORMAT,
    title: workload.what,
    seed: 1,
    durationMs: (messages + waiting) * meanMs * 10,
    brokers: [{ id: 'broker', family: 'amqp' }],
    nodes,
    links,
  }
}

export const position = { x: 0, y: 0 }

export function linkOf(from: string, to: string): LinkDoc {
  return { id: `${from}-${to}`, from, to, latencyMs: 0 }
}

function consumerOf(id: string, concurrency: number): NodeDoc {
  return {
    kind: 'consumer',
    id,
    name: id,
    position,
    service: { kind: 'exponential', meanMs: SERVICE_MS },
    ack: 'manual',
    prefetch: concurrency,
    concurrency,
  }
}
