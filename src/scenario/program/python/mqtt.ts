/** Python programs of MQTT clients: paho-mqtt 2. */
import type { Scenario } from '../../document.ts'
import { firstPublishes, type MqttTerms, mqttTerms } from '../mqtt.ts'
import type { ClientOf, Role } from '../plan.ts'
import { type Line, line, on } from '../program.ts'
import type { Sheet } from '../sheet.ts'
import { rhythmOf } from '../words.ts'
import { indented } from './clients.ts'
import { joinsLate, placeWork, sleepOf } from './places.ts'
import { bodyTemplate, strOf } from './publish.ts'
import { bodyOf, rhythmOf as scheduleOf, Turns } from './schedule.ts'
import { pyName, pyString } from './text.ts'

export function writeMqttClient(sheet: Sheet, _scenario: Scenario, role: Role<'mqttClient'>): void {
  const client = role.docs[0]
  const name = sheet.nameOf(client, pyName(client.name))
  const terms = mqttTerms(client)
  const subscribes = (client.subscriptions ?? []).length > 0
  sheet.import('import paho.mqtt.client as mqtt')
  sheet.add('connections', ...construction(sheet, client, name, terms))
  if (subscribes) sheet.add('definitions', ...onConnect(sheet, client, terms))
  if (subscribes) sheet.add('definitions', ...onMessage(sheet, client))
  const wiring = subscribes
    ? [line(`${name}.on_connect = on_connect`), line(`${name}.on_message = on_message`)]
    : []
  const own = sheet.form === 'own'
  const late = own ? joinsLate(sheet, client.connectAtMs, false) : []
  sheet.add('actions', ...wiring, ...(own ? ownNotes(client) : []), ...late)
  sheet.add('actions', ...connecting(sheet, client, name, terms))
  const publishing =
    sheet.form === 'own' ? publishesOnSchedule(sheet, client, name) : publishes(client, name)
  if (publishing.length > 0) sheet.add('actions', ...publishing)
  sheet.add('loops', ...ending(sheet, client, name))
}

function construction(
  sheet: Sheet,
  client: ClientOf<'mqttClient'>,
  name: string,
  terms: MqttTerms,
): Line[] {
  const options = [
    'mqtt.CallbackAPIVersion.VERSION2',
    `client_id=${pyString(client.name)}`,
    `protocol=mqtt.${terms.version === 5 ? 'MQTTv5' : 'MQTTv311'}`,
    ...(terms.version === 4 && !terms.clean ? ['clean_session=False'] : []),
  ]
  const lines = [line(`${name} = mqtt.Client(${options.join(', ')})`)]
  lines.push(
    line(
      `${name}.reconnect_delay_set(min_delay=${terms.reconnectS}, max_delay=${terms.reconnectS})`,
    ),
  )
  const { will } = client
  if (!will) return lines
  const said = [pyString(will.topic), pyString(will.body), `qos=${will.qos ?? 0}`]
  if (will.retain) said.push('retain=True')
  if (terms.willDelayS !== null) {
    lines.push(
      ...properties(sheet, 'will_properties', 'WILLMESSAGE', {
        WillDelayInterval: terms.willDelayS,
      }),
    )
    said.push('properties=will_properties')
  }
  const lit = { node: client.id, facts: ['willSent', 'willDelayed'] }
  return [...lines, line(`${name}.will_set(${said.join(', ')})`, lit)]
}

function properties(
  sheet: Sheet,
  name: string,
  packet: string,
  values: Record<string, number>,
): Line[] {
  sheet.importFrom('paho.mqtt.packettypes', 'PacketTypes')
  sheet.importFrom('paho.mqtt.properties', 'Properties')
  return [
    line(`${name} = Properties(PacketTypes.${packet})`),
    ...Object.entries(values).map(([field, value]) => line(`${name}.${field} = ${value}`)),
  ]
}

/** A session that is still there knows its subscriptions. */
function onConnect(sheet: Sheet, client: ClientOf<'mqttClient'>, { version }: MqttTerms): Line[] {
  const subscriptions = client.subscriptions ?? []
  const plain = subscriptions.map(({ filter, qos }) => `(${pyString(filter)}, ${qos})`)
  const optioned = subscriptions.map(({ filter, qos, noLocal }) => {
    const options = noLocal ? `qos=${qos}, noLocal=True` : `qos=${qos}`
    return `(${pyString(filter)}, SubscribeOptions(${options}))`
  })
  const needsOptions = version === 5 && subscriptions.some(({ noLocal }) => noLocal)
  if (needsOptions) sheet.importFrom('paho.mqtt.subscribeoptions', 'SubscribeOptions')
  const filters = needsOptions ? optioned : plain
  return [
    line(
      'def on_connect(client, userdata, flags, reason_code, properties):',
      ...on([client], 'online'),
    ),
    indented(line('if not flags.session_present:')),
    indented(
      indented(line(`client.subscribe([${filters.join(', ')}])`, ...on([client], 'subscribed'))),
    ),
  ]
}

function onMessage(sheet: Sheet, client: ClientOf<'mqttClient'>): Line[] {
  const effect = strOf(bodyTemplate(client.effect ?? '{body}', 'message.payload.decode()'))
  return [
    line('def on_message(client, userdata, message):', ...on([client], 'received', 'started')),
    ...(sheet.form === 'own' ? placeWork(sheet, client, false, '') : []).map(indented),
    indented(line(`print(${effect})`, ...on([client], 'processed'))),
  ]
}

function connecting(
  sheet: Sheet,
  client: ClientOf<'mqttClient'>,
  name: string,
  terms: MqttTerms,
): Line[] {
  const values = {
    ...(terms.sessionExpiryS !== null && { SessionExpiryInterval: terms.sessionExpiryS }),
    ...(terms.receiveMaximum !== null && { ReceiveMaximum: terms.receiveMaximum }),
  }
  const given = ["'localhost'", '1883', `keepalive=${terms.keepAliveS || 60}`]
  if (terms.version === 5) given.push(`clean_start=${terms.clean ? 'True' : 'False'}`)
  const lines: Line[] = []
  if (Object.keys(values).length > 0) {
    lines.push(...properties(sheet, 'connect_properties', 'CONNECT', values))
    given.push('properties=connect_properties')
  }
  lines.push(line(`${name}.connect(${given.join(', ')})`, ...on([client], 'connecting', 'online')))
  if (client.topics !== undefined) lines.push(line(`${name}.loop_start()`))
  return lines
}

function publishes(client: ClientOf<'mqttClient'>, name: string): Line[] {
  const all = firstPublishes(client)
  if (all.length === 0) return []
  const lit = on([client], 'published', 'publishSent')
  const terms = `qos=${client.qos ?? 0}${client.retain ? ', retain=True' : ''}`
  const rhythm = rhythmOf({ ...client, kind: 'producer', keys: { kind: 'none' } })
  const lines = rhythm === null ? [] : [line(`# ${rhythm}`)]
  const [only] = all
  if (only && all.length === 1) {
    const what = `${pyString(only.topic)}, ${pyString(only.body)}`
    return [...lines, line(`${name}.publish(${what}, ${terms}).wait_for_publish()`, ...lit)]
  }
  return [
    ...lines,
    line('for topic, payload in ['),
    ...all.map(({ topic, body }) => line(`    (${pyString(topic)}, ${pyString(body)}),`)),
    line(']:'),
    indented(line(`${name}.publish(topic, payload, ${terms}).wait_for_publish()`, ...lit)),
  ]
}

/** Publishes when the run does; what is not acknowledged to the end is waited for. */
function publishesOnSchedule(sheet: Sheet, client: ClientOf<'mqttClient'>, name: string): Line[] {
  const { topics = [], arrivals } = client
  if (topics.length === 0 || arrivals.kind === 'manual') return []
  const setUp: Line[] = []
  const each = new Turns(sheet, setUp)
  const body = strOf(bodyOf(each, client))
  const topic = topics.length === 1 ? pyString(topics[0] ?? '') : each.next('topics', topics)
  const { head, pause, before } = scheduleOf(each, client, sleepOf(sheet, false))
  const terms = `qos=${client.qos ?? 0}${client.retain ? ', retain=True' : ''}`
  const publish = line(
    `sent = ${name}.publish(${topic}, ${body}, ${terms})`,
    ...on([client], 'published', 'publishSent'),
  )
  return [
    ...setUp,
    ...before,
    line(head),
    ...[...pause, publish].map(indented),
    ...((client.qos ?? 0) > 0 ? [line('sent.wait_for_publish()')] : []),
  ]
}

/** What the run does to it that its program cannot do by itself. */
function ownNotes({ crashAtMs }: ClientOf<'mqttClient'>): Line[] {
  return crashAtMs === undefined
    ? []
    : [line(`# In the run it is killed at ${crashAtMs / 1000} s, without a goodbye.`)]
}

/** Goes and comes back when the run does. */
function leaving(sheet: Sheet, client: ClientOf<'mqttClient'>, name: string): Line[] {
  const { leaveAtMs, backAtMs, connectAtMs = 0 } = client
  if (leaveAtMs === undefined) return []
  const sleep = sleepOf(sheet, false)
  const back =
    backAtMs === undefined || backAtMs <= leaveAtMs
      ? []
      : [
          line(`${sleep}(${(backAtMs - leaveAtMs) / 1000})`),
          line(`${name}.reconnect()`, ...on([client], 'connecting', 'online')),
          line(`${name}.loop_start()`),
        ]
  return [
    ...(client.topics === undefined ? [line(`${name}.loop_start()`)] : []),
    line(`${sleep}(${(leaveAtMs - connectAtMs) / 1000})`),
    line(`${name}.disconnect()`, ...on([client], 'offline')),
    line(`${name}.loop_stop()`),
    ...back,
  ]
}

/** Who is subscribed stays; who is not says goodbye, so that its last will is not sent. */
function ending(sheet: Sheet, client: ClientOf<'mqttClient'>, name: string): Line[] {
  const subscribes = (client.subscriptions ?? []).length > 0
  const isKilled = sheet.form === 'own' && client.crashAtMs !== undefined
  if (!subscribes && !isKilled) return [line(`${name}.disconnect()`, ...on([client], 'offline'))]
  const leaves = sheet.form === 'own' ? leaving(sheet, client, name) : []
  if (client.topics === undefined && leaves.length === 0) return [line(`${name}.loop_forever()`)]
  sheet.import('import signal')
  return [...leaves, line('signal.pause()')]
}
