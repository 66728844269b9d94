/** A subscription with an ack deadline, retries and a dead-letter topic, beside one that pushes. */
import type { LinkDoc } from '../../document.ts'
import { type ExampleBody, inColumns, type Unplaced } from '../example.ts'

const ABOUT =
  'The topic keeps nothing; each subscription has a backlog of its own. What the resizer takes has four seconds until its ack deadline: what takes longer is sent again and done twice. Some work fails and is nacked; after three attempts a photo goes to the dead-letter topic. The audit is pushed to. Try: select the subscription while a message is out, and nack it, or extend its deadline.'

const links: LinkDoc[] = [
  { id: 'publish', from: 'app', to: 'photos', latencyMs: 300 },
  { id: 'to-resize', from: 'photos', to: 'resize', latencyMs: 300 },
  { id: 'to-audit', from: 'photos', to: 'audit', latencyMs: 300 },
  { id: 'pull', from: 'resize', to: 'resizer', latencyMs: 300 },
  { id: 'push', from: 'audit', to: 'auditor', latencyMs: 300 },
  { id: 'to-parked', from: 'given-up', to: 'parked', latencyMs: 300 },
  { id: 'look', from: 'parked', to: 'operator', latencyMs: 300 },
]

const client = (id: string, effect: string): Extract<Unplaced, { kind: 'pollingConsumer' }> => ({
  kind: 'pollingConsumer',
  id,
  name: id,
  service: { kind: 'fixed', ms: 600 },
  maxMessages: 1,
  waitTimeMs: 20_000,
  deleteWhen: 'after',
  effect,
})

const broker = 'pubsub'

export const cloudAckDeadline: ExampleBody = {
  about: ABOUT,
  scenario: {
    seed: 1,
    durationMs: 45_000,
    brokers: [{ id: broker, family: 'cloud' }],
    nodes: inColumns(
      [
        [
          {
            kind: 'producer',
            id: 'app',
            name: 'app',
            arrivals: {
              kind: 'interval',
              every: { kind: 'fixed', ms: 2500 },
              firstMs: 1000,
              count: 10,
            },
            bodies: ['Photo{n}'],
          },
        ],
        [
          { kind: 'cloudTopic', id: 'photos', name: 'photos', broker },
          { kind: 'cloudTopic', id: 'given-up', name: 'given-up', broker },
        ],
        [
          {
            kind: 'cloudSubscription',
            id: 'resize',
            name: 'resize',
            broker,
            ackDeadlineMs: 4000,
            minBackoffMs: 500,
            maxBackoffMs: 4000,
            deadLetterTopic: 'given-up',
            maxDeliveryAttempts: 3,
          },
          { kind: 'cloudSubscription', id: 'audit', name: 'audit', broker, push: true },
          { kind: 'cloudSubscription', id: 'parked', name: 'parked', broker },
        ],
        [
          {
            ...client('resizer', 'Resized: {body}'),
            service: { kind: 'trace', ms: [800, 800, 5500, 800] },
            failureRate: 0.45,
            onFailure: 'release',
          },
          client('auditor', 'Audited: {body}'),
          client('operator', 'Looked at: {body}'),
        ],
      ],
      links,
    ),
    links,
  },
}
