/** Three replicas, of which two have to be in sync: what acks asks for, and what happens when brokers die. */
import { type ExampleBody, inColumns } from '../example.ts'
import { BROKER, link, member, producer, steadily, topic } from './parts.ts'

const links = [link('shop', 'orders', 300), link('orders', 'billing', 300)]

export const acksAndReplicas: ExampleBody = {
  about:
    'With acks=all a record counts as written when all replicas in sync have it, and readers see it then: the high watermark. Try: choose the topic and kill broker 1, then broker 2; with fewer than two replicas in sync writes are refused, and the shop tries again until you start one. With acks=1 nothing is refused, and the death of the leader loses records.',
  scenario: {
    seed: 1,
    durationMs: 60_000,
    code: 'python',
    brokers: [{ id: BROKER, family: 'log', brokers: 3, brokerSessionMs: 1500 }],
    nodes: inColumns(
      [
        [
          producer({
            id: 'shop',
            name: 'shop',
            arrivals: steadily(800, 60),
            bodies: ['Order {n}'],
            acks: 'all',
            batchBytes: 40,
            requestTimeoutMs: 4000,
            backoffMs: 500,
          }),
        ],
        [
          topic('orders', {
            partitions: 1,
            replicationFactor: 3,
            minInsyncReplicas: 2,
            replicaLagMs: 3000,
            replicaFetchMs: 600,
          }),
        ],
        [member('billing', 'billing', 300)],
      ],
      links,
    ),
    links,
  },
}
