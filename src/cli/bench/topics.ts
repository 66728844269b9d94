/** A topic as a workload: 12 partitions that three groups of four members read, every record by each group. */
import {
  type LinkDoc,
  type NodeDoc,
  SCENARIO_FORMAT,
  type Scenario,
} from '../../scenario/document.ts'

const PARTITIONS = 12
const GROUPS = 3
const MEMBERS = 4
/** Mean work on a record; every member is busy 80 % of the time. */
const SERVICE_MS = 10
const LOAD = 0.8
const KEYS = 480

export const TOPIC_WORKLOAD = `producer → topic of ${PARTITIONS} partitions → ${GROUPS} groups of ${MEMBERS}`

/** So many records; all delays on links are 0. */
export function topicScenario(records: number): Scenario {
  const position = { x: 0, y: 0 }
  const everyMs = SERVICE_MS / (LOAD * MEMBERS)
  const links: LinkDoc[] = [link('producer', 'topic')]
  const members: NodeDoc[] = []
  for (let group = 1; group <= GROUPS; group++) {
    for (let n = 1; n <= MEMBERS; n++) {
      const id = `consumer-${group}-${n}`
      members.push({
        kind: 'groupConsumer',
        id,
        name: id,
        position,
        group: `group-${group}`,
        service: { kind: 'exponential', meanMs: SERVICE_MS },
        maxPollRecords: 500,
        fetchMaxWaitMs: 500,
        commit: 'after',
        offsetReset: 'earliest',
      })
      links.push(link('topic', id))
    }
  }
  return {
    format: SCENARIO_FORMAT,
    title: TOPIC_WORKLOAD,
    seed: 1,
    durationMs: Math.min(86_400_000, records * everyMs * 10),
    brokers: [{ id: 'log', family: 'log' }],
    nodes: [
      {
        kind: 'producer',
        id: 'producer',
        name: 'producer',
        position,
        arrivals: {
          kind: 'interval',
          every: { kind: 'exponential', meanMs: everyMs },
          count: records,
        },
        bodies: ['record {n}'],
        keys: { kind: 'turn', of: Array.from({ length: KEYS }, (_, key) => `key-${key}`) },
      },
      {
        kind: 'topic',
        id: 'topic',
        name: 'topic',
        broker: 'log',
        position,
        partitions: PARTITIONS,
      },
      ...members,
    ],
    links,
  }
}

function link(from: string, to: string): LinkDoc {
  return { id: `${from}-${to}`, from, to, latencyMs: 0 }
}
