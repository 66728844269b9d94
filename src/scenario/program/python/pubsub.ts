/** Python programs for NATS (nats-py, in one coroutine) and Redis Pub/Sub (redis-py). */
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
import { joinsLate, placeWork, sleepOf } from './places.ts'
import { bodyTemplate, strOf, type Text } from './publish.ts'
import { connectRedis } from './redis.ts'
import { bodyOf, rhythmOf as scheduleOf, secondsOf, Turns } from './schedule.ts'
import { pyName, pyString, pyValue } from './text.ts'

function connectNats(sheet: Sheet): void {
  sheet.once('nats', () => {
    sheet.import('import nats')
    sheet.inCoroutine()
    sheet.add('connections', line("nc = await nats.connect('nats://localhost:4222')"))
  })
}

function connectJetStream(sheet: Sheet): void {
  connectNats(sheet)
  sheet.once('jetstream', () => sheet.add('connections', line('js = nc.jetstream()')))
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
    ...inOrderOfMaking(parts).flatMap(({ part, afterMs, atMs }) =>
      part.kind === 'natsStream'
        ? [streamLine(scenario, part)]
        : [...madeLate(sheet, afterMs, atMs), ...consumerLines(sheet, scenario, part)],
    ),
  )
}

function madeLate(sheet: Sheet, afterMs: number, atMs: number): Line[] {
  if (afterMs === 0) return []
  if (sheet.form !== 'own') return [line(`# In the run at ${secondsOf(atMs)} s:`)]
  return [line(`${sleepOf(sheet, true)}(${secondsOf(afterMs)})  # The durable is made late.`)]
}

function streamLine(scenario: Scenario, stream: NodeOf<'natsStream'>): Line {
  const given = {
    name: stream.name,
    subjects: subjectsOf(scenario, stream),
    ...streamSettings(stream),
    ...(stream.maxAgeMs !== undefined && { max_age: stream.maxAgeMs / 1000 }),
    ...(stream.duplicateWindowMs !== undefined && {
      duplicate_window: stream.duplicateWindowMs / 1000,
    }),
  }
  return line(`await js.add_stream(${keywords(given)})`, {
    node: stream.id,
    facts: ['natsStored', 'duplicate', 'natsRefused', 'limited', 'maxAgeOver', 'settled'],
  })
}

function consumerLines(sheet: Sheet, scenario: Scenario, consumer: NodeOf<'natsConsumer'>): Line[] {
  const of = streamOf(scenario, consumer)
  if (of === null) return [line(`# ${consumer.name} reads no stream.`)]
  const stream = of.stream.name
  const lit = { node: consumer.id, facts: ['natsSent', 'ackWaitOver', 'maxDeliverReached'] }
  const { startTimeMs, maxRequestBatch, maxRequestExpiresMs } = consumer
  const moment = startTimeMs === undefined ? null : momentOf(sheet, startTimeMs)
  if (maxRequestBatch === undefined && maxRequestExpiresMs === undefined) {
    const given = keywords(consumerFields(consumer, of.filter, (ms) => ms / 1000))
    const from = moment === null ? '' : `, opt_start_time=${moment}`
    return [line(`await js.add_consumer(${pyString(stream)}, ${given}${from})`, lit)]
  }
  sheet.import('import json')
  const given = consumerFields(consumer, of.filter, (ms) => ms * 1_000_000)
  const from = moment === null ? '' : `, 'opt_start_time': (${moment}).isoformat()`
  const config = `${pyValue(given).slice(0, -1)}${from}}`
  const subject = `$JS.API.CONSUMER.DURABLE.CREATE.${stream}.${consumer.name}`
  const asked = `json.dumps({'stream_name': ${pyString(stream)}, 'config': ${config}}).encode()`
  return [
    line('# nats-py has no limits of requests: the API of JetStream has, with times in ns.'),
    line(`await nc.request(${pyString(subject)}, ${asked})`, lit),
  ]
}

/** Settings under the names of the API, with times as they are written there. */
function consumerFields(
  consumer: NodeOf<'natsConsumer'>,
  filter: string,
  timeOf: (ms: number) => number,
): Record<string, unknown> {
  const { backoffMs, ackWaitMs, inactiveThresholdMs, idleHeartbeatMs } = consumer
  const { maxRequestExpiresMs } = consumer
  return {
    durable_name: consumer.name,
    ...consumerSettings(consumer, filter),
    ...(ackWaitMs !== undefined && !backoffMs && { ack_wait: timeOf(ackWaitMs) }),
    ...(backoffMs !== undefined && { backoff: backoffMs.map(timeOf) }),
    ...(inactiveThresholdMs !== undefined && { inactive_threshold: timeOf(inactiveThresholdMs) }),
    ...(idleHeartbeatMs !== undefined && { idle_heartbeat: timeOf(idleHeartbeatMs) }),
    ...(maxRequestExpiresMs !== undefined && { max_expires: timeOf(maxRequestExpiresMs) }),
  }
}

/** A moment of the run, counted from the start of the program. */
function momentOf(sheet: Sheet, ms: number): string {
  sheet.once('started', () => {
    sheet.importFrom('datetime', 'datetime')
    sheet.importFrom('datetime', 'timedelta')
    sheet.importFrom('datetime', 'timezone')
    sheet.add('connections', line('started = datetime.now(timezone.utc)'))
  })
  return `started + timedelta(seconds=${secondsOf(ms)})`
}

function keywords(given: Record<string, unknown>): string {
  return Object.entries(given)
    .map(([name, value]) => `${name}=${pyValue(value)}`)
    .join(', ')
}

/** A publish to a server; `acked` waits for the answer of the stream that keeps it. */
export function publishToPlace(
  sheet: Sheet,
  place: NodeOf<'natsServer'> | NodeOf<'redisServer'>,
  subject: Text,
  body: Text,
  lit: readonly Lit[],
  terms: string,
): Line {
  const facts: Lit = { node: place.id, facts: ['natsPublished', 'natsUnheard', 'redisPublished'] }
  if (place.kind === 'redisServer') {
    connectRedis(sheet)
    return line(`r.publish(${strOf(subject)}, ${strOf(body)})`, ...lit, facts)
  }
  const bytes = `${strOf(body)}.encode()`
  if (terms === '') {
    connectNats(sheet)
    return line(`await nc.publish(${strOf(subject)}, ${bytes})`, ...lit, facts)
  }
  connectJetStream(sheet)
  return line(`await js.publish(${strOf(subject)}, ${bytes}${terms})`, ...lit, facts)
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
  const callback = sheet.name(`on_${pyName(subscriber.id)}`)
  const acks = durable !== undefined && durable.ackPolicy !== 'none'
  sheet.add(
    'definitions',
    line(`async def ${callback}(msg):`, ...on(role.docs, 'received', 'started')),
    ...heartbeatLines(role, durable),
    ...handlerOf(sheet, scenario, role, acks).map(indented),
  )
  const late = sheet.form === 'own' ? joinsLate(sheet, joinsAfterMs(subscriber, durable), true) : []
  const lines: Line[] = [...runBy(role), ...late]
  for (const filter of filtersOf(scenario, subscriber)) {
    const group = subscriber.queueGroup ? `queue=${pyString(subscriber.queueGroup)}, ` : ''
    const { pendingMax } = subscriber
    const limit = pendingMax === undefined ? '' : `, pending_msgs_limit=${pendingMax}`
    lines.push(
      line(
        `await nc.subscribe(${pyString(filter)}, ${group}cb=${callback}${limit})`,
        ...on(role.docs, 'cameOnline', 'missedBySubscriber'),
      ),
    )
  }
  if (durable?.push) {
    const group = durable.deliverGroup ? `queue=${pyString(durable.deliverGroup)}, ` : ''
    lines.push(line(`await nc.subscribe('deliver.${durable.name}', ${group}cb=${callback})`))
  }
  sheet.add('receiving', ...lines)
  if (durable && !durable.push) pullLoop(sheet, scenario, role, durable, callback)
  sheet.once('wait', () => {
    sheet.import('import asyncio')
    sheet.add('end', line('await asyncio.Event().wait()'))
  })
}

/** A subscription of core NATS gets the heartbeats of a push consumer like messages. */
function heartbeatLines(
  role: Role<'natsSubscriber'>,
  durable: NodeOf<'natsConsumer'> | undefined,
): Line[] {
  if (durable?.idleHeartbeatMs === undefined) return []
  return [
    line("    if msg.headers and msg.headers.get('Status') == '100':"),
    line('        return  # An idle heartbeat.', ...on(role.docs, 'heartbeatHeard')),
  ]
}

function handlerOf(
  sheet: Sheet,
  scenario: Scenario,
  role: Role<'natsSubscriber'>,
  acks: boolean,
): Line[] {
  const { replyWith, ackWhen = 'after', failureRate = 0 } = role.docs[0]
  const expression = 'msg.data.decode()'
  const work = [
    ...(sheet.form === 'own' ? placeWork(sheet, role.docs[0], true, expression) : []),
    ...workOf(sheet, scenario, role, expression, 'channel'),
  ]
  if (replyWith !== undefined) {
    const reply = strOf(bodyTemplate(replyWith, expression))
    work.push(line(`await msg.respond(${reply}.encode())`, ...on(role.docs, 'published')))
  }
  const ack = line('await msg.ack()')
  if (!acks || ackWhen === 'never') return orPass(work, role)
  if (ackWhen === 'before') return [ack, ...work]
  if (failureRate === 0) return [...work, ack]
  return [
    line('try:'),
    ...[...orPass(work, role), ack].map(indented),
    line('except Exception:'),
    indented(failed(role)),
  ]
}

function failed(role: Role<'natsSubscriber'>): Line {
  const { onFailure = 'nak', nakDelayMs = 0 } = role.docs[0]
  const lit = on(role.docs, 'failed')
  if (onFailure === 'leave')
    return line('pass  # It goes out again when its ack wait is over.', ...lit)
  if (onFailure === 'term') return line('await msg.term()', ...lit)
  return line(`await msg.nak(${nakDelayMs > 0 ? `delay=${nakDelayMs / 1000}` : ''})`, ...lit)
}

function orPass(lines: Line[], role: Role<'natsSubscriber'>): Line[] {
  return lines.length > 0 ? lines : [line('pass', ...on(role.docs, 'processed'))]
}

function pullLoop(
  sheet: Sheet,
  scenario: Scenario,
  role: Role<'natsSubscriber'>,
  durable: NodeOf<'natsConsumer'>,
  callback: string,
): void {
  const of = streamOf(scenario, durable)
  if (of === null) return
  const { batch = 1, expiresMs = 5000 } = role.docs[0]
  const loop = sheet.name(`pull_${pyName(role.docs[0].id)}`)
  sheet.import('import asyncio')
  sheet.importFrom('nats.errors', 'TimeoutError')
  sheet.add(
    'definitions',
    line(`async def ${loop}():`),
    line(
      `    sub = await js.pull_subscribe_bind(${pyString(durable.name)}, ${pyString(of.stream.name)})`,
    ),
    line('    while True:'),
    line('        try:'),
    line(
      `            messages = await sub.fetch(${batch}, timeout=${expiresMs / 1000})`,
      ...on(role.docs, 'askedNext'),
    ),
    line('        except TimeoutError:'),
    line('            continue', ...on(role.docs, 'requestEnded')),
    line('        for msg in messages:'),
    line(`            await ${callback}(msg)`),
  )
  const task = sheet.name(`${loop}_task`)
  sheet.add('receiving', line(`${task} = asyncio.create_task(${loop}())`))
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
  sheet.importFrom('nats.errors', 'NoRespondersError')
  sheet.importFrom('nats.errors', 'TimeoutError')
  const subject = link.key ?? requester.name.replaceAll(/\s+/g, '-')
  const effect = strOf(bodyTemplate(requester.effect ?? '{body}', 'reply.data.decode()'))
  const own = sheet.form === 'own'
  const asking = [
    line('try:'),
    line(
      `    reply = await nc.request(${pyString(subject)}, body.encode(), timeout=${requester.timeoutMs / 1000})`,
      ...on(role.docs, 'published'),
    ),
    line(`    print(${effect})`, ...on(role.docs, 'replied')),
    line('except NoRespondersError:'),
    line("    print('nobody is there')", ...on(role.docs, 'requestUnanswerable')),
    line('except TimeoutError:'),
    line("    print('no reply in time')", ...on(role.docs, 'requestTimedOut')),
  ]
  if (own) {
    sheet.add('definitions', line('async def ask(body):'), ...asking.map(indented))
    askOnSchedule(sheet, requester)
    return
  }
  const bodies = requester.bodies.map((body, i) => body.replaceAll('{n}', String(i + 1)))
  sheet.add(
    'actions',
    line(`for body in [${bodies.map(pyString).join(', ')}]:`),
    ...asking.map(indented),
  )
}

/** Requests go out when the run has them, whether those before are answered or not. */
function askOnSchedule(sheet: Sheet, requester: NodeOf<'natsRequester'>): void {
  const setUp: Line[] = []
  const each = new Turns(sheet, setUp)
  const body = strOf(bodyOf(each, requester))
  const { head, pause, before } = scheduleOf(each, requester, sleepOf(sheet, true))
  sheet.add(
    'actions',
    ...setUp,
    line('asked = []'),
    ...before,
    line(head),
    ...[...pause, line(`asked.append(asyncio.create_task(ask(${body})))`)].map(indented),
    line('await asyncio.gather(*asked)'),
  )
}

/** A subscriber of Redis: its subscriptions, and the loop over what comes. */
export function writeRedisSubscriber(
  sheet: Sheet,
  scenario: Scenario,
  role: Role<'redisSubscriber'>,
): void {
  connectRedis(sheet)
  const name = sheet.name(`${pyName(role.docs[0].id)}_pubsub`)
  const filters = filtersOf(scenario, role.docs[0])
  const [channels, patterns] = [filters.filter((f) => !isPattern(f)), filters.filter(isPattern)]
  const own = sheet.form === 'own'
  const late = own ? joinsLate(sheet, role.docs[0].joinMs, false) : []
  const lines = [
    ...runBy(role),
    ...late,
    line(`${name} = r.pubsub(ignore_subscribe_messages=True)`),
  ]
  const lit = on(role.docs, 'cameOnline')
  if (channels.length > 0) {
    lines.push(line(`${name}.subscribe(${channels.map(pyString).join(', ')})`, ...lit))
  }
  if (patterns.length > 0) {
    lines.push(line(`${name}.psubscribe(${patterns.map(pyString).join(', ')})`, ...lit))
  }
  sheet.add('receiving', ...lines)
  const work = [
    ...(own ? placeWork(sheet, role.docs[0], false, "message['data']") : []),
    ...workOf(sheet, scenario, role, "message['data']", 'channel'),
  ]
  sheet.add(
    'loops',
    line(`for message in ${name}.listen():`, ...on(role.docs, 'received', 'started')),
    ...(work.length > 0 ? work : [line('pass', ...on(role.docs, 'processed'))]).map(indented),
  )
}
