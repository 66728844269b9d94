/** TypeScript programs of MQTT clients: mqtt.js. */
import type { Scenario } from '../../document.ts'
import { firstPublishes, mqttTerms } from '../mqtt.ts'
import type { ClientOf, Role } from '../plan.ts'
import { type Line, line, on } from '../program.ts'
import type { Sheet } from '../sheet.ts'
import { rhythmOf } from '../words.ts'
import { indented } from './clients.ts'
import { joinsLate, placeWork } from './places.ts'
import { bodyTemplate } from './publish.ts'
import { bodyOf, inTurn, rhythmOf as scheduleOf, sleeps } from './schedule.ts'
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
  if (subscriptions.length > 0) lines.push(...listening(sheet, client, name))
  const own = sheet.form === 'own'
  const before = own ? [...ownNotes(client), ...joinsLate(sheet, client.connectAtMs)] : []
  // Who listens is there before anybody publishes.
  sheet.add(subscriptions.length > 0 ? 'topology' : 'definitions', ...before, ...lines)
  sheet.add(
    'actions',
    ...(own ? publishesOnSchedule(sheet, client, name) : publishes(client, name)),
  )
  if (own) sheet.add('loops', ...leaving(sheet, client, name))
  const isKilled = own && client.crashAtMs !== undefined
  if (subscriptions.length === 0 && !isKilled) {
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
function listening(sheet: Sheet, client: ClientOf<'mqttClient'>, name: string): Line[] {
  const effect = bodyTemplate(client.effect ?? '{body}', 'payload.toString()')
  const printing = line(`console.log(${effect})`, ...on([client], 'processed'))
  const work = sheet.form === 'own' ? placeWork(sheet, client, '') : []
  const lit = on([client], 'received', 'started')
  // The library acknowledges what has QoS 1 or 2 when its handler is done, one after the other.
  const handler =
    work.length === 0
      ? [
          line(`${name}.on('message', (_topic, payload) => {`, ...lit),
          indented(printing),
          line('})'),
        ]
      : [
          line(`${name}.handleMessage = async ({ payload }, done) => {`, ...lit),
          ...[...work, printing, line('done()')].map(indented),
          line('}'),
        ]
  return [...handler, line(subscribing(client, name), ...on([client], 'subscribed'))]
}

function subscribing(client: ClientOf<'mqttClient'>, name: string): string {
  const filters = (client.subscriptions ?? []).map(({ filter, qos, noLocal }) => {
    const isNoLocal = noLocal && (client.version ?? 5) === 5
    return `${tsString(filter)}: { qos: ${qos}${isNoLocal ? ', nl: true' : ''} }`
  })
  return `await ${name}.subscribeAsync({ ${filters.join(', ')} })`
}

/** Publishes when the run does; what is not acknowledged to the end is waited for. */
function publishesOnSchedule(sheet: Sheet, client: ClientOf<'mqttClient'>, name: string): Line[] {
  const { topics = [], arrivals } = client
  if (topics.length === 0 || arrivals.kind === 'manual') return []
  const setUp: Line[] = []
  const body = bodyOf(setUp, client)
  const topic =
    topics.length === 1 ? tsString(topics[0] ?? '') : `${inTurn(setUp, 'topics', topics, 1)}!`
  const { head, pause, before } = scheduleOf(setUp, client)
  sleeps(sheet)
  const terms = `{ qos: ${client.qos ?? 0}, retain: ${client.retain ?? false} }`
  const publish = line(
    `sending.push(${name}.publishAsync(${topic}, ${body}, ${terms}))`,
    ...on([client], 'published', 'publishSent'),
  )
  return [
    ...setUp,
    line('const sending: Promise<unknown>[] = []'),
    ...before,
    line(head),
    ...[...pause, publish].map(indented),
    line('}'),
    line('await Promise.all(sending)'),
  ]
}

/** What the run does to it that its program cannot do by itself. */
function ownNotes({ crashAtMs }: ClientOf<'mqttClient'>): Line[] {
  return crashAtMs === undefined
    ? []
    : [line(`// In the run it is killed at ${crashAtMs / 1000} s, without a goodbye.`)]
}

/** Goes and comes back when the run does. */
function leaving(sheet: Sheet, client: ClientOf<'mqttClient'>, name: string): Line[] {
  const { leaveAtMs, backAtMs, connectAtMs = 0 } = client
  if (leaveAtMs === undefined) return []
  sleeps(sheet)
  const comesBack = backAtMs !== undefined && backAtMs > leaveAtMs
  // A client begins anew unless the broker still has its session.
  const filters = client.cleanStart === false ? [] : [line(subscribing(client, name))]
  return [
    line(`await sleep(${leaveAtMs - connectAtMs})`),
    line(`await ${name}.endAsync()`, ...on([client], 'offline')),
    ...(comesBack
      ? [
          line(`await sleep(${backAtMs - leaveAtMs})`),
          line(`${name}.reconnect()`, ...on([client], 'connecting', 'online')),
          ...filters,
        ]
      : []),
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
