/** What random designs and scripts have of MQTT. */
import fc from 'fast-check'
import type { ActionBody, Scenario } from '../scenario/document.ts'

/** Settings of a client besides those that all clients have. */
export const mqttSettings = {
  version: fc.constantFrom(4, 5),
  cleanStart: fc.boolean(),
  sessionExpiryMs: fc.constantFrom(0, 3000, 60_000),
  keepAliveMs: fc.constantFrom(0, 500, 2000),
  connectAtMs: fc.constantFrom(0, 2000),
  leaveAtMs: fc.constantFrom(1000, 4000),
  backAtMs: fc.constantFrom(3000, 6000),
  crashAtMs: fc.constantFrom(2500),
  reconnectMs: fc.constantFrom(100, 1000),
  receiveMaximum: fc.constantFrom(1, 3),
  subscriptions: fc.constantFrom(
    [{ filter: 'a/#', qos: 1 }],
    [
      { filter: '$share/g/a/+', qos: 2 },
      { filter: 'b', qos: 0 },
    ],
    [{ filter: '#', qos: 2 }],
  ),
  will: fc.constantFrom(
    { topic: 'a/gone', body: 'gone', qos: 1, retain: true },
    { topic: 'b', body: 'gone', delayMs: 500 },
  ),
  topics: fc.constantFrom(['a/b', 'b'], ['a/b/c']),
  qos: fc.constantFrom(0, 1, 2),
  retain: fc.boolean(),
  expiryS: fc.constantFrom(0, 1, 5),
  effect: fc.constant('Did {body}'),
}

/** What can be done to a client. */
export function mqttActs(id: string): fc.Arbitrary<ActionBody>[] {
  const node = fc.constant(id)
  return [
    fc.record({ do: fc.constantFrom('goOffline' as const, 'comeBack' as const), node }),
    fc.record({
      do: fc.constant('publishMqtt' as const),
      node,
      topic: fc.constantFrom('a/b', 'b'),
      body: fc.constantFrom('', 'by hand'),
      qos: fc.constantFrom(0 as const, 1 as const, 2 as const),
      retain: fc.boolean(),
    }),
  ]
}

/** Only where a lost packet is seen to. */
export function isMqttLink({ links, nodes }: Scenario, id: string): boolean {
  const link = links.find((each) => each.id === id)
  return nodes.some(
    (node) => node.kind === 'mqttClient' && [link?.from, link?.to].includes(node.id),
  )
}

export function lossOn(id: string): fc.Arbitrary<ActionBody> {
  return fc.record({
    do: fc.constant('loseNext' as const),
    link: fc.constant(id),
    way: fc.constantFrom('with' as const, 'back' as const),
  })
}
