/** What a TypeScript program declares on its brokers before it uses it. */
import type { Scenario } from '../../document.ts'
import type { PartDoc } from '../plan.ts'
import { type Line, line } from '../program.ts'
import type { Sheet } from '../sheet.ts'
import { ALWAYS_THERE } from '../words.ts'
import { connectAmqp, connectKafka } from './publish.ts'
import { createSqsQueues } from './sqs.ts'
import { tsString } from './text.ts'

export function writeTopology(sheet: Sheet, scenario: Scenario, parts: readonly PartDoc[]): void {
  const amqp = parts.filter(({ kind }) => kind === 'exchange' || kind === 'queue')
  if (amqp.length > 0) connectAmqp(sheet)
  const lines = amqp.flatMap(declare)
  if (amqp.length > 0 && lines.length === 0) lines.push(line(`// ${ALWAYS_THERE}`))
  sheet.add('topology', ...lines, ...bindings(scenario, amqp))
  const sqs = parts.filter((part) => part.kind === 'sqsQueue')
  if (sqs.length > 0) createSqsQueues(sheet, scenario, sqs)
  const topics = parts.filter((part) => part.kind === 'topic')
  if (topics.length === 0) return
  connectKafka(sheet)
  sheet.add(
    'topology',
    line('const admin = kafka.admin()'),
    line('await admin.connect()'),
    line('await admin.createTopics({'),
    line('  topics: ['),
    ...topics.map(({ name, partitions }) =>
      line(`    { topic: ${tsString(name)}, numPartitions: ${partitions} },`),
    ),
    line('  ],'),
    line('})'),
    line('await admin.disconnect()'),
  )
}

function declare(part: PartDoc): Line[] {
  if (part.kind === 'exchange') {
    if (part.type === 'default') return []
    return [line(`await channel.assertExchange(${tsString(part.name)}, ${tsString(part.type)})`)]
  }
  if (part.kind !== 'queue') return []
  // amqplib declares durable queues unless told otherwise; pika and the protocol do not.
  const options = [`durable: ${part.durable ?? false}`]
  if (part.maxLength !== undefined) options.push(`maxLength: ${part.maxLength}`)
  if (part.overflow !== undefined) {
    options.push(`arguments: { 'x-overflow': ${tsString(part.overflow)} }`)
  }
  const lit = { node: part.id, facts: ['enqueued', 'dropped'] }
  return [line(`await channel.assertQueue(${tsString(part.name)}, { ${options.join(', ')} })`, lit)]
}

function bindings(scenario: Scenario, parts: readonly PartDoc[]): Line[] {
  const byId = new Map(parts.map((part) => [part.id, part]))
  return scenario.links.flatMap(({ from, to, key }) => {
    const exchange = byId.get(from)
    const queue = byId.get(to)
    if (exchange?.kind !== 'exchange' || exchange.type === 'default' || !queue) return []
    const names = `${tsString(queue.name)}, ${tsString(exchange.name)}, ${tsString(key ?? '')}`
    return [line(`await channel.bindQueue(${names})`, { node: exchange.id, facts: ['routed'] })]
  })
}
