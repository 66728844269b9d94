/** What is true of each statement of the article's comparison, and a run that shows it. */
import { type Claim, findClaim } from './claims.ts'
import type { Action } from './document.ts'
import type { ExampleId } from './examples/catalog.ts'

/** A run stopped at the moment that shows the statement. */
export interface ClaimRun {
  exampleId: ExampleId
  script: readonly Action[]
  timeUs: number
  /** The node to look at. */
  selection: { type: 'node'; id: string }
}

export interface Verdict {
  /** What is true of the statement, and what the run shows. */
  verdict: string
  run: ClaimRun
}

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

const VERDICTS: { readonly [claim: string]: Verdict } = {
  'queue-communication': {
    verdict:
      'True. An order goes to one queue and from there to one consumer. The shop names the queue by its routing key and knows nothing of who works.',
    run: run('orders', 1.7, 'default'),
  },
  'queue-consumers': {
    verdict:
      'True of each delivery, not of the message. Worker 1 crashed with Order125 in hand. Now worker 2 has it, marked redelivered.',
    run: run('orders-workers', 9.3, 'worker-2', [crash('worker-1', 6.5)]),
  },
  'queue-ordering': {
    verdict:
      'The queue hands out in order. With two workers the work ends out of order: Order124 is done, Order123 is not.',
    run: run('orders-workers', 5.4, 'worker-2'),
  },
  'queue-use': {
    verdict:
      'True. Each order is a task. It waits in the queue until the worker takes it, and the shop does not wait.',
    run: run('orders', 3, 'worker'),
  },
  'queue-delivery': {
    verdict:
      'Only with acknowledgements after the work. Here auto_ack is on: the broker forgot Order123 as it sent it. The worker crashed, and the order is gone.',
    run: run('orders', 9, 'worker', [crash('worker', 3), restart('worker', 5)]),
  },
  'queue-order-kept': {
    verdict:
      'With one consumer and no crash. Worker 1 crashed, Order125 went back to its place, and by now it is done after Order126.',
    run: run('orders-workers', 10.8, 'worker-2', [crash('worker-1', 6.5)]),
  },
  'queue-decouples': {
    verdict:
      'True. The worker has been down for ten seconds. The shop goes on publishing, and the queue keeps the orders until somebody is back.',
    run: run('orders', 14, 'orders', [crash('worker', 4.2), restart('worker', 14.5)]),
  },
  'queue-one-consumer': {
    verdict:
      'True of one queue. Two services that need the same order get a queue each: a fanout exchange puts a copy into both.',
    run: run('orders-fanout', 2.6, 'placed'),
  },
  'queue-scaling': {
    verdict:
      'True. Both workers got three times slower, and nobody adds one. The broker starts no workers: the queue grows until somebody does.',
    run: run('orders-workers', 45, 'orders', [
      { ...at(5), do: 'slow', node: 'worker-1', factor: 3 },
      { ...at(5), do: 'slow', node: 'worker-2', factor: 3 },
    ]),
  },
  'queue-bottleneck': {
    verdict:
      'It waits where the work is slower than the arrivals, or nearly so. This server is busy 80 % of the time, and at this moment 29 wait.',
    run: run('mm1', 67_140, 'line'),
  },
  'pubsub-communication': {
    verdict:
      'To groups, not to consumers. One record of the topic is in work in both groups at once. Within a group only one member gets it.',
    run: run('notifications', 2.2, 'notifications'),
  },
  'pubsub-consumers': {
    verdict:
      'True. Reading takes nothing away. Analytics is down and far behind, and the e-mails do not notice: each group has offsets of its own.',
    run: run('notifications', 16, 'notifications', [crash('analytics', 3.4)]),
  },
  'pubsub-ordering': {
    verdict:
      'In a partitioned log the order is that of the partition. Alice, Bob, Carol: each user is a key, each key has one partition, and there the order holds.',
    run: run('notifications', 22, 'notifications'),
  },
  'pubsub-use': {
    verdict:
      'Soon, not at once. The registration was published 1.0 s ago. It travelled to the topic, answered a waiting poll, and now the e-mail is being sent.',
    run: run('notifications', 2, 'email'),
  },
  'pubsub-multiple': {
    verdict:
      'True. Analytics is done with the first registration, the e-mail is not. Neither waits for the other.',
    run: run('notifications', 2.8, 'analytics'),
  },
  'pubsub-scalable': {
    verdict:
      'Up to the number of partitions. Three members share two partitions: this one has nothing to do and never will.',
    run: run('notifications-team', 12, 'email-3'),
  },
  'pubsub-realtime': {
    verdict:
      'Each group hears of it when its own poll is answered. The line to analytics has become slow: three e-mails are out, and analytics has counted one.',
    run: run('notifications', 8.2, 'analytics', [
      { ...at(2.6), do: 'latency', link: 'poll-analytics', ms: 3000 },
    ]),
  },
  'pubsub-no-order': {
    verdict:
      'Partitioning is what breaks it: without a key records are spread, and User 4 has an e-mail before User 3. A key keeps what belongs together in one partition.',
    run: run('notifications-team', 7, 'email-1'),
  },
  'pubsub-setup': {
    verdict:
      'Partitions, keys, groups, offsets, commits: each is a decision. While analytics was down somebody moved its offsets to the end. Four registrations were never counted, and nothing failed.',
    run: run('notifications', 16, 'analytics', [
      crash('analytics', 3.4),
      { ...at(12), do: 'seek', topic: 'notifications', group: 'analytics', to: 'end' },
      restart('analytics', 13),
    ]),
  },
  'pubsub-duplicates': {
    verdict:
      'True. The consumer crashed after sending and before committing. It read the same records again: two users have their e-mail twice. Make the handler idempotent.',
    run: run('notifications', 12.1, 'email', [crash('email', 5.8), restart('email', 7)]),
  },
  'events-communication': {
    verdict:
      'True. AccountCreated, Deposited, Withdrawn: three cards, added one after the other, none ever changed. The balance stands nowhere in them; it is what they add up to.',
    run: run('account', 12, 'events'),
  },
  'events-consumers': {
    verdict:
      'True, and not only after an accident. To decide Withdraw 50 the handler has just read all earlier events again and folded them.',
    run: run('account', 10.5, 'account'),
  },
  'events-ordering': {
    verdict:
      'Within one stream. Two writers decided on version 0. The store took the first and refused the second, which expected a version that is past. It tries again.',
    run: run('account-two-writers', 8.6, 'events'),
  },
  'events-use': {
    verdict:
      'True. The balance is 100 at this moment because two events are folded. Drag the slider: every moment has its balance.',
    run: run('account', 8.5, 'balance'),
  },
  'events-audit': {
    verdict:
      'Of what happened, not of what was tried. Withdraw 500 was turned down: the handler knows it, the stream does not. Who must prove refusals writes an event for them.',
    run: run('account', 14, 'account', [command(12, 'Withdraw', 500)]),
  },
  'events-time-travel': {
    verdict:
      'True. You are doing it: this page keeps its own facts in the same way, and the slider folds them up to any moment.',
    run: run('account', 4.5, 'balance'),
  },
  'events-cqrs': {
    verdict:
      'True, at a price. The deposit is in the store, and the read model still says 0: what is read is a little older than what is written.',
    run: run('account', 7.3, 'balance'),
  },
  'events-replay': {
    verdict:
      'True. The balance was down for thirty seconds and works off what it missed, one event after the other, while new ones come. A snapshot or a faster fold shortens it.',
    run: run('account-ledger', 60, 'balance', [crash('balance', 20), restart('balance', 50)]),
  },
  'events-storage': {
    verdict:
      'True. The balance is one number. Behind it lie 170 events, and there are two more every second. None of them is ever deleted.',
    run: run('account-ledger', 86, 'events'),
  },
  'events-schema': {
    verdict:
      'What is written stays. A deposit of 100 was a mistake: it cannot be taken out, only corrected by another event. And every reader must understand both, for as long as the store lives.',
    run: run('account', 19, 'events', [command(12, 'Deposit', 100), command(15, 'Withdraw', 100)]),
  },
}

/** The statement of that id with its verdict, if there is one. */
export function findVerdict(id: string): (Claim & Verdict) | undefined {
  const claim = findClaim(id)
  const verdict = VERDICTS[id]
  return claim && verdict && { ...claim, ...verdict }
}
