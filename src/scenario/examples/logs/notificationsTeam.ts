/** One group with more members than partitions, and records without a key: what partitions give and what they cost. */
import type { LinkDoc } from '../../document.ts'
import { type ExampleBody, inColumns, type Unplaced } from '../example.ts'

const ABOUT =
  'Three senders share the group email, and the topic has two partitions: one sender has nothing to do. The users have no key, so their order across partitions is nobody’s promise. Try: crash a sender and watch its partition move.'

const MEMBERS = ['email-1', 'email-2', 'email-3']

const links: LinkDoc[] = [
  { id: 'send', from: 'site', to: 'notifications', latencyMs: 500 },
  ...MEMBERS.map((id) => ({ id: `poll-${id}`, from: 'notifications', to: id, latencyMs: 400 })),
]

function member(id: string, serviceMs: number): Unplaced {
  return {
    kind: 'groupConsumer',
    id,
    name: id,
    group: 'email',
    service: { kind: 'fixed', ms: serviceMs },
    maxPollRecords: 3,
    fetchMaxWaitMs: 1000,
    commit: 'after',
    offsetReset: 'earliest',
    effect: 'Sending email for: {body}',
  }
}

export const notificationsTeam: ExampleBody = {
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
              every: { kind: 'fixed', ms: 1200 },
              firstMs: 1000,
              count: 30,
            },
            bodies: ['User {n} registered'],
          },
        ],
        [
          {
            kind: 'topic',
            id: 'notifications',
            name: 'notifications',
            broker: 'kafka',
            partitions: 2,
          },
        ],
        MEMBERS.map((id, i) => member(id, 900 + i * 900)),
      ],
      links,
    ),
    links,
  },
}
