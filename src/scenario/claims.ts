/**
 * The article's comparison as statements that can be opened: each cell in the article's words, a verdict
 * that tells the whole truth, and a run that shows it.
 */
import type { Action } from './document.ts'
import type { ExampleId } from './examples/catalog.ts'

export type Pattern = 'queue' | 'pubsub' | 'events'
export type Row = 'communication' | 'consumers' | 'ordering' | 'use' | 'for' | 'against'

/** A run stopped at the moment that shows the statement. */
export interface ClaimRun {
  exampleId: ExampleId
  script: readonly Action[]
  timeUs: number
  /** The node to look at. */
  selection: { type: 'node'; id: string }
}

export interface Claim {
  id: string
  pattern: Pattern
  row: Row
  /** What the article says. */
  cell: string
  /** What is true of it, and what the run shows. */
  verdict: string
  run: ClaimRun
}

export const PATTERNS: readonly { id: Pattern; title: string; exampleId: ExampleId }[] = [
  { id: 'queue', title: 'Message queue', exampleId: 'orders' },
  { id: 'pubsub', title: 'Pub/sub', exampleId: 'notifications' },
  { id: 'events', title: 'Event sourcing', exampleId: 'account' },
]

/** The rows of the table; each pattern has one cell in each of the first four, and three in the others. */
export const ROWS: readonly { id: Row; title: string }[] = [
  { id: 'communication', title: 'Communication' },
  { id: 'consumers', title: 'Consumers' },
  { id: 'ordering', title: 'Ordering' },
  { id: 'use', title: 'Use' },
  { id: 'for', title: 'For' },
  { id: 'against', title: 'Against' },
]

function run(
  exampleId: ExampleId,
  seconds: number,
  node: string,
  script: readonly Action[] = [],
): ClaimRun {
  const timeUs = Math.round(seconds * 1_000_000)
  return { exampleId, script, timeUs, selection: { type: 'node', id: node } }
}

function at(seconds: number): { atUs: number } {
  return { atUs: Math.round(seconds * 1_000_000) }
}

function crash(node: string, seconds: number): Action {
  return { ...at(seconds), do: 'crash', node }
}

function restart(node: string, seconds: number): Action {
  return { ...at(seconds), do: 'restart', node }
}

function command(seconds: number, type: 'Deposit' | 'Withdraw', amount: number): Action {
  const body = JSON.stringify({ type, account: 'acc1', amount })
  return { ...at(seconds), do: 'publish', node: 'teller', body }
}

/** Claims of the queue. */
const QUEUE: readonly Omit<Claim, 'pattern'>[] = [
  {
    id: 'queue-communication',
    row: 'communication',
    cell: 'point-to-point',
    verdict:
      'True. An order goes to one queue and from there to one consumer. The shop names the queue by its routing key and knows nothing of who works.',
    run: run('orders', 1.7, 'default'),
  },
  {
    id: 'queue-consumers',
    row: 'consumers',
    cell: 'single consumer per message',
    verdict:
      'True of each delivery, not of the message. Worker 1 crashed with Order125 in hand. Now worker 2 has it, marked redelivered.',
    run: run('orders-workers', 9.3, 'worker-2', [crash('worker-1', 6.5)]),
  },
  {
    id: 'queue-ordering',
    row: 'ordering',
    cell: 'FIFO (usually)',
    verdict:
      'The queue hands out in order. With two workers the work ends out of order: Order124 is done, Order123 is not.',
    run: run('orders-workers', 5.4, 'worker-2'),
  },
  {
    id: 'queue-use',
    row: 'use',
    cell: 'task processing',
    verdict:
      'True. Each order is a task. It waits in the queue until the worker takes it, and the shop does not wait.',
    run: run('orders', 3, 'worker'),
  },
  {
    id: 'queue-delivery',
    row: 'for',
    cell: 'guaranteed delivery',
    verdict:
      'Only with acknowledgements after the work. Here auto_ack is on: the broker forgot Order123 as it sent it. The worker crashed, and the order is gone.',
    run: run('orders', 9, 'worker', [crash('worker', 3), restart('worker', 5)]),
  },
  {
    id: 'queue-order-kept',
    row: 'for',
    cell: 'ordered processing',
    verdict:
      'With one consumer and no crash. Worker 1 crashed, Order125 went back to its place, and by now it is done after Order126.',
    run: run('orders-workers', 10.8, 'worker-2', [crash('worker-1', 6.5)]),
  },
  {
    id: 'queue-decouples',
    row: 'for',
    cell: 'decouples',
    verdict:
      'True. The worker has been down for ten seconds. The shop goes on publishing, and the queue keeps the orders until somebody is back.',
    run: run('orders', 14, 'orders', [crash('worker', 4.2), restart('worker', 14.5)]),
  },
  {
    id: 'queue-one-consumer',
    row: 'against',
    cell: 'only one consumer per message',
    verdict:
      'True of one queue. Two services that need the same order get a queue each: a fanout exchange puts a copy into both.',
    run: run('orders-fanout', 2.6, 'placed'),
  },
  {
    id: 'queue-scaling',
    row: 'against',
    cell: 'requires manual scaling',
    verdict:
      'True. Both workers got three times slower, and nobody adds one. The broker starts no workers: the queue grows until somebody does.',
    run: run('orders-workers', 45, 'orders', [
      { ...at(5), do: 'slow', node: 'worker-1', factor: 3 },
      { ...at(5), do: 'slow', node: 'worker-2', factor: 3 },
    ]),
  },
  {
    id: 'queue-bottleneck',
    row: 'against',
    cell: 'can become a bottleneck',
    verdict:
      'It waits where the work is slower than the arrivals, or nearly so. This server is busy 80 % of the time, and at this moment 29 wait.',
    run: run('mm1', 67_140, 'line'),
  },
]

/** Claims of pub/sub. */
const PUBSUB: readonly Omit<Claim, 'pattern'>[] = [
  {
    id: 'pubsub-communication',
    row: 'communication',
    cell: 'broadcast',
    verdict:
      'To groups, not to consumers. One record of the topic is in work in both groups at once. Within a group only one member gets it.',
    run: run('notifications', 2.2, 'notifications'),
  },
  {
    id: 'pubsub-consumers',
    row: 'consumers',
    cell: 'multiple consumers',
    verdict:
      'True. Reading takes nothing away. Analytics is down and far behind, and the e-mails do not notice: each group has offsets of its own.',
    run: run('notifications', 16, 'notifications', [crash('analytics', 3.4)]),
  },
  {
    id: 'pubsub-ordering',
    row: 'ordering',
    cell: 'depends on system',
    verdict:
      'In a partitioned log the order is that of the partition. Alice, Bob, Carol: each user is a key, each key has one partition, and there the order holds.',
    run: run('notifications', 22, 'notifications'),
  },
  {
    id: 'pubsub-use',
    row: 'use',
    cell: 'real-time notifications',
    verdict:
      'Soon, not at once. The registration was published 1.0 s ago. It travelled to the topic, answered a waiting poll, and now the e-mail is being sent.',
    run: run('notifications', 2, 'email'),
  },
  {
    id: 'pubsub-multiple',
    row: 'for',
    cell: 'multiple consumers per message',
    verdict:
      'True. Analytics is done with the first registration, the e-mail is not. Neither waits for the other.',
    run: run('notifications', 2.8, 'analytics'),
  },
  {
    id: 'pubsub-scalable',
    row: 'for',
    cell: 'highly scalable',
    verdict:
      'Up to the number of partitions. Three members share two partitions: this one has nothing to do and never will.',
    run: run('notifications-team', 12, 'email-3'),
  },
  {
    id: 'pubsub-realtime',
    row: 'for',
    cell: 'real-time broadcasting',
    verdict:
      'Each group hears of it when its own poll is answered. The line to analytics has become slow: three e-mails are out, and analytics has counted one.',
    run: run('notifications', 8.2, 'analytics', [
      { ...at(2.6), do: 'latency', link: 'poll-analytics', ms: 3000 },
    ]),
  },
  {
    id: 'pubsub-no-order',
    row: 'against',
    cell: 'no guaranteed order (unless partitioned)',
    verdict:
      'Partitioning is what breaks it: without a key records are spread, and User 4 has an e-mail before User 3. A key keeps what belongs together in one partition.',
    run: run('notifications-team', 7, 'email-1'),
  },
  {
    id: 'pubsub-setup',
    row: 'against',
    cell: 'complex setup',
    verdict:
      'Partitions, keys, groups, offsets, commits: each is a decision. While analytics was down somebody moved its offsets to the end. Four registrations were never counted, and nothing failed.',
    run: run('notifications', 16, 'analytics', [
      crash('analytics', 3.4),
      { ...at(12), do: 'seek', topic: 'notifications', group: 'analytics', to: 'end' },
      restart('analytics', 13),
    ]),
  },
  {
    id: 'pubsub-duplicates',
    row: 'against',
    cell: 'can lead to duplicate processing',
    verdict:
      'True. The consumer crashed after sending and before committing. It read the same records again: two users have their e-mail twice. Make the handler idempotent.',
    run: run('notifications', 12.1, 'email', [crash('email', 5.8), restart('email', 7)]),
  },
]

/** Claims of event sourcing. */
const EVENTS: readonly Omit<Claim, 'pattern'>[] = [
  {
    id: 'events-communication',
    row: 'communication',
    cell: 'append-only log',
    verdict:
      'True. AccountCreated, Deposited, Withdrawn: three cards, added one after the other, none ever changed. The balance stands nowhere in them; it is what they add up to.',
    run: run('account', 12, 'events'),
  },
  {
    id: 'events-consumers',
    row: 'consumers',
    cell: 'replayable events',
    verdict:
      'True, and not only after an accident. To decide Withdraw 50 the handler has just read all earlier events again and folded them.',
    run: run('account', 10.5, 'account'),
  },
  {
    id: 'events-ordering',
    row: 'ordering',
    cell: 'strictly ordered',
    verdict:
      'Within one stream. Two writers decided on version 0. The store took the first and refused the second, which expected a version that is past. It tries again.',
    run: run('account-two-writers', 8.6, 'events'),
  },
  {
    id: 'events-use',
    row: 'use',
    cell: 'state reconstruction',
    verdict:
      'True. The balance is 100 at this moment because two events are folded. Drag the slider: every moment has its balance.',
    run: run('account', 8.5, 'balance'),
  },
  {
    id: 'events-audit',
    row: 'for',
    cell: 'complete audit trail',
    verdict:
      'Of what happened, not of what was tried. Withdraw 500 was turned down: the handler knows it, the stream does not. Who must prove refusals writes an event for them.',
    run: run('account', 14, 'account', [command(12, 'Withdraw', 500)]),
  },
  {
    id: 'events-time-travel',
    row: 'for',
    cell: 'time-travel debugging',
    verdict:
      'True. You are doing it: this page keeps its own facts in the same way, and the slider folds them up to any moment.',
    run: run('account', 4.5, 'balance'),
  },
  {
    id: 'events-cqrs',
    row: 'for',
    cell: 'works well with CQRS',
    verdict:
      'True, at a price. The deposit is in the store, and the read model still says 0: what is read is a little older than what is written.',
    run: run('account', 7.3, 'balance'),
  },
  {
    id: 'events-replay',
    row: 'against',
    cell: 'replay can be slow',
    verdict:
      'True. The balance was down for thirty seconds and works off what it missed, one event after the other, while new ones come. A snapshot or a faster fold shortens it.',
    run: run('account-ledger', 60, 'balance', [crash('balance', 20), restart('balance', 50)]),
  },
  {
    id: 'events-storage',
    row: 'against',
    cell: 'storage can grow large',
    verdict:
      'True. The balance is one number. Behind it lie 170 events, and there are two more every second. None of them is ever deleted.',
    run: run('account-ledger', 86, 'events'),
  },
  {
    id: 'events-schema',
    row: 'against',
    cell: 'requires careful schema design',
    verdict:
      'What is written stays. A deposit of 100 was a mistake: it cannot be taken out, only corrected by another event. And every reader must understand both, for as long as the store lives.',
    run: run('account', 19, 'events', [command(12, 'Deposit', 100), command(15, 'Withdraw', 100)]),
  },
]

export const CLAIMS: readonly Claim[] = [
  ...QUEUE.map((claim): Claim => ({ ...claim, pattern: 'queue' })),
  ...PUBSUB.map((claim): Claim => ({ ...claim, pattern: 'pubsub' })),
  ...EVENTS.map((claim): Claim => ({ ...claim, pattern: 'events' })),
]

/** The claims of a cell of the table: one, or three where the article lists pros and cons. */
export function claimsOf(pattern: Pattern, row: Row): Claim[] {
  return CLAIMS.filter((claim) => claim.pattern === pattern && claim.row === row)
}

/** The claim of that id, if there is one. */
export function findClaim(id: string): Claim | undefined {
  return CLAIMS.find((claim) => claim.id === id)
}
