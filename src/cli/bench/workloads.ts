/** What the bench runs: the scenarios in which Eventarium and its peers do the same work. */
import { type NodeDoc, SCENARIO_FORMAT, type Scenario } from '../../scenario/document.ts'

export interface Workload {
  name: string
  what: string
  /** Competing consumers, each busy 80 % of the time. */
  consumers: number
}

/** Mean service time. */
export const SERVICE_MS = 10
const LOAD = 0.8

export const WORKLOADS = {
  competing: {
    name: 'competing consumers',
    what: 'producer → queue → 4 competing consumers with acks',
    consumers: 4,
  },
  mm1: { name: 'M/M/1', what: 'producer → queue → 1 consumer with acks', consumers: 1 },
} as const satisfies Record<string, Workload>

/** Mean time between two arrivals. */
export function arrivalMs({ consumers }: Workload): number {
  return SERVICE_MS / (LOAD * consumers)
}

/** The workload as a scenario, every delay on links 0 as in a peer without links. */
export function scenarioOf(workload: Workload, messages: number): Scenario {
  const position = { x: 0, y: 0 }
  const meanMs = arrivalMs(workload)
  const ids = Array.from({ length: workload.consumers }, (_, i) => `consumer-${i + 1}`)
  const consumers = ids.map(
    (id): NodeDoc => ({
      kind: 'consumer',
      id,
      name: id,
      position,
      service: { kind: 'exponential', meanMs: SERVICE_MS },
      ack: 'manual',
      prefetch: 1,
      concurrency: 1,
    }),
  )
  const every = { kind: 'exponential' as const, meanMs }
  return {
    format: SCENARIO_FORMAT,
    title: workload.name,
    seed: 1,
    durationMs: messages * meanMs * 10,
    brokers: [{ id: 'broker', family: 'amqp' }],
    nodes: [
      {
        kind: 'producer',
        id: 'producer',
        name: 'producer',
        position,
        arrivals: { kind: 'interval', every, count: messages },
        bodies: ['message {n}'],
      },
      { kind: 'queue', id: 'queue', name: 'queue', broker: 'broker', position },
      ...consumers,
    ],
    links: [
      { id: 'publish', from: 'producer', to: 'queue', latencyMs: 0 },
      ...ids.map((id) => ({ id: `deliver-${id}`, from: 'queue', to: id, latencyMs: 0 })),
    ],
  }
}
