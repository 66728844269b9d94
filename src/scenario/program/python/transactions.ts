/** A Python member that reads, works, writes and commits in one transaction: kafka-python's transactional producer. */
import type { LinkDoc, Scenario } from '../../document.ts'
import type { Outlet, Role } from '../plan.ts'
import { type Line, type Lit, line, on } from '../program.ts'
import type { Sheet } from '../sheet.ts'
import { transactionalOutlet } from '../transactions.ts'
import { bytesOf, type Text } from './publish.ts'
import { pyString } from './text.ts'

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
  const producer = sheet.nameOf(member, 'producer')
  sheet.importFrom('kafka', 'KafkaProducer')
  const timeout = member.transactionTimeoutMs
  sheet.add(
    'connections',
    line(`${producer} = KafkaProducer(`),
    line("    bootstrap_servers='localhost:9092',"),
    line("    acks='all',"),
    line('    enable_idempotence=True,'),
    line(`    transactional_id=${pyString(member.id)},`),
    ...(timeout === undefined ? [] : [line(`    transaction_timeout_ms=${Math.ceil(timeout)},`)]),
    line(')'),
    line(
      `${producer}.init_transactions()`,
      ...on(role.docs, 'transactionsInitialized', 'producerInitialized'),
    ),
  )
  return { producer, link: outlet.link }
}

/** What is written in the transaction, under the key that came. */
export function sendInside(
  { producer }: Transactions,
  { to }: Outlet,
  body: Text,
  lit: readonly Lit[],
): Line {
  return line(
    `${producer}.send(${pyString(to.name)}, key=message.key, value=${bytesOf(body)})`,
    ...lit,
    { node: to.id, facts: ['appended'] },
  )
}

/** `handling` is what is done with one message. */
export function transactionLoop(
  sheet: Sheet,
  role: Role<'groupConsumer'>,
  consumer: string,
  { producer }: Transactions,
  handling: readonly Line[],
): Line[] {
  const [member] = role.docs
  sheet.importFrom('kafka.structs', 'OffsetAndMetadata')
  return [
    line(
      '# A run that dies in between leaves an open transaction, which the next init_transactions() aborts.',
    ),
    line('while True:'),
    line(
      `    batch = ${consumer}.poll(timeout_ms=${Math.ceil(member.fetchMaxWaitMs)})`,
      ...on(role.docs, 'polled', 'fetched', 'batchReceived'),
    ),
    line('    if not batch:'),
    line('        continue'),
    line(`    ${producer}.begin_transaction()`),
    line('    offsets = {}'),
    line('    for partition, messages in batch.items():'),
    line('        for message in messages:', ...on(role.docs, 'received', 'started')),
    ...handling.map(({ text, ...rest }) => ({ text: `            ${text}`, ...rest })),
    line("        offsets[partition] = OffsetAndMetadata(messages[-1].offset + 1, '', -1)"),
    line(
      `    ${producer}.send_offsets_to_transaction(offsets, ${pyString(member.group)})`,
      ...on(role.docs, 'committing', 'offsetsSentToTransaction', 'offsetsRefused'),
    ),
    line(
      `    ${producer}.commit_transaction()`,
      ...on(role.docs, 'transactionEnding', 'transactionOver', 'commitFailed'),
    ),
  ]
}
