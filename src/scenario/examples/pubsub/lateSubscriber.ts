/** The same late subscriber at four places that keep nothing, everything, the latest, and a log. */
import type { LinkDoc } from '../../document.ts'
import { type ExampleBody, inColumns, type Unplaced } from '../example.ts'
import { subscriber } from './mqttParts.ts'

const ABOUT =
  'The same eight prices are published to four places, and at each of them somebody joins at 9 s. Core NATS keeps nothing: what was before is missed. JetStream keeps the stream, and a durable consumer begins with the first. MQTT retains the latest of a topic. Kafka keeps the log, and a new group that begins at the earliest reads all of it. Try: open the matrix, or let them join earlier.'

const JOIN_MS = 9000
const EVERY = { kind: 'fixed' as const, ms: 1500 }
const ARRIVALS = { kind: 'interval' as const, every: EVERY, firstMs: 1000, count: 8 }
const WORK = { kind: 'fixed' as const, ms: 300 }
const BODIES = ['price {n}']

const links: LinkDoc[] = [
  { id: 'core-in', from: 'to-core', to: 'core', latencyMs: 300, key: 'prices' },
  { id: 'core-out', from: 'core', to: 'late-core', latencyMs: 300, key: 'prices' },
  { id: 'js-in', from: 'to-stream', to: 'jetstream', latencyMs: 300, key: 'prices' },
  { id: 'js-keep', from: 'jetstream', to: 'stream', latencyMs: 100, key: 'prices' },
  { id: 'js-read', from: 'stream', to: 'durable', latencyMs: 0 },
  { id: 'js-out', from: 'durable', to: 'late-stream', latencyMs: 300 },
  { id: 'mqtt-in', from: 'to-mqtt', to: 'mqtt', latencyMs: 300 },
  { id: 'mqtt-out', from: 'mqtt', to: 'late-mqtt', latencyMs: 300 },
  { id: 'kafka-in', from: 'to-kafka', to: 'prices', latencyMs: 300 },
  { id: 'kafka-out', from: 'prices', to: 'late-kafka', latencyMs: 300 },
]

const producer = (id: string): Unplaced => ({
  kind: 'producer',
  id,
  name: id,
  arrivals: ARRIVALS,
  bodies: BODIES,
})

const late = (id: string): Unplaced => ({
  kind: 'natsSubscriber',
  id,
  name: id,
  service: WORK,
  joinMs: JOIN_MS,
  effect: '{body}',
})

export const lateSubscriber: ExampleBody = {
  about: ABOUT,
  scenario: {
    seed: 1,
    durationMs: 24_000,
    brokers: [
      { id: 'nats', family: 'nats' },
      { id: 'nats-js', family: 'nats' },
      { id: 'mosquitto', family: 'mqtt' },
      { id: 'kafka', family: 'log' },
    ],
    nodes: inColumns(
      [
        [
          producer('to-core'),
          producer('to-stream'),
          {
            kind: 'mqttClient',
            id: 'to-mqtt',
            name: 'to-mqtt',
            arrivals: ARRIVALS,
            bodies: BODIES,
            topics: ['prices'],
            retain: true,
            service: WORK,
          },
          producer('to-kafka'),
        ],
        [
          { kind: 'natsServer', id: 'core', name: 'core NATS', broker: 'nats' },
          { kind: 'natsServer', id: 'jetstream', name: 'NATS', broker: 'nats-js' },
          { kind: 'mqttBroker', id: 'mqtt', name: 'mosquitto', broker: 'mosquitto' },
          { kind: 'topic', id: 'prices', name: 'prices', broker: 'kafka', partitions: 1 },
        ],
        [
          { kind: 'natsStream', id: 'stream', name: 'PRICES', broker: 'nats-js' },
          {
            kind: 'natsConsumer',
            id: 'durable',
            name: 'late',
            broker: 'nats-js',
            ackWaitMs: 5000,
          },
        ],
        [
          late('late-core'),
          late('late-stream'),
          subscriber('late-mqtt', 'prices', 0, { connectAtMs: JOIN_MS }),
          {
            kind: 'groupConsumer',
            id: 'late-kafka',
            name: 'late-kafka',
            group: 'late',
            service: WORK,
            maxPollRecords: 10,
            fetchMaxWaitMs: 500,
            commit: 'after',
            offsetReset: 'earliest',
            startAtMs: JOIN_MS,
            effect: '{body}',
          },
        ],
      ],
      links,
      [
        [['to-core'], ['core'], ['late-core']],
        [['to-stream'], ['jetstream', 'stream'], ['late-stream', 'durable']],
        [['to-mqtt'], ['mqtt'], ['late-mqtt']],
        [['to-kafka'], ['prices'], ['late-kafka']],
      ],
    ),
    links,
  },
}
