/** What a Python program declares on its brokers before it uses it. */
import type { NodeOf, Scenario } from '../../document.ts'
import type { PartDoc } from '../plan.ts'
import { type Line, line } from '../program.ts'
import type { Sheet } from '../sheet.ts'
import { ALWAYS_THERE } from '../words.ts'
import { connectAmqp } from './publish.ts'
import { createSqsQueues } from './sqs.ts'
import { pyString } from './text.ts'

export function writeTopology(sheet: Sheet, scenario: Scenario, parts: readonly PartDoc[]): void {
  const amqp = parts.filter(({ kind }) => kind === 'exchange' || kind === 'queue')
  if (amqp.length > 0) connectAmqp(sheet)
  const lines = amqp.flatMap(declare)
  if (amqp.length > 0 && lines.length === 0) lines.push(line(`# ${ALWAYS_THERE}`))
  sheet.add('topology', ...lines, ...bindings(scenario, amqp))
  const sqs = parts.filter((part) => part.kind === 'sqsQueue')
  if (sqs.length > 0) createSqsQueues(sheet, scenario, sqs)
  const topics = parts.filter((part) => part.kind === 'topic')
  if (topics.length > 0) createTopics(sheet, topics)
}

function declare(part: PartDoc): Line[] {
  if (part.kind === 'exchange') {
    if (part.type === 'default') return []
    const options = `exchange_type=${pyString(part.type)}, durable=True`
    return [line(`channel.exchange_declare(exchange=${pyString(part.name)}, ${options})`)]
  }
  if (part.kind !== 'queue') return []
  const options = [`queue=${pyString(part.name)}`]
  if (part.durable) options.push('durable=True')
  const limits: string[] = []
  if (part.maxLength !== undefined) limits.push(`'x-max-length': ${part.maxLength}`)
  if (part.overflow !== undefined) limits.push(`'x-overflow': ${pyString(part.overflow)}`)
  if (limits.length > 0) options.push(`arguments={${limits.join(', ')}}`)
  const lit = { node: part.id, facts: ['enqueued', 'dropped'] }
  return [line(`channel.queue_declare(${options.join(', ')})`, lit)]
}

function bindings(scenario: Scenario, parts: readonly PartDoc[]): Line[] {
  const byId = new Map(parts.map((part) => [part.id, part]))
  return scenario.links.flatMap(({ from, to, key }) => {
    const exchange = byId.get(from)
    const queue = byId.get(to)
    if (exchange?.kind !== 'exchange' || exchange.type === 'default' || !queue) return []
    const names = `queue=${pyString(queue.name)}, exchange=${pyString(exchange.name)}`
    return [
      line(`channel.queue_bind(${names}, routing_key=${pyString(key ?? '')})`, {
        node: exchange.id,
        facts: ['routed'],
      }),
    ]
  })
}

function createTopics(sheet: Sheet, topics: readonly NodeOf<'topic'>[]): void {
  sheet.importFrom('kafka', 'KafkaAdminClient')
  sheet.importFrom('kafka.admin', 'NewTopic')
  sheet.importFrom('kafka.errors', 'TopicAlreadyExistsError')
  const lines = topics.flatMap(({ name, partitions }) => {
    const topic = `NewTopic(${pyString(name)}, num_partitions=${partitions}, replication_factor=1)`
    return [
      line('try:'),
      line(`    admin.create_topics([${topic}])`),
      line('except TopicAlreadyExistsError:'),
      line('    pass'),
    ]
  })
  const admin = line("admin = KafkaAdminClient(bootstrap_servers='localhost:9092')")
  sheet.add('topology', admin, ...lines)
}
