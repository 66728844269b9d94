/** What a TypeScript program declares on its brokers before it uses it. */
import type { NodeOf, Scenario } from '../../document.ts'
import { bindingArguments, exchangeArguments, isDurable, queueArguments } from '../amqp.ts'
import { refusable, topicConfigs } from '../kafka.ts'
import type { PartDoc } from '../plan.ts'
import { type Line, line } from '../program.ts'
import type { Sheet } from '../sheet.ts'
import { ALWAYS_THERE, NO_SET_UP, NOTHING_TO_DECLARE } from '../words.ts'
import { createTopicsAndSubscriptions } from './cloud.ts'
import { connectAmqp, connectKafka } from './publish.ts'
import { createStreams } from './pubsub.ts'
import { createRedisGroups } from './redis.ts'
import { createSqsQueues } from './sqs.ts'
import { tsName, tsString, tsValue } from './text.ts'

export function writeTopology(sheet: Sheet, scenario: Scenario, parts: readonly PartDoc[]): void {
  const amqp = parts.filter(({ kind }) => kind === 'exchange' || kind === 'queue')
  if (amqp.length > 0) connectAmqp(sheet)
  const lines = amqp.flatMap((part) => declare(sheet, scenario, part))
  if (amqp.length > 0 && lines.length === 0) lines.push(line(`// ${ALWAYS_THERE}`))
  sheet.add('topology', ...lines, ...bindings(sheet, scenario, amqp))
  const sqs = parts.filter((part) => part.kind === 'sqsQueue')
  if (sqs.length > 0) createSqsQueues(sheet, scenario, sqs)
  createTopicsAndSubscriptions(sheet, scenario, parts)
  for (const part of parts) {
    if (part.kind !== 'mqttBroker') continue
    const lit = { node: part.id, facts: ['passedToSubscribers', 'retained'] }
    sheet.add('connections', line(`// ${NO_SET_UP}`, lit))
  }
  const isPlace = parts.every(({ kind }) => kind === 'natsServer' || kind === 'redisServer')
  if (parts.length > 0 && isPlace) sheet.add('topology', line(`// ${NOTHING_TO_DECLARE}`))
  const streams = parts.filter((part) => part.kind === 'natsStream' || part.kind === 'natsConsumer')
  if (streams.length > 0) createStreams(sheet, scenario, streams)
  createRedisGroups(
    sheet,
    scenario,
    parts.filter((part) => part.kind === 'redisStream' || part.kind === 'redisGroup'),
  )
  const topics = parts.filter((part) => part.kind === 'topic')
  if (topics.length === 0) return
  connectKafka(sheet)
  sheet.add(
    'topology',
    line('const admin = kafka.admin()'),
    line('await admin.connect()'),
    line('await admin.createTopics({'),
    line('  topics: ['),
    ...topics.flatMap((topic) => [
      ...refusable(topic).map((sentence) => line(`    // ${sentence}`)),
      line(`    { ${topicOptions(topic).join(', ')} },`),
    ]),
    line('  ],'),
    line('})'),
    line('await admin.disconnect()'),
  )
}

function topicOptions(topic: NodeOf<'topic'>): string[] {
  const entries = Object.entries(topicConfigs(topic)).map(
    ([name, value]) => `{ name: ${tsString(name)}, value: ${tsString(value)} }`,
  )
  return [
    `topic: ${tsString(topic.name)}`,
    `numPartitions: ${topic.partitions}`,
    ...(topic.replicationFactor === undefined
      ? []
      : [`replicationFactor: ${topic.replicationFactor}`]),
    ...(entries.length === 0 ? [] : [`configEntries: [${entries.join(', ')}]`]),
  ]
}

function declare(sheet: Sheet, scenario: Scenario, part: PartDoc): Line[] {
  if (part.kind === 'exchange') {
    if (part.type === 'default') return []
    const options: string[] = []
    if (part.durable === false) options.push('durable: false')
    if (part.autoDelete) options.push('autoDelete: true')
    if (part.internal) options.push('internal: true')
    options.push(...argumentsOf(exchangeArguments(part, scenario)))
    const given = options.length === 0 ? '' : `, { ${options.join(', ')} }`
    const names = `${tsString(part.name)}, ${tsString(part.type)}`
    return [line(`await channel.assertExchange(${names}${given})`)]
  }
  if (part.kind !== 'queue') return []
  // amqplib declares durable queues unless told otherwise; pika and the protocol do not.
  const options = [`durable: ${isDurable(part) && !part.exclusive}`]
  if (part.exclusive) options.push('exclusive: true')
  if (part.autoDelete) options.push('autoDelete: true')
  options.push(...argumentsOf(queueArguments(part, scenario)))
  const lit = { node: part.id, facts: ['enqueued', 'dropped', 'expired', 'deadLettered'] }
  const given = `{ ${options.join(', ')} }`
  if (!part.serverNamed) {
    return [line(`await channel.assertQueue(${tsString(part.name)}, ${given})`, lit)]
  }
  const name = queueOf(sheet, part)
  return [line(`const { queue: ${name} } = await channel.assertQueue('', ${given})`, lit)]
}

function argumentsOf(all: Record<string, unknown>): string[] {
  return Object.keys(all).length === 0 ? [] : [`arguments: ${tsValue(all)}`]
}

/** A queue's name, or the variable that holds the one that the broker gave it. */
export function queueOf(sheet: Sheet, queue: NodeOf<'queue'>): string {
  return queue.serverNamed ? sheet.nameOf(queue, `${tsName(queue.id)}Name`) : tsString(queue.name)
}

function bindings(sheet: Sheet, scenario: Scenario, parts: readonly PartDoc[]): Line[] {
  const byId = new Map(parts.map((part) => [part.id, part]))
  return scenario.links.flatMap((link) => {
    const exchange = byId.get(link.from)
    const to = byId.get(link.to)
    if (exchange?.kind !== 'exchange' || exchange.type === 'default' || !to) return []
    const args = bindingArguments(exchange, link)
    const given = Object.keys(args).length === 0 ? '' : `, ${tsValue(args)}`
    const target = to.kind === 'queue' ? queueOf(sheet, to) : tsString(to.name)
    const names = `${target}, ${tsString(exchange.name)}, ${tsString(link.key ?? '')}`
    const what = to.kind === 'exchange' ? 'bindExchange' : 'bindQueue'
    return [
      line(`await channel.${what}(${names}${given})`, { node: exchange.id, facts: ['routed'] }),
    ]
  })
}
