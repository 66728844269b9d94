/**
 * Own programs of those who publish to RabbitMQ and consume from it, in TypeScript: they keep the run's
 * schedule, take as long over their work, and try again as it does.
 */
import { CONFIRM_TIMEOUT_MS } from '../../../clients/producer/settings.ts'
import type { NodeOf, Scenario } from '../../document.ts'
import { type Outlet, outletsOf, type Role } from '../plan.ts'
import { type Line, line, on } from '../program.ts'
import { isAmqp, type Retry, retryOf } from '../schedule.ts'
import type { Sheet } from '../sheet.ts'
import { connectAmqp, publishArguments, publishStatement } from './publish.ts'
import { bodyOf, durationOf, inTurn, keyOf, rhythmOf, sleeps } from './schedule.ts'
import { tsString, tsValue } from './text.ts'

/** Publishes what the producer publishes, when it does. */
export function writeOwnProducer(sheet: Sheet, scenario: Scenario, role: Role<'producer'>): void {
  const producer = role.docs[0]
  const retry = retryOf(producer)
  connectAmqp(sheet)
  sleeps(sheet)
  const setUp: Line[] = []
  if (producer.mandatory) setUp.push(...returnsOf(producer, retry))
  const made: Made = {
    body: bodyOf(setUp, producer),
    key: keyOf(setUp, producer),
    terms: propertiesOf(setUp, scenario, producer),
  }
  if (producer.confirms) writePublish(sheet, producer, retry)
  const loop = outletsOf(scenario, role).map((outlet) => publishOf(sheet, role, outlet, made))
  const { head, pause, before } = rhythmOf(setUp, producer)
  if (producer.confirms) setUp.push(line('const sending: Promise<void>[] = []'))
  sheet.add('actions', ...setUp)
  sheet.add(
    'actions',
    ...before,
    line(head),
    ...[...pause, ...loop].map(indented),
    line('}'),
    ...endOf(producer, retry),
  )
}

/** What a message is made of: expressions over `n`, its number. */
interface Made {
  body: string
  key: string | null
  terms: string
}

function publishOf(sheet: Sheet, role: Role<'producer'>, outlet: Outlet, made: Made): Line {
  const { body, key, terms } = made
  const statement = publishStatement(sheet, outlet, body, key, on(role.docs, 'published'), terms)
  if (!role.docs[0].confirms || !isAmqp(outlet)) return statement
  return {
    ...statement,
    text: `sending.push(publish(${publishArguments(outlet, body, key, terms === '' ? ', {}' : terms)}))`,
  }
}

/** The callback of a confirm channel hears whether the broker has the message; it is waited for so long as in the run. */
function writePublish(sheet: Sheet, producer: NodeOf<'producer'>, retry: Retry | null): void {
  sheet.import("import type { Options } from 'amqplib'")
  const timeoutMs = producer.confirmTimeoutMs ?? CONFIRM_TIMEOUT_MS
  const cameBack = "returned.delete(options.messageId ?? '')"
  const returns = retry?.returned
    ? [line(`    if (${cameBack}) throw new Error('no queue took it')`)]
    : [line(`    if (${cameBack}) console.log('Returned:', content.toString())`)]
  const again = retry
    ? [
        line(`    if (attempt > ${retry.retries}) return console.log('Given up:', error)`),
        line(`    await sleep(${pauseOf(retry)})`),
        line('    await publish(exchange, key, content, options, attempt + 1)'),
      ]
    : [line("    console.log('Given up:', error)")]
  sheet.add(
    'definitions',
    line(
      'async function publish(exchange: string, key: string, content: Buffer, options: Options.Publish, attempt = 1): Promise<void> {',
    ),
    line('  try {'),
    line('    const confirmed = new Promise<void>((resolve, reject) => {'),
    line(
      '      channel.publish(exchange, key, content, options, (error) => (error ? reject(error) : resolve()))',
    ),
    line('    })'),
    line(`    const late = sleep(${timeoutMs}, undefined, { ref: false }).then(() => {`),
    line(`      throw new Error('not confirmed in ${timeoutMs / 1000} s')`),
    line('    })'),
    line('    await Promise.race([confirmed, late])'),
    ...(producer.mandatory ? returns : []),
    line('  } catch (error) {'),
    ...again,
    line('  }'),
    line('}'),
  )
}

function pauseOf({ backoffMs, factor, jitter }: Retry): string {
  const grown = factor === 1 ? String(backoffMs) : `${backoffMs} * ${factor} ** (attempt - 1)`
  return jitter === 0 ? grown : `${grown} * (1 - ${jitter} * Math.random())`
}

/** A mandatory message that no queue takes comes back, before its confirm where there is one. */
function returnsOf(producer: NodeOf<'producer'>, retry: Retry | null): Line[] {
  if (producer.confirms) {
    return [
      line('const returned = new Set<string>()'),
      line("channel.on('return', ({ properties }) => returned.add(properties.messageId))"),
    ]
  }
  const said = line("  console.log('Returned:', message.content.toString())")
  if (!retry) return [line("channel.on('return', (message) => {"), said, line('})')]
  return [
    line('const attempts = new Map<string, number>()'),
    line("channel.on('return', async (message) => {"),
    said,
    line('  const { fields, properties, content } = message'),
    line('  const attempt = (attempts.get(properties.messageId) ?? 0) + 1'),
    line('  attempts.set(properties.messageId, attempt)'),
    line(`  if (attempt > ${retry.retries}) return`),
    line(`  await sleep(${pauseOf(retry)})`),
    line(
      '  channel.publish(fields.exchange, fields.routingKey, content, { ...properties, mandatory: true })',
    ),
    line('})'),
  ]
}

function propertiesOf(setUp: Line[], scenario: Scenario, producer: NodeOf<'producer'>): string {
  const { headers = [], priorities = [], expirationMs, persistent, replyTo, mandatory } = producer
  const { firstNumber = 1 } = producer
  const replies = scenario.nodes.find(({ id }) => id === replyTo)
  const turn = (name: string, values: readonly unknown[], wished = name) => {
    if (values.length === 0) return []
    const [only] = values
    const value = values.length === 1 ? tsValue(only) : inTurn(setUp, wished, values, firstNumber)
    return [`${name}: ${value}`]
  }
  const given = [
    ...turn('headers', headers),
    ...turn('priority', priorities, 'priorities'),
    ...(expirationMs === undefined ? [] : [`expiration: '${Math.round(expirationMs)}'`]),
    ...(persistent ? ['persistent: true'] : []),
    ...(replies ? [`replyTo: ${tsString(replies.name)}`, 'correlationId: String(n)'] : []),
    ...(mandatory ? ['mandatory: true', 'messageId: String(n)'] : []),
  ]
  return given.length === 0 ? '' : `, { ${given.join(', ')} }`
}

/** Late answers are waited for. */
function endOf({ mandatory, confirms }: NodeOf<'producer'>, retry: Retry | null): Line[] {
  const waitMs = mandatory && !confirms ? (retry?.longestMs ?? 0) + 1000 : 0
  return [
    ...(confirms ? [line('await Promise.all(sending)')] : []),
    ...(waitMs > 0 ? [line(`await sleep(${waitMs})`)] : []),
    line('await channel.close()'),
    line('await connection.close()'),
  ]
}

/** What a consumer's handler does before its effect: its work takes time, and some of it fails. */
export function ownWork(sheet: Sheet, consumer: NodeOf<'consumer'>): Line[] {
  const setUp: Line[] = []
  const takes = consumer.service.kind === 'trace' && consumer.service.ms.length > 1
  const service = durationOf(setUp, 'services', consumer.service, 'begun++')
  sheet.add('definitions', ...setUp, ...(takes ? [line('let begun = 0')] : []))
  sleeps(sheet)
  const { failureRate = 0, failOn } = consumer
  const fails = [
    ...(failOn === undefined ? [] : [`message.content.toString().includes(${tsString(failOn)})`]),
    ...(failureRate > 0 ? [`Math.random() < ${failureRate}`] : []),
  ]
  return [
    ...(service === '0' ? [] : [line(`await sleep(${service})`)]),
    ...(fails.length === 0
      ? []
      : [line(`if (${fails.join(' || ')}) throw new Error(message.content.toString())`)]),
  ]
}

/** What the run does to a consumer from outside, which its program cannot do by itself. */
export function ownNotes({ crashAtMs, restartAfterMs }: NodeOf<'consumer'>): Line[] {
  const again = restartAfterMs === undefined ? '' : `started again ${restartAfterMs / 1000} s later`
  if (crashAtMs !== undefined) {
    const then = again === '' ? '' : ` and ${again}`
    return [line(`// In the run it is killed at ${crashAtMs / 1000} s${then}.`)]
  }
  return again === '' ? [] : [line(`// In the run, when it dies, it is ${again}.`)]
}

function indented({ text, ...rest }: Line): Line {
  return { text: `  ${text}`, ...rest }
}
