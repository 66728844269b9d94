/** The latest temperature of each room is retained, alarms are not; a display joins late. */
import type { LinkDoc } from '../../document.ts'
import { type ExampleBody, inColumns } from '../example.ts'
import { fromBroker, mosquitto, place, publisher, subscriber, toBroker } from './mqttParts.ts'

const ABOUT =
  'The thermostats retain the latest temperature of each room; alarms are only for those who are there. The wall display joins at 10 s: it has every temperature at once, and no alarm. Try: at 9 s, publish an empty retained message to temperature/kitchen from the thermostats. The display has nothing of the kitchen until its next reading.'

const links: LinkDoc[] = [
  toBroker('thermostats'),
  toBroker('smoke-alarm'),
  fromBroker('phone'),
  fromBroker('wall-display'),
]

const both = [
  { filter: 'temperature/+', qos: 1 as const },
  { filter: 'alarm', qos: 1 as const },
]

export const mqttRetained: ExampleBody = {
  about: ABOUT,
  scenario: {
    seed: 1,
    durationMs: 24_000,
    brokers: mosquitto,
    nodes: inColumns(
      [
        [
          publisher('thermostats', 1500, 14, {
            topics: ['temperature/kitchen', 'temperature/bath', 'temperature/attic'],
            bodies: ['19 °C', '23 °C', '15 °C', '20 °C', '24 °C', '14 °C'],
            qos: 1,
            retain: true,
          }),
          publisher('smoke-alarm', 6000, 2, { topics: ['alarm'], bodies: ['smoke {n}'], qos: 1 }),
        ],
        [place],
        [
          subscriber('phone', 'alarm', 1, { subscriptions: both }),
          subscriber('wall-display', 'alarm', 1, { subscriptions: both, connectAtMs: 10_000 }),
        ],
      ],
      links,
    ),
    links,
  },
}
