/** Two replicas, one of them cut off for a while, and a topic that would rather be available than complete. */
import { type ExampleBody, inColumns } from '../example.ts'
import { BROKER, link, member, producer, steadily, topic } from './parts.ts'

const links = [link('meter', 'readings', 300), link('readings', 'store', 300)]

export const uncleanElection: ExampleBody = {
  about:
    'The topic may elect a leader that was not in sync. Try: choose the topic and cut broker 1 off at 6 s; from 9 s on it is no longer in sync, and records are acknowledged without it. Kill broker 0 at 14 s: broker 1 leads, and what it never had is lost although it was acknowledged. With unclean election off the topic stands still instead.',
  scenario: {
    seed: 1,
    durationMs: 40_000,
    code: 'python',
    brokers: [{ id: BROKER, family: 'log', brokers: 2, brokerSessionMs: 1500 }],
    nodes: inColumns(
      [
        [
          producer({
            id: 'meter',
            name: 'meter',
            arrivals: steadily(900, 36),
            bodies: ['reading {n}'],
            acks: 'all',
            batchBytes: 16,
            requestTimeoutMs: 5000,
          }),
        ],
        [
          topic('readings', {
            partitions: 1,
            replicationFactor: 2,
            uncleanLeaderElection: true,
            replicaLagMs: 2000,
            replicaFetchMs: 500,
          }),
        ],
        [member('store', 'store', 300)],
      ],
      links,
    ),
    links,
  },
}
