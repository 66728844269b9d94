/** How a TypeScript program publishes: to an exchange or queue with amqplib, to a topic with kafkajs, to its own command handler. */
import type { NodeDoc } from '../../document.ts'
import type { Outlet } from '../plan.ts'
import { type Line, type Lit, line } from '../program.ts'
import type { Sheet } from '../sheet.ts'
import { publishToTopic } from './cloud.ts'
import { publishToPlace } from './pubsub.ts'
import { addStatement } from './redis.ts'
import { sendStatement } from './sqs.ts'
import { capital, tsName, tsString, tsTemplate } from './text.ts'

export function connectAmqp(sheet: Sheet): void {
  sheet.once('amqp', () => {
    sheet.import("import amqp from 'amqplib'")
    const channel = sheet.confirms ? 'createConfirmChannel' : 'createChannel'
    sheet.add(
      'connections',
      line("const connection = await amqp.connect('amqp://localhost')"),
      line(`const channel = await connection.${channel}()`),
    )
  })
}

export function connectKafka(sheet: Sheet): void {
  sheet.once('kafka', () => {
    sheet.import("import { Kafka } from 'kafkajs'")
    sheet.add('connections', line("const kafka = new Kafka({ brokers: ['localhost:9092'] })"))
  })
}

/** The producer that all share who just write: connects it, and returns its name. */
function connectProducer(sheet: Sheet): string {
  connectKafka(sheet)
  const producer = sheet.nameOf({ id: 'kafka producer' }, 'producer')
  sheet.once('kafka producer', () =>
    sheet.add(
      'connections',
      line(`const ${producer} = kafka.producer()`),
      line(`await ${producer}.connect()`),
    ),
  )
  return producer
}

/** The statement that publishes on an outlet; `body` and `key` are expressions of type `string`. */
export function publishStatement(
  sheet: Sheet,
  outlet: Outlet,
  body: string,
  key: string | null,
  lit: readonly Lit[],
  terms = '',
): Line {
  const { to } = outlet
  switch (to.kind) {
    case 'queue':
      connectAmqp(sheet)
      return line(
        `channel.sendToQueue(${tsString(to.name)}, Buffer.from(${body})${terms})`,
        ...lit,
        {
          node: to.id,
          facts: ['refused'],
        },
      )
    case 'exchange': {
      connectAmqp(sheet)
      return line(`channel.publish(${publishArguments(outlet, body, key, terms)})`, ...lit, {
        node: to.id,
        facts: to.type === 'default' ? ['routed', 'unroutable'] : ['unroutable'],
      })
    }
    case 'natsServer':
    case 'redisServer': {
      const subject = outlet.key === null ? (key ?? tsString(outlet.own)) : tsString(outlet.key)
      return publishToPlace(sheet, to, subject, body, lit, terms)
    }
    case 'redisStream':
      return addStatement(sheet, to, body, lit)
    case 'sqsQueue':
      return sendStatement(sheet, to, body, key, lit)
    case 'cloudTopic':
      return publishToTopic(sheet, to, body, key, outlet, lit)
    case 'service':
      return line(`await ${handlerName(sheet, to)}(${body})`, ...lit)
    case 'topic': {
      const producer = connectProducer(sheet)
      const message = key === null ? `{ value: ${body} }` : `{ key: ${key}, value: ${body} }`
      return line(
        `await ${producer}.send({ topic: ${tsString(to.name)}, messages: [${message}] })`,
        ...lit,
        { node: to.id, facts: ['appended'] },
      )
    }
    default:
      return line(
        `${handlerName(sheet, to)}(${body === 'command' ? body : `JSON.parse(${body})`})`,
        ...lit,
      )
  }
}

/** Arguments of `channel.publish`: a queue is reached by its name through the default exchange. */
export function publishArguments(
  { to, key: fixed }: Outlet,
  body: string,
  key: string | null,
  terms: string,
): string {
  const exchange = to.kind === 'exchange' && to.type !== 'default' ? to.name : ''
  const routing = fixed === null ? (key ?? "''") : tsString(fixed)
  return `${tsString(exchange)}, ${routing}, Buffer.from(${body})${terms}`
}

/** What the program's function for a command handler or a service is called. */
export function handlerName(sheet: Sheet, handler: NodeDoc): string {
  return sheet.nameOf(handler, `handle${capital(tsName(handler.id))}`)
}

/** The expression for a template in which `{body}` stands for the message in hand. */
export function bodyTemplate(template: string, expression: string): string {
  return template === '{body}' ? expression : tsTemplate(template, /\{(body)\}/, () => expression)
}
