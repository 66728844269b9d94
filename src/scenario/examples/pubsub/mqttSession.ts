/** Two lamps go offline and come back: one with a session that is kept, one with a clean start. */
import type { LinkDoc } from '../../document.ts'
import { type ExampleBody, inColumns } from '../example.ts'
import { fromBroker, kept, mosquitto, place, publisher, subscriber, toBroker } from './mqttParts.ts'

const ABOUT =
  'Both lamps are away from 6 s to 14 s. The broker keeps the session of one of them, so its commands wait there; the other begins anew and never hears of them. Try: set the QoS of the hall lamp to 0, or let its session expire sooner than it comes back.'

const links: LinkDoc[] = [
  toBroker('switchboard'),
  fromBroker('hall-lamp'),
  fromBroker('porch-lamp'),
]

const away = { leaveAtMs: 6000, backAtMs: 14_000 }

export const mqttSession: ExampleBody = {
  about: ABOUT,
  scenario: {
    seed: 1,
    durationMs: 30_000,
    brokers: mosquitto,
    nodes: inColumns(
      [
        [
          publisher('switchboard', 2000, 12, {
            topics: ['lamps/all'],
            bodies: ['on {n}', 'off {n}'],
            qos: 1,
          }),
        ],
        [place],
        [
          subscriber('hall-lamp', 'lamps/#', 1, { ...kept, ...away }),
          subscriber('porch-lamp', 'lamps/#', 1, away),
        ],
      ],
      links,
    ),
    links,
  },
}
