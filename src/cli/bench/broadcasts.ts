/** One topic with many subscribers, all of whom get every message: as each system of pub/sub does it, links without delay. */
import { type NodeDoc, SCENARIO_FORMAT, type Scenario } from '../../scenario/document.ts'
import { linkOf, position, SERVICE_MS } from './workloads.ts'

export const BROADCASTS = {
  nats: 'one NATS subject',
  redis: 'one channel of Redis Pub/Sub',
  mqtt0: 'one MQTT topic, QoS 0',
  mqtt1: 'one MQTT topic, QoS 1',
  cloud: 'one cloud topic, a subscription for each subscriber',
} as const

type System = keyof typeof BROADCASTS

/** Half as long as messages are apart: nobody falls behind. */
const service = { kind: 'fixed' as const, ms: SERVICE_MS / 2 }

export function broadcastOf(system: System, messages: number, subscribers: number): Scenario {
  const ids = Array.from({ length: subscribers }, (_, n) => `subscriber-${n + 1}`)
  return {
    format: SCENARIO_FORMAT,
    title: `${BROADCASTS[system]}, ${subscribers} subscribers`,
    seed: 1,
    durationMs: messages * SERVICE_MS * 10,
    ...PARTS[system](ids, {
      kind: 'interval',
      every: { kind: 'fixed', ms: SERVICE_MS },
      count: messages,
    }),
  }
}

type Arrivals = Extract<NodeDoc, { kind: 'producer' }>['arrivals']
type Parts = Pick<Scenario, 'brokers' | 'nodes' | 'links'>

const PARTS: Record<System, (ids: readonly string[], arrivals: Arrivals) => Parts> = {
  nats: (ids, arrivals) => ({
    brokers: [{ id: 'broker', family: 'nats' }],
    nodes: [
      producer(arrivals),
      { kind: 'natsServer', id: 'place', name: 'place', broker: 'broker', position },
      ...ids.map((id) => ({ kind: 'natsSubscriber' as const, id, name: id, position, service })),
    ],
    links: [
      { ...linkOf('producer', 'place'), key: 'prices.gold' },
      ...ids.map((id, n) => ({ ...linkOf('place', id), key: n % 2 === 0 ? 'prices.*' : '>' })),
    ],
  }),
  redis: (ids, arrivals) => ({
    brokers: [{ id: 'broker', family: 'redisPubsub' }],
    nodes: [
      producer(arrivals),
      { kind: 'redisServer', id: 'place', name: 'place', broker: 'broker', position },
      ...ids.map((id) => ({ kind: 'redisSubscriber' as const, id, name: id, position, service })),
    ],
    links: [
      { ...linkOf('producer', 'place'), key: 'prices:gold' },
      ...ids.map((id, n) => ({ ...linkOf('place', id), key: n % 2 === 0 ? 'prices:gold' : '*' })),
    ],
  }),
  mqtt0: (ids, arrivals) => mqtt(ids, arrivals, 0),
  mqtt1: (ids, arrivals) => mqtt(ids, arrivals, 1),
  cloud: (ids, arrivals) => ({
    brokers: [{ id: 'broker', family: 'cloud' }],
    nodes: [
      producer(arrivals),
      { kind: 'cloudTopic', id: 'place', name: 'place', broker: 'broker', position },
      ...ids.flatMap((id): NodeDoc[] => [
        {
          kind: 'cloudSubscription',
          id: `of-${id}`,
          name: `of-${id}`,
          broker: 'broker',
          push: true,
          position,
        },
        {
          kind: 'pollingConsumer',
          id,
          name: id,
          position,
          service,
          maxMessages: 1,
          waitTimeMs: 0,
          deleteWhen: 'after',
        },
      ]),
    ],
    links: [
      linkOf('producer', 'place'),
      ...ids.flatMap((id) => [linkOf('place', `of-${id}`), linkOf(`of-${id}`, id)]),
    ],
  }),
}

function mqtt(ids: readonly string[], arrivals: Arrivals, qos: 0 | 1): Parts {
  const client = { kind: 'mqttClient' as const, position, bodies: ['message {n}'] }
  return {
    brokers: [{ id: 'broker', family: 'mqtt' }],
    nodes: [
      {
        ...client,
        id: 'producer',
        name: 'producer',
        topics: ['prices/gold'],
        qos,
        arrivals,
        service,
      },
      { kind: 'mqttBroker', id: 'place', name: 'place', broker: 'broker', position },
      ...ids.map((id, n) => ({
        ...client,
        id,
        name: id,
        arrivals: { kind: 'manual' as const },
        subscriptions: [{ filter: n % 2 === 0 ? 'prices/+' : '#', qos }],
        service,
      })),
    ],
    links: [linkOf('producer', 'place'), ...ids.map((id) => linkOf('place', id))],
  }
}

function producer(arrivals: Arrivals): NodeDoc {
  return {
    kind: 'producer',
    id: 'producer',
    name: 'producer',
    position,
    arrivals,
    bodies: ['message {n}'],
  }
}
