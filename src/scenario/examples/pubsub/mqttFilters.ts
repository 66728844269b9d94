/** Topics of a house, and subscribers whose filters match some of them. */
import type { LinkDoc } from '../../document.ts'
import { type ExampleBody, inColumns } from '../example.ts'
import { fromBroker, mosquitto, place, publisher, subscriber, toBroker } from './mqttParts.ts'

const ABOUT =
  'Topics are levels between slashes. + stands for exactly one level, # for all that follow. A message that no filter matches is kept by nobody. Try: select a subscriber and change its filter.'

const links: LinkDoc[] = [
  toBroker('house'),
  fromBroker('climate'),
  fromBroker('kitchen'),
  fromBroker('doors'),
]

export const mqttFilters: ExampleBody = {
  about: ABOUT,
  scenario: {
    seed: 1,
    durationMs: 36_000,
    brokers: mosquitto,
    nodes: inColumns(
      [
        [
          publisher('house', 1500, 20, {
            topics: [
              'home/kitchen/temperature',
              'home/garage/temperature',
              'home/kitchen/oven/timer',
              'home/garage/door',
              'garden/pump',
            ],
            bodies: ['21 °C', '9 °C', '5 min', 'open', 'on'],
          }),
        ],
        [place],
        [
          subscriber('climate', 'home/+/temperature', 0),
          subscriber('kitchen', 'home/kitchen/#', 0),
          subscriber('doors', '+/+/door', 0),
        ],
      ],
      links,
    ),
    links,
  },
}
