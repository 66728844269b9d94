/** A pump that crashes, with a retained last will; a late display still learns of it. */
import type { LinkDoc } from '../../document.ts'
import { type ExampleBody, inColumns } from '../example.ts'
import { fromBroker, mosquitto, place, publisher, subscriber, toBroker } from './mqttParts.ts'

const ABOUT =
  'The pump says online, then its process dies at 8 s without a goodbye. The broker publishes the last will that the pump left when it connected, and retains it, so even the display that joins at 14 s knows. Try: restart the pump, and it says online again. Or take it offline before it crashes: a goodbye drops the will.'

const links: LinkDoc[] = [toBroker('pump'), fromBroker('control-room'), fromBroker('late-display')]

export const mqttWill: ExampleBody = {
  about: ABOUT,
  scenario: {
    seed: 1,
    durationMs: 24_000,
    brokers: mosquitto,
    nodes: inColumns(
      [
        [
          publisher('pump', 3000, 6, {
            topics: ['status/pump'],
            bodies: ['online'],
            qos: 1,
            retain: true,
            will: { topic: 'status/pump', body: 'offline', qos: 1, retain: true },
            crashAtMs: 8000,
          }),
        ],
        [place],
        [
          subscriber('control-room', 'status/+', 1, { effect: 'pump is {body}' }),
          subscriber('late-display', 'status/+', 1, {
            connectAtMs: 14_000,
            effect: 'pump is {body}',
          }),
        ],
      ],
      links,
    ),
    links,
  },
}
