/** A TypeScript program that sends to Kafka with settings of its own: acks, retries, idempotence, transactions. */
import type { NodeOf, Scenario } from '../../document.ts'
import { outletsOf, type Role } from '../plan.ts'
import { type Line, line, on } from '../program.ts'
import type { Sheet } from '../sheet.ts'
import { firstBodies, firstKey, rhythmOf } from '../words.ts'
import { indented } from './clients.ts'
import { connectKafka } from './publish.ts'
import { bodyOf, keyOf, rhythmOf as scheduleOf, sleeps } from './schedule.ts'
import { tsString } from './text.ts'

export function writeKafkaProducer(sheet: Sheet, scenario: Scenario, role: Role<'producer'>): void {
  const doc = role.docs[0]
  const { transaction } = doc
  connectKafka(sheet)
  const producer = sheet.nameOf(doc, 'producer')
  sheet.add(
    'connections',
    line(`const ${producer} = kafka.producer({`),
    ...options(doc).map((option) => line(`  ${option},`)),
    line('})'),
    line(`await ${producer}.connect()`, ...on(role.docs, 'producerInitialized')),
  )
  if (sheet.form === 'own') {
    writeOwn(sheet, scenario, role, producer)
    return
  }
  const rhythm = rhythmOf(doc)
  const lines: Line[] = rhythm === null ? [] : [line(`// ${rhythm}`)]
  if ((doc.lingerMs ?? 0) > 0 || doc.batchBytes !== undefined) {
    lines.push(
      line(
        '// kafkajs has no linger.ms and no batch.size: what send() is given at once is one batch.',
      ),
    )
  }
  if (transaction === undefined) lines.push(...sends(producer, scenario, role))
  else {
    const name = sheet.name('transaction')
    lines.push(
      line(`// A transaction is ${transaction === 1 ? 'one record' : `${transaction} records`}.`),
      line(`const ${name} = await ${producer}.transaction()`),
      ...sends(name, scenario, role),
      line(`await ${name}.commit()`, ...on(role.docs, 'transactionEnding', 'transactionOver')),
    )
    if (doc.abortRate) lines.push(line(`// In the run some end with ${name}.abort().`))
  }
  sheet.add('actions', ...lines)
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
  const value = bodyOf(setUp, doc)
  const key = keyOf(setUp, doc)
  const { head, pause, before } = scheduleOf(setUp, doc)
  sleeps(sheet)
  const message = messageText(doc, value, key)
  let sender = producer
  const begin: Line[] = []
  const end: Line[] = []
  if (transaction !== undefined) {
    sender = sheet.name('transaction')
    const done = first === 1 ? 'n' : `(n - ${first - 1})`
    before.push(line(`let ${sender} = await ${producer}.transaction()`))
    begin.push(line(`if (!${sender}.isActive()) ${sender} = await ${producer}.transaction()`))
    const lit = on(role.docs, 'transactionEnding', 'transactionOver')
    const isAborted =
      abortRate > 0 ? `if (Math.random() < ${abortRate}) await ${sender}.abort()` : ''
    end.push(
      line(`if (${done} % ${transaction} === 0) {`),
      ...(isAborted === '' ? [] : [line(`  ${isAborted}`, ...lit)]),
      line(`  ${isAborted === '' ? '' : 'else '}await ${sender}.commit()`, ...lit),
      line('}'),
    )
  }
  const sending = sendTo(sender, scenario, role, [`{ ${message} }`], true)
  const looped = [...pause, ...begin, ...sending, ...end].map(indented)
  sheet.add('actions', ...setUp, ...before, line(head), ...looped, line('}'))
  sheet.add('end', line(`await ${producer}.disconnect()`))
}

function messageText({ partition }: NodeOf<'producer'>, value: string, key: string | null): string {
  const keyed = key === null ? '' : `key: ${key}, `
  return `${keyed}value: ${value}${partition === undefined ? '' : `, partition: ${partition}`}`
}

function options(doc: NodeOf<'producer'>): string[] {
  const { transaction, idempotent, backoffMs, retries } = doc
  const retry = [
    ...(backoffMs === undefined ? [] : [`initialRetryTime: ${Math.ceil(backoffMs)}`]),
    ...(retries === undefined ? [] : [`retries: ${retries}`]),
  ]
  return [
    `idempotent: ${idempotent === true || transaction !== undefined}`,
    ...(transaction === undefined ? [] : [`transactionalId: ${tsString(doc.id)}`]),
    ...(transaction === undefined || doc.transactionTimeoutMs === undefined
      ? []
      : [`transactionTimeout: ${Math.ceil(doc.transactionTimeoutMs)}`]),
    ...(doc.maxInFlight === undefined ? [] : [`maxInFlightRequests: ${doc.maxInFlight}`]),
    ...(retry.length === 0 ? [] : [`retry: { ${retry.join(', ')} }`]),
  ]
}

function sends(sender: string, scenario: Scenario, role: Role<'producer'>): Line[] {
  const doc = role.docs[0]
  const bodies = firstBodies(doc)
  const items = bodies.map((body, i) => {
    const key = firstKey(doc, i)
    return `{ ${messageText(doc, tsString(body), key === null ? null : tsString(key))} }`
  })
  return sendTo(sender, scenario, role, items, false)
}

/** A send of these messages to each of its topics. */
function sendTo(
  sender: string,
  scenario: Scenario,
  role: Role<'producer'>,
  messages: readonly string[],
  isShort: boolean,
): Line[] {
  const doc = role.docs[0]
  const timeout =
    doc.requestTimeoutMs === undefined
      ? []
      : [line(`  timeout: ${Math.ceil(doc.requestTimeoutMs)},`)]
  return outletsOf(scenario, role).flatMap(({ to }) => [
    line(
      `await ${sender}.send({`,
      ...on(role.docs, 'published', 'batchSent', 'requestTimedOut', 'batchRefused'),
      { node: to.id, facts: ['appended', 'duplicateDropped', 'writeRefused'] },
    ),
    line(`  topic: ${tsString(to.name)},`),
    line(`  acks: ${acksOf(doc)},`),
    ...timeout,
    ...(isShort
      ? [line(`  messages: [${messages.join(', ')}],`)]
      : [line('  messages: ['), ...messages.map((each) => line(`    ${each},`)), line('  ],')]),
    line('})'),
  ])
}

/** -1 stands for all replicas in sync. */
function acksOf({ acks = 'all', idempotent, transaction }: NodeOf<'producer'>): string {
  return idempotent === true || transaction !== undefined || acks === 'all' ? '-1' : acks
}
