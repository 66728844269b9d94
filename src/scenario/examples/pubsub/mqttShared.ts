/** Three workers that share a subscription, and an auditor who has one of its own. */
import type { LinkDoc } from '../../document.ts'
import { type ExampleBody, inColumns } from '../example.ts'
import { fromBroker, mosquitto, place, publisher, subscriber, toBroker } from './mqttParts.ts'

const ABOUT =
  'The three workers share one subscription: each job goes to one of them in turn. The auditor has a subscription of its own and sees every job. Try: take a worker offline. The others get its share.'

const links: LinkDoc[] = [
  toBroker('shop'),
  fromBroker('worker-1'),
  fromBroker('worker-2'),
  fromBroker('worker-3'),
  fromBroker('auditor'),
]

const shared = (id: string) =>
  subscriber(id, '$share/workers/jobs/#', 1, {
    service: { kind: 'fixed', ms: 2000 },
    effect: 'Done: {body}',
  })

export const mqttShared: ExampleBody = {
  about: ABOUT,
  scenario: {
    seed: 1,
    durationMs: 30_000,
    brokers: mosquitto,
    nodes: inColumns(
      [
        [publisher('shop', 1200, 20, { topics: ['jobs/resize'], bodies: ['Photo {n}'], qos: 1 })],
        [place],
        [
          shared('worker-1'),
          shared('worker-2'),
          shared('worker-3'),
          subscriber('auditor', 'jobs/#', 0, { effect: 'Seen: {body}' }),
        ],
      ],
      links,
    ),
    links,
  },
}
