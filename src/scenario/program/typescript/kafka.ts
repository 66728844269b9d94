/** A TypeScript program that sends to Kafka with settings of its own: acks, retries, idempotence, transactions. */
import type { NodeOf, Scenario } from '../../document.ts'
import { outletsOf, type Role } from '../plan.ts'
import { type Line, line, on } from '../program.ts'
import type { Sheet } from '../sheet.ts'
import { firstBodies, firstKey, rhythmOf } from '../words.ts'
import { connectKafka } from './publish.ts'
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
  const placed = doc.partition === undefined ? '' : `, partition: ${doc.partition}`
  const items = bodies.map((body, i) => {
    const key = firstKey(doc, i)
    const keyed = key === null ? '' : `key: ${tsString(key)}, `
    return line(`    { ${keyed}value: ${tsString(body)}${placed} },`)
  })
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
    line('  messages: ['),
    ...items,
    line('  ],'),
    line('})'),
  ])
}

/** -1 stands for all replicas in sync. */
function acksOf({ acks = 'all', idempotent, transaction }: NodeOf<'producer'>): string {
  return idempotent === true || transaction !== undefined || acks === 'all' ? '-1' : acks
}
