/** The article's pub/sub: every registration goes to the topic `notifications`, and each group of consumers gets every one. */
import type { LinkDoc } from '../../document.ts'
import { type ExampleBody, inColumns } from '../example.ts'

const ABOUT =
  'Each registration is one record in the topic. Two groups read it, each at its own pace and with its own offsets. Try: crash the analytics consumer. The e-mails go on, and nothing is lost for analytics.'

const links: LinkDoc[] = [
  { id: 'send', from: 'site', to: 'notifications', latencyMs: 500 },
  { id: 'poll-email', from: 'notifications', to: 'email', latencyMs: 400 },
  { id: 'poll-analytics', from: 'notifications', to: 'analytics', latencyMs: 400 },
]

export const notifications: ExampleBody = {
  about: ABOUT,
  scenario: {
    seed: 1,
    durationMs: 60_000,
    code: 'python',
    brokers: [{ id: 'kafka', family: 'log' }],
    nodes: inColumns(
      [
        [
          {
            kind: 'producer',
            id: 'site',
            name: 'sign-up page',
            arrivals: {
              kind: 'interval',
              every: { kind: 'fixed', ms: 2500 },
              firstMs: 1000,
              count: 20,
            },
            bodies: ['New user registered'],
            keys: { kind: 'turn', of: ['alice', 'bob', 'carol', 'dave', 'erin', 'frank'] },
          },
        ],
        [
          {
            kind: 'topic',
            id: 'notifications',
            name: 'notifications',
            broker: 'kafka',
            partitions: 3,
          },
        ],
        [
          {
            kind: 'groupConsumer',
            id: 'email',
            name: 'email',
            group: 'email',
            service: { kind: 'fixed', ms: 1200 },
            maxPollRecords: 500,
            fetchMaxWaitMs: 500,
            commit: 'auto',
            commitEveryMs: 5000,
            offsetReset: 'earliest',
            effect: 'Sending email for: {body}',
          },
          {
            kind: 'groupConsumer',
            id: 'analytics',
            name: 'analytics',
            group: 'analytics',
            service: { kind: 'fixed', ms: 600 },
            maxPollRecords: 500,
            fetchMaxWaitMs: 500,
            commit: 'auto',
            commitEveryMs: 5000,
            offsetReset: 'earliest',
            effect: 'Counting: {body}',
          },
        ],
      ],
      links,
    ),
    links,
  },
}
