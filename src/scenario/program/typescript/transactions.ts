/** A TypeScript member that reads, works, writes and commits in one transaction: kafkajs's transactional producer. */
import type { LinkDoc, Scenario } from '../../document.ts'
import type { Outlet, Role } from '../plan.ts'
import { type Line, type Lit, line, on } from '../program.ts'
import type { Sheet } from '../sheet.ts'
import { transactionalOutlet } from '../transactions.ts'
import { connectKafka } from './publish.ts'
import { tsString } from './text.ts'

/** The member's own producer, and the link on which it writes. */
export interface Transactions {
  producer: string
  link: LinkDoc
}

/** Connects the member's own producer; null if it has no transactions. */
export function connectTransactional(
  sheet: Sheet,
  scenario: Scenario,
  role: Role<'groupConsumer'>,
): Transactions | null {
  const [member] = role.docs
  const outlet = transactionalOutlet(scenario, role)
  if (!outlet) return null
  connectKafka(sheet)
  const producer = sheet.nameOf(member, 'producer')
  const timeout = member.transactionTimeoutMs
  sheet.add(
    'connections',
    line(`const ${producer} = kafka.producer({`),
    line('  idempotent: true,'),
    line('  maxInFlightRequests: 1,'),
    line(`  transactionalId: ${tsString(member.id)},`),
    ...(timeout === undefined ? [] : [line(`  transactionTimeout: ${Math.ceil(timeout)},`)]),
    line('})'),
    line(
      `await ${producer}.connect()`,
      ...on(role.docs, 'transactionsInitialized', 'producerInitialized'),
    ),
  )
  return { producer, link: outlet.link }
}

/** What is written in the transaction, under the key that came. */
export function sendInside({ to }: Outlet, body: string, lit: readonly Lit[]): Line {
  const message = `{ key: message.key, value: ${body} }`
  return line(
    `await transaction.send({ topic: ${tsString(to.name)}, messages: [${message}] })`,
    ...lit,
    { node: to.id, facts: ['appended'] },
  )
}

/** `handling` is what is done with one message; it sends by `transaction`. */
export function transactionRun(
  role: Role<'groupConsumer'>,
  consumer: string,
  { producer }: Transactions,
  handling: readonly Line[],
): Line[] {
  const [member] = role.docs
  const deeper = (by: string) => (each: Line) => ({ ...each, text: `${by}${each.text}` })
  return [
    line(`await ${consumer}.run({`),
    line('  autoCommit: false,'),
    line(
      '  eachBatch: async ({ batch, resolveOffset, heartbeat }) => {',
      ...on(role.docs, 'polled', 'fetched', 'batchReceived'),
    ),
    line(`    const transaction = await ${producer}.transaction()`),
    line('    try {'),
    line('      for (const message of batch.messages) {', ...on(role.docs, 'received', 'started')),
    ...handling.map(deeper('        ')),
    line('        resolveOffset(message.offset)'),
    line('        await heartbeat()'),
    line('      }'),
    line('      const offset = String(BigInt(batch.lastOffset()) + 1n)'),
    line('      const partitions = [{ partition: batch.partition, offset }]'),
    line(
      '      await transaction.sendOffsets({',
      ...on(role.docs, 'committing', 'offsetsSentToTransaction', 'offsetsRefused'),
    ),
    line(`        consumerGroupId: ${tsString(member.group)},`),
    line('        topics: [{ topic: batch.topic, partitions }],'),
    line('      })'),
    line(
      '      await transaction.commit()',
      ...on(role.docs, 'transactionEnding', 'transactionOver'),
    ),
    line('    } catch (error) {'),
    line('      await transaction.abort()', ...on(role.docs, 'commitFailed')),
    line('      throw error'),
    line('    }'),
    line('  },'),
    line('})'),
  ]
}
