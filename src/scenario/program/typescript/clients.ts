/** TypeScript programs of those who publish and those who consume. */
import { CONFIRM_TIMEOUT_MS } from '../../../clients/producer/settings.ts'
import type { NodeOf, Scenario } from '../../document.ts'
import { consumeArguments, publishTerms } from '../amqp.ts'
import { attributesInTurn, withVariables } from '../cloud.ts'
import { lacking } from '../groups.ts'
import { hasKafkaSettings } from '../kafka.ts'
import { type AnyRole, type Outlet, outletsOf, type Role, sourcesOf } from '../plan.ts'
import { type Line, type Lit, line, on } from '../program.ts'
import { publishesToPlaces, publishesToRabbit } from '../schedule.ts'
import type { Sheet } from '../sheet.ts'
import { commandOf, firstBodies, firstKey, mayFail, noCommand, rhythmOf } from '../words.ts'
import { writeKafkaProducer } from './kafka.ts'
import { joinsLate, placeWork, writeScheduled } from './places.ts'
import { bodyTemplate, connectAmqp, connectKafka, publishStatement } from './publish.ts'
import { ownNotes, ownWork, writeOwnProducer } from './rabbit.ts'
import { tsName, tsString, tsValue } from './text.ts'
import { queueOf } from './topology.ts'
import {
  connectTransactional,
  sendInside,
  type Transactions,
  transactionRun,
} from './transactions.ts'

/** Publishes the first of each body; the rhythm stands in a comment, because a program would wait for it. */
export function writeProducer(sheet: Sheet, scenario: Scenario, role: Role<'producer'>): void {
  if (sheet.form === 'own' && publishesToRabbit(scenario, role)) {
    writeOwnProducer(sheet, scenario, role)
    return
  }
  if (hasKafkaSettings(scenario, role)) {
    writeKafkaProducer(sheet, scenario, role)
    return
  }
  if (sheet.form === 'own' && publishesToPlaces(scenario, role)) {
    writeScheduled(sheet, scenario, role)
    return
  }
  const producer = role.docs[0]
  const lit = on(role.docs, 'published')
  const outlets = outletsOf(scenario, role)
  const bodies = firstBodies(producer)
  const keys = bodies.map((_, i) => firstKey(producer, i))
  const rhythm = rhythmOf(producer)
  const lines: Line[] = rhythm === null ? [] : [line(`// ${rhythm}`)]
  const toHandler = outlets.filter(({ to }) => to.kind === 'commandHandler')
  const toBroker = outlets.filter(({ to }) => to.kind !== 'commandHandler')
  const toRabbit = toBroker.some(({ to }) => to.kind === 'exchange' || to.kind === 'queue')
  const terms = toRabbit ? publishTerms(producer, scenario) : {}
  const toNats = toBroker.some(({ to }) => to.kind === 'natsServer')
  const given = toNats
    ? natsTerms(producer)
    : Object.keys(terms).length === 0
      ? ''
      : `, ${tsValue(terms)}`
  if (toBroker.length > 0) {
    const turns = attributesInTurn(producer, toBroker, bodies.length)
    lines.push(...publishAll(sheet, toBroker, bodies, keys, turns, lit, given))
  }
  if (toHandler.length > 0) lines.push(...sendAll(sheet, toHandler, bodies, lit))
  sheet.add('actions', ...lines)
}

/** What a publish to JetStream says besides: its id, and how long the acknowledgement may take. */
function natsTerms({ id, confirms, confirmTimeoutMs, messageIds }: NodeOf<'producer'>): string {
  if (!confirms && !messageIds) return ''
  const msgID = messageIds ? `msgID: ${tsString(`${id}-1`)}, ` : ''
  return `, { ${msgID}timeout: ${confirmTimeoutMs ?? CONFIRM_TIMEOUT_MS} }`
}

function publishAll(
  sheet: Sheet,
  outlets: readonly Outlet[],
  bodies: readonly string[],
  keys: readonly (string | null)[],
  turns: ReturnType<typeof attributesInTurn>,
  lit: readonly Lit[],
  terms: string,
): Line[] {
  const named = turns.map(({ name }) => ({ name, variable: sheet.name(tsName(name)) }))
  const ways = withVariables(outlets, named)
  const publish = (body: string, key: string | null) =>
    ways.map((outlet) => publishStatement(sheet, outlet, body, key, lit, terms))
  const [first, firstKeyed = null] = [bodies[0] ?? '', keys[0]]
  if (bodies.length === 1) {
    return publish(tsString(first), firstKeyed === null ? null : tsString(firstKeyed))
  }
  const isKeyed = firstKeyed !== null
  const items = bodies.map((body, i) => {
    const own = turns.map(({ values }) => values[i] ?? '')
    const item = [...(isKeyed ? [keys[i] ?? ''] : []), body, ...own].map(tsString)
    return item.length === 1 ? item[0] : `[${item.join(', ')}]`
  })
  const names = [...(isKeyed ? ['key'] : []), 'body', ...named.map(({ variable }) => variable)]
  const isAlone = names.length === 1
  const head = `for (const ${isAlone ? 'body' : `[${names.join(', ')}]`} of [`
  const loop = publish('body', isKeyed ? 'key' : null).map(indented)
  const tail = isAlone ? ']) {' : '] as const) {'
  return [line(head), ...items.map((item) => line(`  ${item},`)), line(tail), ...loop, line('}')]
}

function sendAll(
  sheet: Sheet,
  outlets: readonly Outlet[],
  bodies: readonly string[],
  lit: readonly Lit[],
): Line[] {
  const commands = sheet.name('commands')
  const items = bodies.map((body) => {
    const command = commandOf(body)
    return line(command === null ? `  // ${noCommand(body)}` : `  ${tsValue(command)},`)
  })
  const send = outlets.map((outlet) => publishStatement(sheet, outlet, 'command', null, lit))
  return [
    line(`const ${commands}: Command[] = [`),
    ...items,
    line(']'),
    line(`for (const command of ${commands}) {`),
    ...send.map(indented),
    line('}'),
  ]
}

/** A consumer of queues: its subscription with the callback. */
export function writeConsumer(sheet: Sheet, scenario: Scenario, role: Role<'consumer'>): void {
  const consumer = role.docs[0]
  const queues = sourcesOf(scenario, role).filter((node) => node.kind === 'queue')
  connectAmqp(sheet)
  const own = sheet.form === 'own'
  const handling = handlingOf(sheet, scenario, role)
  const lines: Line[] = [...runBy(role), ...(own ? ownNotes(consumer) : [])]
  if (own) writeHandler(sheet, consumer, handling)
  if (consumer.prefetch > 0) {
    const scope = consumer.prefetchScope === 'channel' ? ', true' : ''
    lines.push(line(`await channel.prefetch(${consumer.prefetch}${scope})`))
  }
  for (const queue of queues) {
    const options = subscriptionOf(consumer, queue)
    const end = options.length === 0 ? '})' : `}, { ${options.join(', ')} })`
    lines.push(
      line(`await channel.consume(${queueOf(sheet, queue)}, async (message) => {`, {
        node: queue.id,
        facts: ['delivered'],
      }),
      line('  if (message === null) return', ...on(role.docs, 'received', 'started')),
      ...(own ? handOver(consumer) : handling).map(indented),
      line(end),
    )
  }
  sheet.add('loops', ...lines)
}

function subscriptionOf(consumer: NodeOf<'consumer'>, queue: NodeOf<'queue'>): string[] {
  const args = consumeArguments(consumer, queue)
  return [
    ...(consumer.ack === 'auto' ? ['noAck: true'] : []),
    ...(consumer.exclusive ? ['exclusive: true'] : []),
    ...(Object.keys(args).length === 0 ? [] : [`arguments: ${tsValue(args)}`]),
  ]
}

function handlingOf(sheet: Sheet, scenario: Scenario, role: Role<'consumer'>): Line[] {
  const consumer = role.docs[0]
  const { ack, onFailure } = consumer
  const own = sheet.form === 'own'
  const acking = line('channel.ack(message)', ...on(role.docs, 'acked'))
  const work = [
    ...(own ? ownWork(sheet, consumer) : []),
    ...workOf(sheet, scenario, role, 'message.content.toString()'),
    ...(ack === 'manual' ? [acking] : []),
  ]
  const first = ack === 'early' ? [acking] : []
  // Where the process dies of what fails, nothing catches it.
  const catches = mayFail(consumer) && onFailure !== 'crash'
  if (!catches || (ack !== 'manual' && !own)) return [...first, ...work]
  const nack = `channel.nack(message, false, ${onFailure === 'drop' ? 'false' : 'true'})`
  const answer = ack === 'manual' ? nack : "console.log('Failed:', message.content.toString())"
  return [
    ...first,
    line('try {'),
    ...work.map(indented),
    line('} catch {'),
    indented(line(answer, ...on(role.docs, 'failed', 'requeued', 'rejected'))),
    line('}'),
  ]
}

/** What a consumer works on at once is its concurrency, not all that it was sent. */
function writeHandler(sheet: Sheet, { concurrency }: NodeOf<'consumer'>, handling: Line[]): void {
  sheet.import("import type { ConsumeMessage } from 'amqplib'")
  sheet.add(
    'definitions',
    line('async function handle(message: ConsumeMessage): Promise<void> {'),
    ...handling.map(indented),
    line('}'),
  )
  const busy =
    concurrency === 1
      ? ['let working = Promise.resolve()']
      : [
          `const working = Array.from({ length: ${concurrency} }, () => Promise.resolve())`,
          'let taken = 0',
        ]
  sheet.add('definitions', ...busy.map((text) => line(text)))
}

function handOver({ concurrency }: NodeOf<'consumer'>): Line[] {
  if (concurrency === 1) return [line('working = working.then(() => handle(message))')]
  return [
    line(`const lane = taken++ % ${concurrency}`),
    line('working[lane] = working[lane]?.then(() => handle(message)) ?? handle(message)'),
  ]
}

/** A member of a consumer group, with its commits. */
export function writeGroupConsumer(
  sheet: Sheet,
  scenario: Scenario,
  role: Role<'groupConsumer'>,
): void {
  const member = role.docs[0]
  connectKafka(sheet)
  const consumer = sheet.name(`${tsName(member.id)}Consumer`)
  const topics = sourcesOf(scenario, role).filter(({ kind }) => kind === 'topic')
  const names = topics.map(({ name }) => tsString(name)).join(', ')
  const wait =
    member.fetchMaxWaitMs === 5000 ? '' : `, maxWaitTimeInMs: ${Math.ceil(member.fetchMaxWaitMs)}`
  // Of the plain case the article's program says nothing.
  const isPlain =
    !member.assignor &&
    !member.protocol &&
    !member.staticMember &&
    member.sessionTimeoutMs === undefined &&
    member.offsetReset !== 'none'
  const missing = isPlain ? [] : lacking(member, 'kafkajs')
  sheet.add(
    'loops',
    ...runBy(role),
    ...missing.map((sentence) => line(`// ${sentence}`)),
    ...(sheet.form === 'own' ? joinsLate(sheet, member.startAtMs) : []),
    line(
      `const ${consumer} = kafka.consumer({ groupId: ${tsString(member.group)}${wait}${groupOptions(member)} })`,
    ),
    line(`await ${consumer}.connect()`),
    line(
      `await ${consumer}.subscribe({ topics: [${names}], fromBeginning: ${member.offsetReset === 'earliest'} })`,
      ...on(role.docs, 'joining', 'assignmentReceived'),
    ),
    ...runOf(sheet, scenario, role, consumer),
  )
}

/** What is about the group, where it differs from what kafkajs does by itself. */
function groupOptions({
  sessionTimeoutMs: session,
  maxPollIntervalMs: interval,
}: Role<'groupConsumer'>['docs'][0]): string {
  const options = [
    session !== undefined &&
      `sessionTimeout: ${Math.ceil(session)}, heartbeatInterval: ${Math.ceil(session / 3)}`,
    interval !== undefined && `rebalanceTimeout: ${Math.ceil(interval)}`,
  ].filter((option) => option !== false)
  return options.map((option) => `, ${option}`).join('')
}

function runOf(
  sheet: Sheet,
  scenario: Scenario,
  role: Role<'groupConsumer'>,
  consumer: string,
): Line[] {
  const { commit, commitEveryMs = 5000, commitEveryRecords } = role.docs[0]
  const transactions = connectTransactional(sheet, scenario, role)
  const work = [
    ...(sheet.form === 'own' ? placeWork(sheet, { service: role.docs[0].service }, '') : []),
    ...workOf(sheet, scenario, role, 'String(message.value)', transactions),
  ]
  if (transactions) return transactionRun(role, consumer, transactions, work)
  const started = on(role.docs, 'received', 'started')
  if (commit === 'after' && commitEveryRecords !== undefined) {
    return [
      line(`await ${consumer}.run({`),
      line(
        `  autoCommitThreshold: ${commitEveryRecords},`,
        ...on(role.docs, 'committing', 'committed', 'commitFailed'),
      ),
      line('  eachMessage: async ({ message }) => {', ...started),
      ...work.map(indented).map(indented),
      line('  },'),
      line('})'),
    ]
  }
  if (commit === 'auto') {
    return [
      line(`await ${consumer}.run({`),
      line(
        `  autoCommitInterval: ${Math.ceil(commitEveryMs)},`,
        ...on(role.docs, 'committing', 'committed', 'commitFailed'),
      ),
      line('  eachMessage: async ({ message }) => {', ...started),
      ...work.map(indented).map(indented),
      line('  },'),
      line('})'),
    ]
  }
  const committing = [
    line('const offset = String(BigInt(batch.lastOffset()) + 1n)'),
    line(
      `await ${consumer}.commitOffsets([{ topic: batch.topic, partition: batch.partition, offset }])`,
      ...on(role.docs, 'committing', 'committed', 'commitFailed'),
    ),
  ]
  const eachMessage = [
    line('for (const message of batch.messages) {', ...started),
    ...work.map(indented),
    indented(line('resolveOffset(message.offset)')),
    indented(line('await heartbeat()')),
    line('}'),
  ]
  const body =
    commit === 'before' ? [...committing, ...eachMessage] : [...eachMessage, ...committing]
  return [
    line(`await ${consumer}.run({`),
    line('  autoCommit: false,'),
    line(
      '  eachBatch: async ({ batch, resolveOffset, heartbeat }) => {',
      ...on(role.docs, 'polled', 'fetched', 'batchReceived'),
    ),
    ...body.map(indented).map(indented),
    line('  },'),
    line('})'),
  ]
}

/** What a handler does with a message: its effect, and what it publishes. */
/** Who works on messages. */
type WorkingRole =
  | Role<'consumer'>
  | Role<'groupConsumer'>
  | Role<'pollingConsumer'>
  | Role<'natsSubscriber'>
  | Role<'redisSubscriber'>
  | Role<'redisConsumer'>
  | Role<'redisReader'>

export function workOf(
  sheet: Sheet,
  scenario: Scenario,
  role: WorkingRole,
  expression: string,
  transactions: Transactions | null = null,
): Line[] {
  const { effect, output } = role.docs[0]
  const lines: Line[] = []
  if (effect !== undefined) {
    lines.push(
      line(`console.log(${bodyTemplate(effect, expression)})`, ...on(role.docs, 'processed')),
    )
  }
  const body = bodyTemplate(output ?? '{body}', expression)
  const lit = on(role.docs, 'published')
  const replies = 'reply' in role.docs[0] && role.docs[0].reply === true
  for (const outlet of outletsOf(scenario, role)) {
    if (replies) {
      const { to, with: what } = REPLY
      lines.push(line(`channel.sendToQueue(${to}, Buffer.from(${body}), ${what})`, ...lit))
      continue
    }
    // A service publishes under the key that came to it.
    const key = role.docs[0].kind === 'consumer' ? 'message.fields.routingKey' : null
    if (outlet.link === transactions?.link) lines.push(sendInside(outlet, body, lit))
    else lines.push(publishStatement(sheet, outlet, body, key, lit))
  }
  return lines
}

/** Where a reply goes, and what it is known by. */
const REPLY = {
  to: 'message.properties.replyTo',
  with: '{ correlationId: message.properties.correlationId }',
} as const

export function runBy(role: AnyRole): Line[] {
  if (role.docs.length === 1) return []
  return [line(`// Run once for each of ${role.docs.map(({ name }) => name).join(', ')}.`)]
}

export function indented({ text, ...rest }: Line): Line {
  return { text: `  ${text}`, ...rest }
}
