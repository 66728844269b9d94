/**
 * Own programs of those who publish to RabbitMQ and consume from it, in Python: they keep the run's
 * schedule, take as long over their work, and try again as it does.
 */
import { CONFIRM_TIMEOUT_MS } from '../../../clients/producer/settings.ts'
import type { NodeOf, Scenario } from '../../document.ts'
import { type Outlet, outletsOf, type Role } from '../plan.ts'
import { type Line, line, on } from '../program.ts'
import { type Retry, retryOf } from '../schedule.ts'
import type { Sheet } from '../sheet.ts'
import { connectAmqp, publishArguments, publishStatement, type Text } from './publish.ts'
import { bodyOf, durationOf, keyOf, rhythmOf, secondsOf, Turns } from './schedule.ts'
import { pyString, pyValue } from './text.ts'

const REFUSED = 'pika.exceptions.NackError'
const RETURNED = 'pika.exceptions.UnroutableError'

/** Publishes what the producer publishes, when it does. */
export function writeOwnProducer(sheet: Sheet, scenario: Scenario, role: Role<'producer'>): void {
  const producer = role.docs[0]
  const retry = retryOf(producer)
  connectAmqp(sheet)
  const setUp: Line[] = []
  if (producer.confirms) setUp.push(line('channel.confirm_delivery()'))
  else if (producer.mandatory) setUp.push(...returnsOf(sheet, retry))
  const each = new Turns(sheet, setUp)
  const body = bodyOf(each, producer)
  const key = keyOf(each, producer)
  const properties = propertiesOf(each, scenario, producer)
  const terms = `${properties}${producer.mandatory ? ', mandatory=True' : ''}`
  if (producer.confirms) writePublish(sheet, producer, retry)
  const loop = outletsOf(scenario, role).map((outlet) =>
    publishOf(sheet, role, outlet, { body, key, terms }),
  )
  const { head, pause, before } = rhythmOf(each, producer, 'connection.sleep')
  sheet.add('actions', ...setUp)
  sheet.add(
    'actions',
    ...before,
    line(head),
    ...[...pause, ...loop].map(indented),
    ...endOf(producer, retry),
  )
}

/** What a message is made of: expressions over `n`, its number. */
interface Made {
  body: Text
  key: Text | null
  terms: string
}

function publishOf(sheet: Sheet, role: Role<'producer'>, outlet: Outlet, made: Made): Line {
  const { body, key, terms } = made
  const lit = on(role.docs, 'published')
  const statement = publishStatement(sheet, outlet, body, key, lit, 'channel', terms)
  const { kind } = outlet.to
  if (!role.docs[0].confirms || (kind !== 'exchange' && kind !== 'queue')) return statement
  sheet.importFrom('functools', 'partial')
  const args = publishArguments(outlet, body, key, terms)
  return { ...statement, text: `publish(partial(channel.basic_publish, ${args}))` }
}

/** With confirms on, `basic_publish` waits for the broker's answer and raises what is not an ack. */
function writePublish(sheet: Sheet, producer: NodeOf<'producer'>, retry: Retry | null): void {
  const timeoutMs = producer.confirmTimeoutMs ?? CONFIRM_TIMEOUT_MS
  const lines = [
    line('# It waits for the confirm as long as the connection lives; the producer of the run'),
    line(`# gives up after ${secondsOf(timeoutMs)} s.`),
    line('def publish(send, attempt=1):'),
    line('    try:'),
    line('        send()'),
  ]
  if (retry) {
    const caught = [...(retry.refused ? [REFUSED] : []), ...(retry.returned ? [RETURNED] : [])]
    lines.push(
      line(`    except ${oneOf(caught)} as error:`),
      line(`        if attempt > ${retry.retries}:`),
      line('            print(f"Given up: {error!r}")'),
      line('            return'),
      line(`        pause = ${pauseOf(sheet, retry)}`),
      line('        connection.call_later(pause, lambda: publish(send, attempt + 1))'),
    )
  }
  const rest = [REFUSED, RETURNED].filter(
    (each) => !(retry?.refused && each === REFUSED) && !(retry?.returned && each === RETURNED),
  )
  if (rest.length > 0) {
    lines.push(
      line(`    except ${oneOf(rest)} as error:`),
      line('        print(f"Given up: {error!r}")'),
    )
  }
  sheet.add('definitions', ...lines)
}

function oneOf(names: readonly string[]): string {
  return names.length === 1 ? (names[0] ?? '') : `(${names.join(', ')})`
}

function pauseOf(sheet: Sheet, { backoffMs, factor, jitter }: Retry): string {
  const grown =
    factor === 1 ? secondsOf(backoffMs) : `${secondsOf(backoffMs)} * ${factor} ** (attempt - 1)`
  if (jitter === 0) return grown
  sheet.import('import random')
  return `${grown} * (1 - ${jitter} * random.random())`
}

/** Without confirms a mandatory message that no queue takes comes back by itself. */
function returnsOf(sheet: Sheet, retry: Retry | null): Line[] {
  const lines = [line('def on_return(channel, method, properties, body):')]
  lines.push(line('    print(f"Returned: {body.decode()}")'))
  if (retry) {
    sheet.import('import collections')
    sheet.add('definitions', line('attempts = collections.Counter()'))
    lines.push(
      line('    attempts[properties.message_id] += 1'),
      line('    attempt = attempts[properties.message_id]'),
      line(`    if attempt > ${retry.retries}:`),
      line('        return'),
      line(
        '    again = partial(channel.basic_publish, method.exchange, method.routing_key, body, properties, True)',
      ),
      line(`    connection.call_later(${pauseOf(sheet, retry)}, again)`),
    )
    sheet.importFrom('functools', 'partial')
  }
  sheet.add('definitions', ...lines)
  return [line('channel.add_on_return_callback(on_return)')]
}

function propertiesOf(each: Turns, scenario: Scenario, producer: NodeOf<'producer'>): string {
  const { headers = [], priorities = [], expirationMs, persistent, replyTo } = producer
  const replies = scenario.nodes.find(({ id }) => id === replyTo)
  const numbered = retryOf(producer)?.returned && !producer.confirms
  const given = [
    ...inTurn(each, 'headers', headers),
    ...inTurn(each, 'priorities', priorities).map((text) =>
      text.replace('priorities=', 'priority='),
    ),
    ...(expirationMs === undefined ? [] : [`expiration='${Math.round(expirationMs)}'`]),
    ...(persistent ? ['delivery_mode=2'] : []),
    ...(replies ? [`reply_to=${pyString(replies.name)}`, 'correlation_id=str(n)'] : []),
    ...(numbered ? ['message_id=str(n)'] : []),
  ]
  return given.length === 0 ? '' : `, properties=pika.BasicProperties(${given.join(', ')})`
}

function inTurn(each: Turns, name: string, values: readonly unknown[]): string[] {
  if (values.length === 0) return []
  return [`${name}=${values.length === 1 ? pyValue(values[0]) : each.next(name, values)}`]
}

/** Late answers are waited for. */
function endOf({ mandatory, confirms }: NodeOf<'producer'>, retry: Retry | null): Line[] {
  const waitMs = retry ? retry.longestMs + 1000 : mandatory && !confirms ? 1000 : 0
  return [
    ...(waitMs > 0 ? [line(`connection.sleep(${secondsOf(waitMs)})`)] : []),
    line('connection.close()'),
  ]
}

/** What a consumer's handler does before its effect: its work takes time, and some of it fails. */
export function ownWork(sheet: Sheet, consumer: NodeOf<'consumer'>): Line[] {
  const setUp: Line[] = []
  const each = new Turns(sheet, setUp)
  const service = durationOf(each, 'services', consumer.service)
  sheet.add('definitions', ...setUp)
  sheet.import('import time')
  const { failureRate = 0, failOn } = consumer
  const fails: string[] = []
  if (failOn !== undefined) fails.push(`${pyString(failOn)} in body.decode()`)
  if (failureRate > 0) {
    sheet.import('import random')
    fails.push(`random.random() < ${failureRate}`)
  }
  return [
    ...(service === '0' ? [] : [line(`time.sleep(${service})`)]),
    ...(fails.length === 0
      ? []
      : [line(`if ${fails.join(' or ')}:`), line('    raise RuntimeError(body.decode())')]),
  ]
}

/** What the run does to a consumer from outside, and what its program cannot do by itself. */
export function ownNotes({ crashAtMs, restartAfterMs, concurrency }: NodeOf<'consumer'>): Line[] {
  const again =
    restartAfterMs === undefined ? '' : ` and started again ${secondsOf(restartAfterMs)} s later`
  return [
    ...(concurrency > 1
      ? [
          line(
            `# It works on one at a time; in the run on ${concurrency}: start it ${concurrency} times.`,
          ),
        ]
      : []),
    ...(crashAtMs === undefined
      ? []
      : [line(`# In the run it is killed at ${secondsOf(crashAtMs)} s${again}.`)]),
    ...(crashAtMs === undefined && again !== ''
      ? [line(`# In the run, when it dies, it is${again.replace(' and', '')}.`)]
      : []),
  ]
}

function indented({ text, ...rest }: Line): Line {
  return { text: `    ${text}`, ...rest }
}
