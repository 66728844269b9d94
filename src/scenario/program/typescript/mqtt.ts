/** TypeScript programs of MQTT clients: mqtt.js. */
import type { Scenario } from '../../document.ts'
import { firstPublishes, mqttTerms } from '../mqtt.ts'
import type { ClientOf, Role } from '../plan.ts'
import { type Line, line, on } from '../program.ts'
import type { Sheet } from '../sheet.ts'
import { rhythmOf } from '../words.ts'
import { indented } from './clients.ts'
import { bodyTemplate } from './publish.ts'
import { tsName, tsString } from './text.ts'

export function writeMqttClient(sheet: Sheet, _scenario: Scenario, role: Role<'mqttClient'>): void {
  const client = role.docs[0]
  const name = sheet.nameOf(client, tsName(client.name))
  const subscriptions = client.subscriptions ?? []
  sheet.import("import mqtt from 'mqtt'")
  const connect = subscriptions.length > 0 ? 'mqtt.connect' : 'await mqtt.connectAsync'
  const lines = [
    line(
      `const ${name} = ${connect}('mqtt://localhost:1883', {`,
      ...on([client], 'connecting', 'online'),
    ),
    ...optionsOf(client).map((option) => indented(line(`${option},`))),
    line('})'),
  ]
  if (subscriptions.length > 0) lines.push(...listening(client, name))
  // Who listens is there before anybody publishes.
  sheet.add(subscriptions.length > 0 ? 'topology' : 'definitions', ...lines)
  sheet.add('actions', ...publishes(client, name))
  if (subscriptions.length === 0) {
    sheet.add('loops', line(`await ${name}.endAsync()`, ...on([client], 'offline')))
  }
}

function optionsOf(client: ClientOf<'mqttClient'>): string[] {
  const terms = mqttTerms(client)
  const ofConnect = [
    ...(terms.sessionExpiryS === null ? [] : [`sessionExpiryInterval: ${terms.sessionExpiryS}`]),
    ...(terms.receiveMaximum === null ? [] : [`receiveMaximum: ${terms.receiveMaximum}`]),
  ]
  const { will } = client
  const ofWill = will
    ? [
        `topic: ${tsString(will.topic)}`,
        `payload: Buffer.from(${tsString(will.body)})`,
        `qos: ${will.qos ?? 0}`,
        `retain: ${will.retain ?? false}`,
        ...(terms.willDelayS === null
          ? []
          : [`properties: { willDelayInterval: ${terms.willDelayS} }`]),
      ]
    : []
  return [
    `clientId: ${tsString(client.name)}`,
    `protocolVersion: ${terms.version}`,
    `clean: ${terms.clean}`,
    `keepalive: ${terms.keepAliveS || 60}`,
    `reconnectPeriod: ${terms.reconnectS * 1000}`,
    'queueQoSZero: false',
    ...(ofConnect.length > 0 ? [`properties: { ${ofConnect.join(', ')} }`] : []),
    ...(ofWill.length > 0 ? [`will: { ${ofWill.join(', ')} }`] : []),
  ]
}

/** The handler is there before the first packet can be, so that nothing of a kept session is passed over. */
function listening(client: ClientOf<'mqttClient'>, name: string): Line[] {
  const filters = (client.subscriptions ?? []).map(({ filter, qos, noLocal }) => {
    const isNoLocal = noLocal && (client.version ?? 5) === 5
    return `${tsString(filter)}: { qos: ${qos}${isNoLocal ? ', nl: true' : ''} }`
  })
  const effect = bodyTemplate(client.effect ?? '{body}', 'payload.toString()')
  return [
    line(`${name}.on('message', (topic, payload) => {`, ...on([client], 'received', 'started')),
    indented(line(`console.log(${effect})`, ...on([client], 'processed'))),
    line('})'),
    line(`await ${name}.subscribeAsync({ ${filters.join(', ')} })`, ...on([client], 'subscribed')),
  ]
}

function publishes(client: ClientOf<'mqttClient'>, name: string): Line[] {
  const all = firstPublishes(client)
  if (all.length === 0) return []
  const lit = on([client], 'published', 'publishSent')
  const rhythm = rhythmOf({ ...client, kind: 'producer', keys: { kind: 'none' } })
  const terms = `{ qos: ${client.qos ?? 0}, retain: ${client.retain ?? false} }`
  const lines = rhythm === null ? [] : [line(`// ${rhythm}`)]
  for (const { topic, body } of all) {
    const what = `${tsString(topic)}, ${tsString(body)}`
    lines.push(line(`await ${name}.publishAsync(${what}, ${terms})`, ...lit))
  }
  return lines
}
