/** What a Python program declares on its brokers before it uses it. */
import type { NodeOf, Scenario } from '../../document.ts'
import { bindingArguments, exchangeArguments, isDurable, queueArguments } from '../amqp.ts'
import { refusable, topicConfigs } from '../kafka.ts'
import type { PartDoc } from '../plan.ts'
import { type Line, line } from '../program.ts'
import type { Sheet } from '../sheet.ts'
import { ALWAYS_THERE, NO_SET_UP, NOTHING_TO_DECLARE } from '../words.ts'
import { createTopicsAndSubscriptions } from './cloud.ts'
import { connectAmqp } from './publish.ts'
import { createStreams } from './pubsub.ts'
import { createRedisGroups } from './redis.ts'
import { createSqsQueues } from './sqs.ts'
import { pyName, pyString, pyValue } from './text.ts'

export function writeTopology(sheet: Sheet, scenario: Scenario, parts: readonly PartDoc[]): void {
  const amqp = parts.filter(({ kind }) => kind === 'exchange' || kind === 'queue')
  if (amqp.length > 0) connectAmqp(sheet)
  const lines = amqp.flatMap((part) => declare(sheet, scenario, part))
  if (amqp.length > 0 && lines.length === 0) lines.push(line(`# ${ALWAYS_THERE}`))
  sheet.add('topology', ...lines, ...bindings(sheet, scenario, amqp))
  const sqs = parts.filter((part) => part.kind === 'sqsQueue')
  if (sqs.length > 0) createSqsQueues(sheet, scenario, sqs)
  createTopicsAndSubscriptions(sheet, scenario, parts)
  for (const part of parts) {
    if (part.kind !== 'mqttBroker') continue
    const lit = { node: part.id, facts: ['passedToSubscribers', 'retained'] }
    sheet.add('connections', line(`# ${NO_SET_UP}`, lit))
  }
  const isPlace = parts.every(({ kind }) => kind === 'natsServer' || kind === 'redisServer')
  if (parts.length > 0 && isPlace) sheet.add('topology', line(`# ${NOTHING_TO_DECLARE}`))
  const streams = parts.filter((part) => part.kind === 'natsStream' || part.kind === 'natsConsumer')
  if (streams.length > 0) createStreams(sheet, scenario, streams)
  createRedisGroups(
    sheet,
    scenario,
    parts.filter((part) => part.kind === 'redisStream' || part.kind === 'redisGroup'),
  )
  const topics = parts.filter((part) => part.kind === 'topic')
  if (topics.length > 0) createTopics(sheet, topics)
}

function declare(sheet: Sheet, scenario: Scenario, part: PartDoc): Line[] {
  if (part.kind === 'exchange') {
    if (part.type === 'default') return []
    const options = [`exchange=${pyString(part.name)}`, `exchange_type=${pyString(part.type)}`]
    if (part.durable ?? true) options.push('durable=True')
    if (part.autoDelete) options.push('auto_delete=True')
    if (part.internal) options.push('internal=True')
    options.push(...argumentsOf(exchangeArguments(part, scenario)))
    return [line(`channel.exchange_declare(${options.join(', ')})`)]
  }
  if (part.kind !== 'queue') return []
  const options = [`queue=${part.serverNamed ? "''" : pyString(part.name)}`]
  if (isDurable(part) && !part.exclusive) options.push('durable=True')
  if (part.exclusive) options.push('exclusive=True')
  if (part.autoDelete) options.push('auto_delete=True')
  options.push(...argumentsOf(queueArguments(part, scenario)))
  const lit = { node: part.id, facts: ['enqueued', 'dropped', 'expired', 'deadLettered'] }
  const declared = `channel.queue_declare(${options.join(', ')})`
  if (!part.serverNamed) return [line(declared, lit)]
  return [line(`${queueOf(sheet, part)} = ${declared}.method.queue`, lit)]
}

function argumentsOf(all: Record<string, unknown>): string[] {
  return Object.keys(all).length === 0 ? [] : [`arguments=${pyValue(all)}`]
}

/** A queue's name, or the variable that holds the one that the broker gave it. */
export function queueOf(sheet: Sheet, queue: NodeOf<'queue'>): string {
  return queue.serverNamed ? sheet.nameOf(queue, `${pyName(queue.id)}_name`) : pyString(queue.name)
}

function bindings(sheet: Sheet, scenario: Scenario, parts: readonly PartDoc[]): Line[] {
  const byId = new Map(parts.map((part) => [part.id, part]))
  return scenario.links.flatMap((link) => {
    const exchange = byId.get(link.from)
    const to = byId.get(link.to)
    if (exchange?.kind !== 'exchange' || exchange.type === 'default' || !to) return []
    const options = [
      to.kind === 'exchange'
        ? `destination=${pyString(to.name)}, source=${pyString(exchange.name)}`
        : `queue=${to.kind === 'queue' ? queueOf(sheet, to) : pyString(to.name)}, exchange=${pyString(exchange.name)}`,
      `routing_key=${pyString(link.key ?? '')}`,
      ...argumentsOf(bindingArguments(exchange, link)),
    ]
    const what = to.kind === 'exchange' ? 'exchange_bind' : 'queue_bind'
    return [
      line(`channel.${what}(${options.join(', ')})`, { node: exchange.id, facts: ['routed'] }),
    ]
  })
}

function createTopics(sheet: Sheet, topics: readonly NodeOf<'topic'>[]): void {
  sheet.importFrom('kafka', 'KafkaAdminClient')
  sheet.importFrom('kafka.admin', 'NewTopic')
  sheet.importFrom('kafka.errors', 'TopicAlreadyExistsError')
  const lines = topics.flatMap((doc) => {
    const configs = topicConfigs(doc)
    const given = Object.keys(configs).length === 0 ? '' : `, topic_configs=${pyValue(configs)}`
    const counts = `num_partitions=${doc.partitions}, replication_factor=${doc.replicationFactor ?? 1}`
    const topic = `NewTopic(${pyString(doc.name)}, ${counts}${given})`
    return [
      ...refusable(doc).map((sentence) => line(`# ${sentence}`)),
      line('try:'),
      line(`    admin.create_topics([${topic}])`),
      line('except TopicAlreadyExistsError:'),
      line('    pass'),
    ]
  })
  const admin = line("admin = KafkaAdminClient(bootstrap_servers='localhost:9092')")
  sheet.add('topology', admin, ...lines)
}
