/** A Python program that sends to Kafka with settings of its own: acks, retries, idempotence, transactions. */
import type { NodeOf, Scenario } from '../../document.ts'
import { outletsOf, type Role } from '../plan.ts'
import { type Line, line, on } from '../program.ts'
import type { Sheet } from '../sheet.ts'
import { firstBodies, firstKey, rhythmOf } from '../words.ts'
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
  const placed = doc.partition === undefined ? '' : `, partition=${doc.partition}`
  const send = (value: string, key: string, indent: string) =>
    outletsOf(scenario, role).map(({ to }) =>
      line(
        `${indent}${producer}.send(${pyString(to.name)}, value=${value}${key}${placed})`,
        ...on(role.docs, 'published', 'batchSent', 'requestTimedOut', 'batchRefused'),
        { node: to.id, facts: ['appended', 'duplicateDropped', 'writeRefused'] },
      ),
    )
  const [first = ''] = bodies
  if (bodies.length === 1) {
    const key = keys[0] ?? null
    return send(pyBytes(first), key === null ? '' : `, key=${pyBytes(key)}`, '')
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
    ...send('body.encode()', isKeyed ? ', key=key.encode()' : '', '    '),
  ]
}
