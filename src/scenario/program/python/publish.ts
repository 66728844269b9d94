/** How a Python program publishes: to an exchange or queue with pika, to a topic with kafka-python, to its own command handler. */
import type { NodeDoc } from '../../document.ts'
import type { Outlet } from '../plan.ts'
import { type Line, type Lit, line } from '../program.ts'
import type { Sheet } from '../sheet.ts'
import { publishToTopic } from './cloud.ts'
import { publishToPlace } from './pubsub.ts'
import { addStatement } from './redis.ts'
import { sendStatement } from './sqs.ts'
import { pyBytes, pyName, pyString, pyTemplate } from './text.ts'

/** What is published: a known text, or a Python expression of type `str`. */
export type Text = { literal: string } | { expression: string }

export function connectAmqp(sheet: Sheet): void {
  sheet.once('amqp', () => {
    sheet.import('import pika')
    sheet.add(
      'connections',
      line("connection = pika.BlockingConnection(pika.ConnectionParameters('localhost'))"),
      line('channel = connection.channel()'),
    )
  })
}

/** Connects the KafkaProducer that all share who just write, and returns its name. */
function connectProducer(sheet: Sheet): string {
  const producer = sheet.nameOf({ id: 'kafka producer' }, 'producer')
  sheet.once('kafka producer', () => {
    sheet.importFrom('kafka', 'KafkaProducer')
    sheet.add(
      'connections',
      line(`${producer} = KafkaProducer(bootstrap_servers='localhost:9092')`),
    )
  })
  return producer
}

/** The statement that publishes `body` on an outlet. `channel` is what the place calls its channel. */
export function publishStatement(
  sheet: Sheet,
  outlet: Outlet,
  body: Text,
  key: Text | null,
  lit: readonly Lit[],
  channel = 'channel',
  terms = '',
): Line {
  const { to } = outlet
  switch (to.kind) {
    case 'exchange':
    case 'queue': {
      connectAmqp(sheet)
      return line(
        `${channel}.basic_publish(${publishArguments(outlet, body, key, terms)})`,
        ...lit,
        ...fateOf(to),
      )
    }
    case 'natsServer':
    case 'redisServer': {
      const subject =
        outlet.key === null ? (key ?? { literal: outlet.own }) : { literal: outlet.key }
      return publishToPlace(sheet, to, subject, body, lit, terms)
    }
    case 'redisStream':
      return addStatement(sheet, to, body, lit)
    case 'sqsQueue':
      return sendStatement(sheet, to, body, key, lit)
    case 'cloudTopic':
      return publishToTopic(sheet, to, body, key, outlet, lit)
    case 'service':
      return line(`${handlerName(sheet, to)}(${strOf(body)})`, ...lit)
    case 'topic': {
      const producer = connectProducer(sheet)
      const keyed = key === null ? '' : `, key=${bytesOf(key)}`
      return line(
        `${producer}.send(${pyString(to.name)}, value=${bytesOf(body)}${keyed})`,
        ...lit,
        {
          node: to.id,
          facts: ['appended'],
        },
      )
    }
    default:
      return line(`${handlerName(sheet, to)}(${commandFrom(sheet, body)})`, ...lit)
  }
}

/** Arguments of `basic_publish`. */
export function publishArguments(
  { to, key: fixed }: Outlet,
  body: Text,
  key: Text | null,
  terms: string,
): string {
  const exchange = to.kind === 'exchange' && to.type !== 'default' ? to.name : ''
  const routing = fixed === null ? (key ?? { literal: '' }) : { literal: fixed }
  return `exchange=${pyString(exchange)}, routing_key=${strOf(routing)}, body=${strOf(body)}${terms}`
}

/** What the program's function for a command handler or a service is called. */
export function handlerName(sheet: Sheet, handler: NodeDoc): string {
  return sheet.nameOf(handler, `handle_${pyName(handler.id)}`)
}

/** What a broker does with a message as it takes it in. */
function fateOf(to: NodeDoc): Lit[] {
  if (to.kind === 'queue') return [{ node: to.id, facts: ['refused'] }]
  const isDefault = to.kind === 'exchange' && to.type === 'default'
  return [{ node: to.id, facts: isDefault ? ['routed', 'unroutable'] : ['unroutable'] }]
}

/** The expression for a template in which `{body}` stands for the message in hand. */
export function bodyTemplate(template: string, expression: string): Text {
  if (template === '{body}') return { expression }
  return template.includes('{body}')
    ? { expression: pyTemplate(template, /\{(body)\}/, () => expression) }
    : { literal: template }
}

export function strOf(text: Text): string {
  return 'literal' in text ? pyString(text.literal) : text.expression
}

export function bytesOf(text: Text): string {
  return 'literal' in text ? pyBytes(text.literal) : `${text.expression}.encode()`
}

function commandFrom(sheet: Sheet, body: Text): string {
  if ('expression' in body && body.expression === 'command') return 'command'
  sheet.import('import json')
  return `json.loads(${strOf(body)})`
}
