/** Python programs of those who publish and those who consume. */
import { CONFIRM_TIMEOUT_MS } from '../../../clients/producer/settings.ts'
import type { NodeOf, Scenario } from '../../document.ts'
import { consumeArguments, type PublishTerms, publishTerms } from '../amqp.ts'
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
import { bodyTemplate, connectAmqp, publishStatement, strOf, type Text } from './publish.ts'
import { ownNotes, ownWork, writeOwnProducer } from './rabbit.ts'
import { pyName, pyString, pyValue } from './text.ts'
import { queueOf } from './topology.ts'
import {
  connectTransactional,
  sendInside,
  type Transactions,
  transactionLoop,
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
  const lines: Line[] = rhythm === null ? [] : [line(`# ${rhythm}`)]
  const toHandler = outlets.filter(({ to }) => to.kind === 'commandHandler')
  const toBroker = outlets.filter(({ to }) => to.kind !== 'commandHandler')
  const toRabbit = toBroker.some(({ to }) => to.kind === 'exchange' || to.kind === 'queue')
  const toNats = toBroker.some(({ to }) => to.kind === 'natsServer')
  const terms = toRabbit
    ? termsOf(publishTerms(producer, scenario))
    : toNats
      ? natsTerms(producer)
      : ''
  if (toRabbit && producer.confirms) lines.push(line('channel.confirm_delivery()'))
  if (toBroker.length > 0) {
    const turns = attributesInTurn(producer, toBroker, bodies.length)
    lines.push(...publishAll(sheet, toBroker, bodies, keys, turns, lit, terms))
  }
  if (toHandler.length > 0) lines.push(...sendAll(sheet, toHandler, bodies, lit))
  sheet.add('actions', ...lines, ...flush(toBroker))
}

/** What a publish to JetStream says besides: its id, and how long the acknowledgement may take. */
function natsTerms({ id, confirms, confirmTimeoutMs, messageIds }: NodeOf<'producer'>): string {
  const headers = messageIds ? `, headers={'Nats-Msg-Id': ${pyString(`${id}-1`)}}` : ''
  if (!confirms && !messageIds) return ''
  return `${headers}, timeout=${(confirmTimeoutMs ?? CONFIRM_TIMEOUT_MS) / 1000}`
}

/** Properties and flags of a publish, to be put behind its body. */
function termsOf(terms: PublishTerms): string {
  const given = [
    terms.headers && `headers=${pyValue(terms.headers)}`,
    terms.priority !== undefined && `priority=${terms.priority}`,
    terms.expiration !== undefined && `expiration=${pyString(terms.expiration)}`,
    terms.persistent && 'delivery_mode=2',
    terms.replyTo !== undefined && `reply_to=${pyString(terms.replyTo)}`,
    terms.correlationId !== undefined && `correlation_id=${pyString(terms.correlationId)}`,
  ].filter((each) => typeof each === 'string')
  const properties =
    given.length === 0 ? '' : `, properties=pika.BasicProperties(${given.join(', ')})`
  return `${properties}${terms.mandatory ? ', mandatory=True' : ''}`
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
  const named = turns.map(({ name }) => ({ name, variable: sheet.name(pyName(name)) }))
  const ways = withVariables(outlets, named)
  const publish = (body: Text, key: Text | null) =>
    ways.map((outlet) => publishStatement(sheet, outlet, body, key, lit, 'channel', terms))
  const [first, firstKeyed = null] = [bodies[0] ?? '', keys[0]]
  if (bodies.length === 1) {
    return publish({ literal: first }, firstKeyed === null ? null : { literal: firstKeyed })
  }
  const isKeyed = firstKeyed !== null
  const items = bodies.map((body, i) => {
    const own = turns.map(({ values }) => values[i] ?? '')
    const item = [...(isKeyed ? [keys[i] ?? ''] : []), body, ...own].map(pyString)
    return line(`    ${item.length === 1 ? item[0] : `(${item.join(', ')})`},`)
  })
  const names = [...(isKeyed ? ['key'] : []), 'body', ...named.map(({ variable }) => variable)]
  const loop = publish({ expression: 'body' }, isKeyed ? { expression: 'key' } : null)
  return [line(`for ${names.join(', ')} in [`), ...items, line(']:'), ...loop.map(indented)]
}

/** Commands are written as Python's own values where they are JSON objects. */
function sendAll(
  sheet: Sheet,
  outlets: readonly Outlet[],
  bodies: readonly string[],
  lit: readonly Lit[],
): Line[] {
  const commands = bodies.map((body) => {
    const command = commandOf(body)
    return line(command === null ? `    # ${noCommand(body)}` : `    ${pyValue(command)},`)
  })
  const send = outlets.map((outlet) =>
    publishStatement(sheet, outlet, { expression: 'command' }, null, lit),
  )
  return [line('for command in ['), ...commands, line(']:'), ...send.map(indented)]
}

/** A consumer of queues: the callback and its subscription. */
export function writeConsumer(sheet: Sheet, scenario: Scenario, role: Role<'consumer'>): void {
  const consumer = role.docs[0]
  const queues = sourcesOf(scenario, role).filter((node) => node.kind === 'queue')
  connectAmqp(sheet)
  const callback = sheet.name('callback')
  sheet.add('definitions', ...callbackOf(sheet, scenario, role, callback))
  const lines: Line[] = [...runBy(role), ...(sheet.form === 'own' ? ownNotes(consumer) : [])]
  if (consumer.prefetch > 0) {
    const scope = consumer.prefetchScope === 'channel' ? ', global_qos=True' : ''
    lines.push(line(`channel.basic_qos(prefetch_count=${consumer.prefetch}${scope})`))
  }
  const autoAck = consumer.ack === 'auto' ? ', auto_ack=True' : ''
  for (const queue of queues) {
    lines.push(
      line(
        `channel.basic_consume(queue=${queueOf(sheet, queue)}, on_message_callback=${callback}${autoAck}${subscriptionOf(consumer, queue)})`,
        { node: queue.id, facts: ['delivered'] },
      ),
    )
  }
  sheet.add('actions', ...lines)
  sheet.once('start consuming', () => sheet.add('loops', line('channel.start_consuming()')))
}

function subscriptionOf(consumer: NodeOf<'consumer'>, queue: NodeOf<'queue'>): string {
  const args = consumeArguments(consumer, queue)
  const given = Object.keys(args).length === 0 ? '' : `, arguments=${pyValue(args)}`
  return `${consumer.exclusive ? ', exclusive=True' : ''}${given}`
}

function callbackOf(
  sheet: Sheet,
  scenario: Scenario,
  role: Role<'consumer'>,
  callback: string,
): Line[] {
  const consumer = role.docs[0]
  const { ack, onFailure } = consumer
  const ackLine = line('ch.basic_ack(delivery_tag=method.delivery_tag)', ...on(role.docs, 'acked'))
  const work = [
    ...(sheet.form === 'own' ? ownWork(sheet, consumer) : []),
    ...workOf(sheet, scenario, role, 'body.decode()', 'ch'),
    ...(ack === 'manual' ? [ackLine] : []),
  ]
  const body: Line[] = []
  if (ack === 'early') body.push(ackLine)
  // Where the process dies of what fails, nothing catches it.
  const catches = mayFail(consumer) && onFailure !== 'crash'
  if (catches && (ack === 'manual' || sheet.form === 'own')) {
    const requeue = onFailure === 'drop' ? 'False' : 'True'
    const nack = `ch.basic_nack(delivery_tag=method.delivery_tag, requeue=${requeue})`
    const answer = ack === 'manual' ? nack : 'print(f"Failed: {body.decode()}")'
    body.push(line('try:'), ...work.map(indented), line('except Exception:'))
    body.push(indented(line(answer, ...on(role.docs, 'failed', 'requeued', 'rejected'))))
  } else body.push(...work)
  if (body.length === 0) body.push(line('pass', ...on(role.docs, 'processed')))
  return [
    line(`def ${callback}(ch, method, properties, body):`, ...on(role.docs, 'received', 'started')),
    ...body.map(indented),
  ]
}

/** A member of a consumer group: the poll loop with its commits. */
export function writeGroupConsumer(
  sheet: Sheet,
  scenario: Scenario,
  role: Role<'groupConsumer'>,
): void {
  const member = role.docs[0]
  sheet.importFrom('kafka', 'KafkaConsumer')
  const consumer = sheet.name('consumer')
  const topics = sourcesOf(scenario, role).filter(({ kind }) => kind === 'topic')
  const options = [
    ...topics.map(({ name }) => pyString(name)),
    "bootstrap_servers='localhost:9092'",
    `group_id=${pyString(member.group)}`,
    `auto_offset_reset=${pyString(member.offsetReset)}`,
    ...optionsOf(member),
    ...groupOptions(sheet, role),
  ]
  const connect = [
    ...runBy(role),
    ...lacking(member, 'kafka-python').map((sentence) => line(`# ${sentence}`)),
    ...(sheet.form === 'own' ? joinsLate(sheet, member.startAtMs, false) : []),
    line(`${consumer} = KafkaConsumer(`, ...on(role.docs, 'joining', 'assignmentReceived')),
    ...options.map((option) => line(`    ${option},`)),
    line(')'),
  ]
  sheet.add('loops', ...connect, ...loopOf(sheet, scenario, role, consumer))
}

/** Only what differs from what kafka-python does by itself. */
function optionsOf(member: Role<'groupConsumer'>['docs'][0]): string[] {
  const options: string[] = []
  if (member.commit !== 'auto') options.push('enable_auto_commit=False')
  const everyMs = member.commitEveryMs ?? 5000
  if (member.commit === 'auto' && everyMs !== 5000) {
    options.push(`auto_commit_interval_ms=${Math.ceil(everyMs)}`)
  }
  if (member.maxPollRecords !== 500) options.push(`max_poll_records=${member.maxPollRecords}`)
  if (member.fetchMaxWaitMs !== 500) {
    options.push(`fetch_max_wait_ms=${Math.ceil(member.fetchMaxWaitMs)}`)
  }
  return options
}

function loopOf(
  sheet: Sheet,
  scenario: Scenario,
  role: Role<'groupConsumer'>,
  consumer: string,
): Line[] {
  const transactions = connectTransactional(sheet, scenario, role)
  const work = [
    ...(sheet.form === 'own' ? takesTime(sheet, role.docs[0]) : []),
    ...workOf(sheet, scenario, role, 'message.value.decode()', 'channel', transactions),
  ]
  const handling = work.length > 0 ? work : [line('pass', ...on(role.docs, 'processed'))]
  if (transactions) return transactionLoop(sheet, role, consumer, transactions, handling)
  const started = on(role.docs, 'received', 'started')
  const { commit } = role.docs[0]
  if (commit === 'auto') {
    return [line(`for message in ${consumer}:`, ...started), ...handling.map(indented)]
  }
  const committing = commitOf(sheet, role, consumer)
  const { commitEveryRecords } = role.docs[0]
  if (commit === 'after' && commitEveryRecords !== undefined) {
    return everyRecords(sheet, role, consumer, commitEveryRecords, handling)
  }
  const eachMessage = [
    line('for messages in batch.values():'),
    indented(line('for message in messages:', ...started)),
    ...handling.map(indented).map(indented),
  ]
  const body =
    commit === 'before' ? [...committing, ...eachMessage] : [...eachMessage, ...committing]
  return [
    line('while True:'),
    indented(
      line(
        `batch = ${consumer}.poll(timeout_ms=${Math.ceil(role.docs[0].fetchMaxWaitMs)})`,
        ...on(role.docs, 'polled', 'fetched', 'batchReceived'),
      ),
    ),
    ...body.map(indented),
  ]
}

/** Of a member that its group went on without, the commit is refused: it joins again with the next poll. */
function commitOf(sheet: Sheet, role: Role<'groupConsumer'>, consumer: string): Line[] {
  const committing = line(`${consumer}.commit()`, ...on(role.docs, 'committing', 'committed'))
  if (sheet.form !== 'own') {
    return [{ ...committing, lit: [...(committing.lit ?? []), ...on(role.docs, 'commitFailed')] }]
  }
  sheet.importFrom('kafka.errors', 'CommitFailedError')
  sheet.importFrom('kafka.errors', 'RebalanceInProgressError')
  return [
    line('try:'),
    indented(committing),
    line(
      'except (CommitFailedError, RebalanceInProgressError) as error:',
      ...on(role.docs, 'commitFailed'),
    ),
    indented(line('print(error)')),
  ]
}

/** The work on a record, as long as in the run. What fails there is not said: the loop would end. */
function takesTime(sheet: Sheet, { service }: NodeOf<'groupConsumer'>): Line[] {
  return placeWork(sheet, { service }, false, '')
}

/** commit() would store the end of the whole batch: what is done is named instead. */
function everyRecords(
  sheet: Sheet,
  role: Role<'groupConsumer'>,
  consumer: string,
  count: number,
  handling: readonly Line[],
): Line[] {
  sheet.importFrom('kafka', 'TopicPartition')
  sheet.importFrom('kafka.structs', 'OffsetAndMetadata')
  const committing = line(
    `        ${consumer}.commit({partition: OffsetAndMetadata(message.offset + 1, '', -1)})`,
    ...on(role.docs, 'committing', 'committed', 'commitFailed'),
  )
  return [
    line(
      `for done, message in enumerate(${consumer}, start=1):`,
      ...on(role.docs, 'polled', 'fetched', 'batchReceived', 'received', 'started'),
    ),
    ...handling.map(indented),
    line(`    if done % ${count} == 0:`),
    line('        partition = TopicPartition(message.topic, message.partition)'),
    committing,
  ]
}

/** What is about the group, where it differs from what kafka-python does by itself. */
function groupOptions(sheet: Sheet, { docs }: Role<'groupConsumer'>): string[] {
  const [member] = docs
  const isAlone = docs.length === 1
  const options: string[] = []
  const assignor =
    member.protocol === 'consumer' ? undefined : PYTHON_ASSIGNORS[member.assignor ?? '']
  if (assignor) {
    sheet.importFrom(assignor.module, assignor.name)
    options.push(`partition_assignment_strategy=[${assignor.name}]`)
  }
  if (member.staticMember) {
    // Two runs under one name fence each other.
    if (isAlone) options.push(`group_instance_id=${pyString(member.id)}`)
    else {
      sheet.import('import socket')
      options.push('group_instance_id=socket.gethostname()')
    }
  }
  if (member.isolation === 'read_committed') options.push("isolation_level='read_committed'")
  const { sessionTimeoutMs: session, maxPollIntervalMs: interval } = member
  if (session !== undefined) {
    options.push(`session_timeout_ms=${Math.ceil(session)}`)
    options.push(`heartbeat_interval_ms=${Math.ceil(session / 3)}`)
  }
  if (interval !== undefined && interval !== 300_000) {
    options.push(`max_poll_interval_ms=${Math.ceil(interval)}`)
  }
  return options
}

const PYTHON_ASSIGNORS: Record<string, { module: string; name: string } | undefined> = {
  // Of kafka-python 3 and later.
  'cooperative-sticky': {
    module: 'kafka.coordinator.assignors.cooperative_sticky',
    name: 'CooperativeStickyAssignor',
  },
  roundrobin: {
    module: 'kafka.coordinator.assignors.roundrobin',
    name: 'RoundRobinPartitionAssignor',
  },
  sticky: {
    module: 'kafka.coordinator.assignors.sticky.sticky_assignor',
    name: 'StickyPartitionAssignor',
  },
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
  channel: string,
  transactions: Transactions | null = null,
): Line[] {
  const { effect, output } = role.docs[0]
  const lines: Line[] = []
  if (effect !== undefined) {
    const text = strOf(bodyTemplate(effect, expression))
    lines.push(line(`print(${text})`, ...on(role.docs, 'processed')))
  }
  const body = bodyTemplate(output ?? '{body}', expression)
  const lit = on(role.docs, 'published')
  const replies = 'reply' in role.docs[0] && role.docs[0].reply === true
  for (const outlet of outletsOf(scenario, role)) {
    if (replies) {
      const to =
        'routing_key=properties.reply_to, properties=pika.BasicProperties(correlation_id=properties.correlation_id)'
      lines.push(line(`${channel}.basic_publish(exchange='', ${to}, body=${strOf(body)})`, ...lit))
      continue
    }
    // A service publishes under the key that came to it.
    const key = role.docs[0].kind === 'consumer' ? { expression: 'method.routing_key' } : null
    if (outlet.link === transactions?.link) lines.push(sendInside(transactions, outlet, body, lit))
    else lines.push(publishStatement(sheet, outlet, body, key, lit, channel))
  }
  return lines
}

/** Producers of Kafka send in the background: a program that ends must wait for it. */
export function flush(outlets: readonly Outlet[]): Line[] {
  return outlets.some(({ to }) => to.kind === 'topic') ? [line('producer.flush()')] : []
}

export function runBy(role: AnyRole): Line[] {
  if (role.docs.length === 1) return []
  return [line(`# Run once for each of ${role.docs.map(({ name }) => name).join(', ')}.`)]
}

export function indented({ text, ...rest }: Line): Line {
  return { text: `    ${text}`, ...rest }
}
