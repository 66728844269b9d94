/** TypeScript programs for NATS (nats.js) and Redis Pub/Sub (ioredis). */
import type { NodeOf, Scenario } from '../../document.ts'
import { type Role, sourcesOf } from '../plan.ts'
import { type Line, type Lit, line, on } from '../program.ts'
import {
  consumerSettings,
  filtersOf,
  inOrderOfMaking,
  isPattern,
  joinsAfterMs,
  streamOf,
  streamSettings,
  subjectsOf,
} from '../pubsub.ts'
import type { Sheet } from '../sheet.ts'
import { indented, runBy, workOf } from './clients.ts'
import { joinsLate, placeWork } from './places.ts'
import { bodyTemplate } from './publish.ts'
import { connectRedis } from './redis.ts'
import { bodyOf, rhythmOf, sleeps } from './schedule.ts'
import { capital, tsName, tsString, tsValue } from './text.ts'

function connectNats(sheet: Sheet): void {
  sheet.once('nats', () => {
    sheet.importFrom('nats', 'connect')
    sheet.add('connections', line("const nc = await connect({ servers: 'localhost:4222' })"))
  })
}

function connectJetStream(sheet: Sheet): void {
  connectNats(sheet)
  sheet.once('jetstream', () => sheet.add('connections', line('const js = nc.jetstream()')))
}

/** Streams and durable consumers. What is there with the same settings stays as it is. */
export function createStreams(
  sheet: Sheet,
  scenario: Scenario,
  parts: readonly (NodeOf<'natsStream'> | NodeOf<'natsConsumer'>)[],
): void {
  connectJetStream(sheet)
  sheet.add(
    'topology',
    line('const jsm = await nc.jetstreamManager()'),
    ...inOrderOfMaking(parts).flatMap(({ part, afterMs, atMs }) =>
      part.kind === 'natsStream'
        ? [streamLine(sheet, scenario, part)]
        : [...madeLate(sheet, afterMs, atMs), consumerLine(sheet, scenario, part)],
    ),
  )
}

function madeLate(sheet: Sheet, afterMs: number, atMs: number): Line[] {
  if (afterMs === 0) return []
  if (sheet.form !== 'own') return [line(`// In the run at ${atMs / 1000} s:`)]
  sleeps(sheet)
  return [line(`await sleep(${afterMs}) // The durable is made late.`)]
}

/** The API wants members of its enumerations, which are these texts. */
const ENUMS: Record<string, string> = {
  retention: 'RetentionPolicy',
  discard: 'DiscardPolicy',
  storage: 'StorageType',
  ack_policy: 'AckPolicy',
  deliver_policy: 'DeliverPolicy',
  replay_policy: 'ReplayPolicy',
}
const MEMBERS: Record<string, string> = {
  limits: 'Limits',
  interest: 'Interest',
  workqueue: 'Workqueue',
  old: 'Old',
  new: 'New',
  file: 'File',
  memory: 'Memory',
  explicit: 'Explicit',
  all: 'All',
  none: 'None',
  last: 'Last',
  original: 'Original',
  by_start_sequence: 'StartSequence',
  by_start_time: 'StartTime',
  last_per_subject: 'LastPerSubject',
}

function settingsText(sheet: Sheet, given: Record<string, unknown>): string {
  const fields = Object.entries(given).map(([name, value]) => {
    const type = ENUMS[name]
    if (type === undefined) return `${name}: ${tsValue(value)}`
    sheet.importFrom('nats', type)
    return `${name}: ${type}.${MEMBERS[String(value)]}`
  })
  return fields.join(', ')
}

function nanos(sheet: Sheet, name: string, ms: number | undefined): string {
  if (ms === undefined) return ''
  sheet.importFrom('nats', 'nanos')
  return `, ${name}: nanos(${ms})`
}

function streamLine(sheet: Sheet, scenario: Scenario, stream: NodeOf<'natsStream'>): Line {
  const settings = settingsText(sheet, {
    name: stream.name,
    subjects: subjectsOf(scenario, stream),
    ...streamSettings(stream),
  })
  const times =
    nanos(sheet, 'max_age', stream.maxAgeMs) +
    nanos(sheet, 'duplicate_window', stream.duplicateWindowMs)
  return line(`await jsm.streams.add({ ${settings}${times} })`, {
    node: stream.id,
    facts: ['natsStored', 'duplicate', 'natsRefused', 'limited', 'maxAgeOver', 'settled'],
  })
}

function consumerLine(sheet: Sheet, scenario: Scenario, consumer: NodeOf<'natsConsumer'>): Line {
  const of = streamOf(scenario, consumer)
  if (of === null) return line(`// ${consumer.name} reads no stream.`)
  const { backoffMs, ackWaitMs, startTimeMs, inactiveThresholdMs } = consumer
  const settings = settingsText(sheet, {
    durable_name: consumer.name,
    ...consumerSettings(consumer, of.filter),
  })
  const wait = backoffMs ? '' : nanos(sheet, 'ack_wait', ackWaitMs)
  if (backoffMs) sheet.importFrom('nats', 'nanos')
  const backoff = backoffMs
    ? `, backoff: [${backoffMs.map((ms) => `nanos(${ms})`).join(', ')}]`
    : ''
  const from = startTimeMs === undefined ? '' : `, opt_start_time: ${momentOf(sheet, startTimeMs)}`
  const times = [
    wait,
    backoff,
    from,
    nanos(sheet, 'inactive_threshold', inactiveThresholdMs),
    nanos(sheet, 'idle_heartbeat', consumer.idleHeartbeatMs),
    nanos(sheet, 'max_expires', consumer.maxRequestExpiresMs),
  ].join('')
  return line(`await jsm.consumers.add(${tsString(of.stream.name)}, { ${settings}${times} })`, {
    node: consumer.id,
    facts: ['natsSent', 'ackWaitOver', 'maxDeliverReached'],
  })
}

/** A moment of the run, counted from the start of the program. */
function momentOf(sheet: Sheet, ms: number): string {
  sheet.once('started', () => sheet.add('connections', line('const started = Date.now()')))
  return `new Date(started + ${ms}).toISOString()`
}

/** A publish to a server; with terms it waits for the answer of the stream that keeps it. */
export function publishToPlace(
  sheet: Sheet,
  place: NodeOf<'natsServer'> | NodeOf<'redisServer'>,
  subject: string,
  body: string,
  lit: readonly Lit[],
  terms: string,
): Line {
  const facts: Lit = { node: place.id, facts: ['natsPublished', 'natsUnheard', 'redisPublished'] }
  if (place.kind === 'redisServer') {
    connectRedis(sheet)
    return line(`await redis.publish(${subject}, ${body})`, ...lit, facts)
  }
  if (terms === '') {
    connectNats(sheet)
    return line(`nc.publish(${subject}, ${body})`, ...lit, facts)
  }
  connectJetStream(sheet)
  return line(`await js.publish(${subject}, ${body}${terms})`, ...lit, facts)
}

/** A subscriber: its callback with its subscriptions, or the loop that asks a durable consumer. */
export function writeNatsSubscriber(
  sheet: Sheet,
  scenario: Scenario,
  role: Role<'natsSubscriber'>,
): void {
  connectNats(sheet)
  const subscriber = role.docs[0]
  const durable = sourcesOf(scenario, role).find((node) => node.kind === 'natsConsumer')
  const callback = sheet.name(`on${capital(tsName(subscriber.id))}`)
  const acks = durable !== undefined && durable.ackPolicy !== 'none'
  const type = acks ? 'JsMsg' : 'Msg'
  sheet.importFrom('nats', `type ${type}`)
  sheet.add(
    'definitions',
    line(`async function ${callback}(msg: ${type}) {`, ...on(role.docs, 'received', 'started')),
    ...handlerOf(sheet, scenario, role, acks).map(indented),
    line('}'),
  )
  const late = sheet.form === 'own' ? joinsLate(sheet, joinsAfterMs(subscriber, durable)) : []
  const limit =
    subscriber.pendingMax === undefined || durable !== undefined
      ? []
      : [
          line(
            `// In the run at most ${subscriber.pendingMax} wait here; nats.js has no such limit: what waits grows.`,
          ),
        ]
  const lines: Line[] = [...runBy(role), ...limit, ...late]
  // One message at a time, as they come.
  const one = sheet.form === 'own' ? inOrderOf(sheet, callback) : `void ${callback}(msg)`
  for (const filter of filtersOf(scenario, subscriber)) {
    const group = subscriber.queueGroup ? `queue: ${tsString(subscriber.queueGroup)}, ` : ''
    lines.push(
      line(
        `nc.subscribe(${tsString(filter)}, { ${group}callback: (_error, msg) => ${one} })`,
        ...on(role.docs, 'cameOnline'),
      ),
    )
  }
  sheet.add('receiving', ...lines)
  const of = durable ? streamOf(scenario, durable) : null
  if (!durable || of === null) return
  const loop = durable.push
    ? pushLoop(sheet, durable, of, one)
    : pullLoop(sheet, role, durable, of.stream.name, callback)
  sheet.add('loops', ...loop)
}

/** A callback may begin before the one before it is done: an own program works on one message after the other. */
function inOrderOf(sheet: Sheet, callback: string): string {
  const busy = sheet.name('working')
  sheet.add('definitions', line(`let ${busy} = Promise.resolve()`))
  return `{ ${busy} = ${busy}.then(() => ${callback}(msg)) }`
}

function handlerOf(
  sheet: Sheet,
  scenario: Scenario,
  role: Role<'natsSubscriber'>,
  acks: boolean,
): Line[] {
  const { replyWith, ackWhen = 'after', failureRate = 0 } = role.docs[0]
  const work = [
    ...(sheet.form === 'own' ? placeWork(sheet, role.docs[0], 'msg.string()') : []),
    ...workOf(sheet, scenario, role, 'msg.string()'),
  ]
  if (replyWith !== undefined) {
    const reply = bodyTemplate(replyWith, 'msg.string()')
    const text =
      reply.startsWith('`') || reply.startsWith("'") || reply === 'msg.string()'
        ? reply
        : tsString(replyWith)
    work.push(line(`msg.respond(${text})`, ...on(role.docs, 'published')))
  }
  const ack = line('msg.ack()')
  if (!acks || ackWhen === 'never') return work
  if (ackWhen === 'before') return [ack, ...work]
  if (failureRate === 0) return [...work, ack]
  return [
    line('try {'),
    ...[...work, ack].map(indented),
    line('} catch {'),
    indented(failed(role)),
    line('}'),
  ]
}

function failed(role: Role<'natsSubscriber'>): Line {
  const { onFailure = 'nak', nakDelayMs = 0 } = role.docs[0]
  const lit = on(role.docs, 'failed')
  if (onFailure === 'leave') return line('// It goes out again when its ack wait is over.', ...lit)
  if (onFailure === 'term') return line('msg.term()', ...lit)
  return line(`msg.nak(${nakDelayMs > 0 ? nakDelayMs : ''})`, ...lit)
}

/** Loops stand in functions of their own, so that one program can have several. */
function pullLoop(
  sheet: Sheet,
  role: Role<'natsSubscriber'>,
  durable: NodeOf<'natsConsumer'>,
  stream: string,
  callback: string,
): Line[] {
  const { batch = 1, expiresMs = 5000 } = role.docs[0]
  const consumer = sheet.name(`${tsName(role.docs[0].id)}Consumer`)
  connectJetStream(sheet)
  return [
    line(
      `const ${consumer} = await js.consumers.get(${tsString(stream)}, ${tsString(durable.name)})`,
    ),
    line('void (async () => {'),
    line('  for (;;) {'),
    line(
      `    const messages = await ${consumer}.fetch({ max_messages: ${batch}, expires: ${Math.max(1000, expiresMs)} })`,
      ...on(role.docs, 'askedNext'),
    ),
    line(`    for await (const msg of messages) await ${callback}(msg)`),
    line('  }'),
    line('})()'),
  ]
}

function pushLoop(
  sheet: Sheet,
  durable: NodeOf<'natsConsumer'>,
  { stream, filter }: NonNullable<ReturnType<typeof streamOf>>,
  call: string,
): Line[] {
  connectJetStream(sheet)
  sheet.importFrom('nats', 'consumerOpts')
  const options = sheet.name('options')
  const group = durable.deliverGroup
    ? [line(`${options}.queue(${tsString(durable.deliverGroup)})`)]
    : []
  return [
    line(`const ${options} = consumerOpts()`),
    line(`${options}.bind(${tsString(stream.name)}, ${tsString(durable.name)})`),
    line(`${options}.manualAck()`),
    ...group,
    line(`${options}.callback((_error, msg) => {`),
    line(`  if (msg) ${call}`),
    line('})'),
    // The library compares it with the filter of the durable.
    line(`await js.subscribe(${tsString(filter === '>' ? '' : filter)}, ${options})`),
  ]
}

/** A requester: one request for each body, with what can come instead of a reply. */
export function writeRequester(
  sheet: Sheet,
  scenario: Scenario,
  role: Role<'natsRequester'>,
): void {
  const requester = role.docs[0]
  const link = scenario.links.find(({ from }) => from === requester.id)
  if (!link) return
  connectNats(sheet)
  sheet.importFrom('nats', 'ErrorCode')
  const subject = link.key ?? requester.name.replaceAll(/\s+/g, '-')
  const effect = bodyTemplate(requester.effect ?? '{body}', 'reply.string()')
  const asking = [
    line('try {'),
    line(
      `  const reply = await nc.request(${tsString(subject)}, body, { timeout: ${requester.timeoutMs} })`,
      ...on(role.docs, 'published'),
    ),
    line(`  console.log(${effect})`, ...on(role.docs, 'replied')),
    line('} catch (error) {'),
    line(
      '  const isAlone = (error as { code?: string }).code === ErrorCode.NoResponders',
      ...on(role.docs, 'requestUnanswerable', 'requestTimedOut'),
    ),
    line("  console.log(isAlone ? 'nobody is there' : 'no reply in time')"),
    line('}'),
  ]
  if (sheet.form === 'own') {
    sheet.add(
      'definitions',
      line('async function ask(body: string) {'),
      ...asking.map(indented),
      line('}'),
    )
    askOnSchedule(sheet, requester)
    return
  }
  const bodies = requester.bodies.map((body, i) => body.replaceAll('{n}', String(i + 1)))
  sheet.add(
    'actions',
    line(`for (const body of [${bodies.map(tsString).join(', ')}]) {`),
    ...asking.map(indented),
    line('}'),
  )
}

/** Requests go out when the run has them, whether those before are answered or not. */
function askOnSchedule(sheet: Sheet, requester: NodeOf<'natsRequester'>): void {
  const setUp: Line[] = []
  const body = bodyOf(setUp, requester)
  const { head, pause, before } = rhythmOf(setUp, requester)
  sleeps(sheet)
  sheet.add(
    'actions',
    ...setUp,
    line('const asked: Promise<void>[] = []'),
    ...before,
    line(head),
    ...[...pause, line(`asked.push(ask(${body}))`)].map(indented),
    line('}'),
  )
  sheet.add('end', line('await Promise.all(asked)'), line('await nc.drain()'))
}

/** A subscriber of Redis: a connection of its own, which can do nothing else while it is subscribed. */
export function writeRedisSubscriber(
  sheet: Sheet,
  scenario: Scenario,
  role: Role<'redisSubscriber'>,
): void {
  sheet.importFrom('ioredis', 'Redis')
  const name = sheet.name(`${tsName(role.docs[0].id)}Redis`)
  const filters = filtersOf(scenario, role.docs[0])
  const [channels, patterns] = [filters.filter((f) => !isPattern(f)), filters.filter(isPattern)]
  const own = sheet.form === 'own'
  const work = [
    ...(own ? placeWork(sheet, role.docs[0], 'body') : []),
    ...workOf(sheet, scenario, role, 'body'),
  ].map(indented)
  const lit = on(role.docs, 'received', 'started')
  const late = own ? joinsLate(sheet, role.docs[0].joinMs) : []
  const lines = [...runBy(role), ...late, line(`const ${name} = new Redis()`)]
  if (channels.length > 0) {
    lines.push(
      line(`${name}.on('message', async (_channel, body) => {`, ...lit),
      ...work,
      line('})'),
    )
    lines.push(line(`await ${name}.subscribe(${channels.map(tsString).join(', ')})`))
  }
  if (patterns.length > 0) {
    const head = `${name}.on('pmessage', async (_pattern, _channel, body) => {`
    lines.push(line(head, ...lit), ...work, line('})'))
    lines.push(line(`await ${name}.psubscribe(${patterns.map(tsString).join(', ')})`))
  }
  sheet.add('receiving', ...lines)
}
