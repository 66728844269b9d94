/** A Python program that sends to Kafka with settings of its own: acks, retries, idempotence, transactions. */
import type { NodeOf, Scenario } from '../../document.ts'
import { outletsOf, type Role } from '../plan.ts'
import { type Line, line, on } from '../program.ts'
import type { Sheet } from '../sheet.ts'
import { firstBodies, firstKey, rhythmOf } from '../words.ts'
import { indented } from './clients.ts'
import { sleepOf } from './places.ts'
import { bytesOf } from './publish.ts'
import { bodyOf, keyOf, rhythmOf as scheduleOf, Turns } from './schedule.ts'
import { pyBytes, pyString } from './text.ts'

export function writeKafkaProducer(sheet: Sheet, scenario: Scenario, role: Role<'producer'>): void {
  const doc = role.docs[0]
  const producer = sheet.nameOf(doc, 'producer')
  sheet.importFrom('kafka', 'KafkaProducer')
  sheet.add(
    'connections',
    line(`${producer} = KafkaProducer(`),
    line("    bootstrap_servers='localhost:9092',"),
    ...options(doc).map((option) => line(`    ${option},`)),
    line(')'),
  )
  if (sheet.form === 'own') {
    writeOwn(sheet, scenario, role, producer)
    return
  }
  const rhythm = rhythmOf(doc)
  const lines: Line[] = rhythm === null ? [] : [line(`# ${rhythm}`)]
  const { transaction } = doc
  if (transaction === undefined) lines.push(...sends(producer, scenario, role))
  else {
    lines.push(
      line(`${producer}.init_transactions()`, ...on(role.docs, 'producerInitialized')),
      line(`# A transaction is ${transaction === 1 ? 'one record' : `${transaction} records`}.`),
      line(`${producer}.begin_transaction()`),
      ...sends(producer, scenario, role),
      line(
        `${producer}.commit_transaction()`,
        ...on(role.docs, 'transactionEnding', 'transactionOver'),
      ),
    )
    if (doc.abortRate)
      lines.push(line(`# In the run some end with ${producer}.abort_transaction().`))
  }
  sheet.add('actions', ...lines, line(`${producer}.flush()`, ...on(role.docs, 'batchAcknowledged')))
}

/** Sends what the producer sends, when it does, in transactions as long as the run's. */
function writeOwn(
  sheet: Sheet,
  scenario: Scenario,
  role: Role<'producer'>,
  producer: string,
): void {
  const doc = role.docs[0]
  const { transaction, abortRate = 0, firstNumber: first = 1 } = doc
  const setUp: Line[] = []
  const each = new Turns(sheet, setUp)
  const body = bodyOf(each, doc)
  const key = keyOf(each, doc)
  const sending = sendTo(producer, scenario, role, bytesOf(body), key === null ? '' : bytesOf(key))
  const { head, pause, before } = scheduleOf(each, doc, sleepOf(sheet, false))
  const begin: Line[] = []
  const end: Line[] = []
  if (transaction !== undefined) {
    setUp.push(line(`${producer}.init_transactions()`, ...on(role.docs, 'producerInitialized')))
    const done = first === 1 ? 'n' : `(n - ${first - 1})`
    begin.push(
      line(`if ${done} % ${transaction} == ${1 % transaction}:`),
      line(`    ${producer}.begin_transaction()`),
    )
    const lit = on(role.docs, 'transactionEnding', 'transactionOver')
    const commit = line(`${producer}.commit_transaction()`, ...lit)
    if (abortRate > 0) sheet.import('import random')
    const over =
      abortRate > 0
        ? [
            line(`if random.random() < ${abortRate}:`),
            line(`    ${producer}.abort_transaction()`, ...lit),
            line('else:'),
            indented(commit),
          ]
        : [commit]
    end.push(line(`if ${done} % ${transaction} == 0:`), ...over.map(indented))
  }
  const looped = [...pause, ...begin, ...sending, ...end].map(indented)
  const flushing = line(`${producer}.flush()`, ...on(role.docs, 'batchAcknowledged'))
  sheet.add('actions', ...setUp, ...before, line(head), ...looped, flushing)
}

/** A send to each of its topics. */
function sendTo(
  producer: string,
  scenario: Scenario,
  role: Role<'producer'>,
  value: string,
  key: string,
): Line[] {
  const { partition } = role.docs[0]
  const keyed = key === '' ? '' : `, key=${key}`
  const placed = partition === undefined ? '' : `, partition=${partition}`
  return outletsOf(scenario, role).map(({ to }) =>
    line(
      `${producer}.send(${pyString(to.name)}, value=${value}${keyed}${placed})`,
      ...on(role.docs, 'published', 'batchSent', 'requestTimedOut', 'batchRefused'),
      { node: to.id, facts: ['appended', 'duplicateDropped', 'writeRefused'] },
    ),
  )
}

function options(doc: NodeOf<'producer'>): string[] {
  const { acks = 'all', transaction, idempotent } = doc
  const isIdempotent = idempotent === true || transaction !== undefined
  const numbers: Record<string, number | undefined> = {
    linger_ms: doc.lingerMs,
    batch_size: doc.batchBytes,
    max_in_flight_requests_per_connection: doc.maxInFlight,
    retries: doc.retries,
    retry_backoff_ms: doc.backoffMs,
    request_timeout_ms: doc.requestTimeoutMs,
    delivery_timeout_ms: doc.deliveryTimeoutMs,
    transaction_timeout_ms: transaction === undefined ? undefined : doc.transactionTimeoutMs,
  }
  return [
    `acks=${isIdempotent || acks === 'all' ? "'all'" : acks}`,
    `enable_idempotence=${isIdempotent ? 'True' : 'False'}`,
    ...(transaction === undefined ? [] : [`transactional_id=${pyString(doc.id)}`]),
    ...Object.entries(numbers).flatMap(([name, value]) =>
      value === undefined ? [] : [`${name}=${Math.ceil(value)}`],
    ),
  ]
}

function sends(producer: string, scenario: Scenario, role: Role<'producer'>): Line[] {
  const doc = role.docs[0]
  const bodies = firstBodies(doc)
  const keys = bodies.map((_, i) => firstKey(doc, i))
  const isKeyed = keys.some((key) => key !== null)
  const send = (value: string, key: string) => sendTo(producer, scenario, role, value, key)
  const [first = ''] = bodies
  if (bodies.length === 1) {
    const key = keys[0] ?? null
    return send(pyBytes(first), key === null ? '' : pyBytes(key))
  }
  const items = bodies.map((body, i) =>
    line(
      isKeyed ? `    (${pyString(keys[i] ?? '')}, ${pyString(body)}),` : `    ${pyString(body)},`,
    ),
  )
  return [
    line(isKeyed ? 'for key, body in [' : 'for body in ['),
    ...items,
    line(']:'),
    ...send('body.encode()', isKeyed ? 'key.encode()' : '').map(indented),
  ]
}
