/** One meter, three displays that differ in QoS alone, on links that lose packets. */
import type { LinkDoc } from '../../document.ts'
import { type ExampleBody, inColumns } from '../example.ts'
import { fromBroker, kept, mosquitto, place, publisher, subscriber, toBroker } from './mqttParts.ts'

const ABOUT =
  'Three displays get the same readings over links that lose one packet in twelve; a lost packet takes its connection with it, as TCP would. QoS 0 loses readings, QoS 1 shows some twice, QoS 2 shows each once. Try: select the link of a display, lose the next packet or the next answer, and see which of them minds.'

const links: LinkDoc[] = [
  toBroker('meter'),
  fromBroker('at-most-once', 0.08),
  fromBroker('at-least-once', 0.08),
  fromBroker('exactly-once', 0.08),
]

export const mqttQos: ExampleBody = {
  about: ABOUT,
  scenario: {
    seed: 5,
    durationMs: 60_000,
    brokers: mosquitto,
    nodes: inColumns(
      [
        [publisher('meter', 2000, 20, { topics: ['power'], bodies: ['{n} kWh'], qos: 2 })],
        [place],
        [
          subscriber('at-most-once', 'power', 0, kept),
          subscriber('at-least-once', 'power', 1, kept),
          subscriber('exactly-once', 'power', 2, kept),
        ],
      ],
      links,
    ),
    links,
  },
}
