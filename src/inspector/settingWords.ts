/** The choices that settings offer: what each is called and what it means, in one sentence. */

import type { Reads, Writes } from '../clients/commandHandler/schema.ts'
import type { CommandHandlerSettings } from '../clients/commandHandler/settings.ts'
import type { ConsumerSettings } from '../clients/consumer/settings.ts'
import type { GroupConsumerSettings } from '../clients/groupConsumer/settings.ts'
import type { PollingConsumerSettings } from '../clients/pollingConsumer/settings.ts'
import type { ProcessManagerSettings, ProcessName } from '../clients/processManager/settings.ts'
import type { ProducerSettings } from '../clients/producer/settings.ts'
import type { ProjectionSettings } from '../clients/projection/settings.ts'
import type { ServiceSettings } from '../clients/service/settings.ts'
import type { ExchangeDoc, TopicDoc } from '../scenario/document.ts'
import type { SelectOption } from '../ui/Select.tsx'

export type Words<T extends string> = Record<T, { name: string; meaning: string }>

export const ACKS_WORDS: Words<NonNullable<ProducerSettings['acks']>> = {
  '0': {
    name: '0: waits for nothing',
    meaning: 'What the broker does not get, or refuses, is lost without a word.',
  },
  '1': {
    name: '1: the leader has it',
    meaning: 'If the leader dies before the others have it, an acknowledged record is lost.',
  },
  all: {
    name: 'all in sync have it',
    meaning: 'An acknowledged record is safe as long as one of the replicas in sync lives.',
  },
}

export const CLEANUP_WORDS: Words<NonNullable<TopicDoc['cleanup']>> = {
  delete: {
    name: 'delete',
    meaning: 'Old segments go, whoever has read them.',
  },
  compact: {
    name: 'compact',
    meaning: 'Of each key the latest record stays; an empty one takes its key away.',
  },
  'compact,delete': {
    name: 'compact and delete',
    meaning: 'Compacted, and old segments go all the same.',
  },
}

export const ACK_WORDS: Words<ConsumerSettings['ack']> = {
  auto: {
    name: 'automatically',
    meaning: 'The queue counts a message as acknowledged as it is sent: at most once.',
  },
  manual: {
    name: 'after the work',
    meaning: 'A crash before the acknowledgement means redelivery: at least once.',
  },
  early: {
    name: 'before the work',
    meaning: 'A crash during the work loses the message: at most once.',
  },
}

const DELETE_WORDS: Words<PollingConsumerSettings['deleteWhen']> = {
  after: {
    name: 'after the work',
    meaning:
      'A crash before the deletion, or slow work, means that it is received again: at least once.',
  },
  before: {
    name: 'before the work',
    meaning: 'A crash during the work loses the message: at most once.',
  },
}

/** The same at a subscription, which has no word for deleting. */
const ACKNOWLEDGE_WORDS: typeof DELETE_WORDS = {
  after: {
    name: 'after the work',
    meaning:
      'A crash before the acknowledgement, or slow work, means that it is sent again: at least once.',
  },
  before: DELETE_WORDS.before,
}

/** What a polling consumer does, in the words of what it gets its messages from. */
export const POLLED_WORDS = {
  received: {
    settle: 'Delete',
    when: DELETE_WORDS,
    most: 'Messages of one receive',
    wait: 'A receive waits',
    extend: 'Hide longer while it works',
    leave: 'leave it hidden',
    release: 'make it visible',
  },
  pulled: {
    settle: 'Acknowledge',
    when: ACKNOWLEDGE_WORDS,
    most: 'Messages of one pull',
    wait: 'A pull waits',
    extend: 'Extend the deadline while it works',
    leave: 'let the deadline pass',
    release: 'nack it',
  },
  pushed: {
    settle: 'Acknowledge',
    when: ACKNOWLEDGE_WORDS,
    most: null,
    wait: null,
    extend: null,
    leave: 'let the deadline pass',
    release: 'nack it',
  },
} as const

export const COMMIT_WORDS: Words<GroupConsumerSettings['commit']> = {
  before: {
    name: 'before the work',
    meaning: 'A crash during the work skips the batch: at most once.',
  },
  after: {
    name: 'after each batch',
    meaning: 'A crash before the commit reads the batch again: at least once.',
  },
  auto: {
    name: 'in the background',
    meaning: 'Offsets are committed at intervals; a crash in between reads records again.',
  },
  transaction: {
    name: 'in a transaction with its output',
    meaning:
      'What it writes to the topic that it is linked to and its offsets count together, or not at all: exactly once inside the log.',
  },
}

export const ASSIGNOR_WORDS: Words<NonNullable<GroupConsumerSettings['assignor']>> = {
  range: {
    name: 'range',
    meaning:
      'Each member gets neighbouring partitions. A rebalance takes everything from everyone.',
  },
  roundrobin: {
    name: 'round-robin',
    meaning: 'Partitions are dealt like cards. A rebalance takes everything from everyone.',
  },
  sticky: {
    name: 'sticky',
    meaning: 'Members get back what they had, where that is fair. All give up everything first.',
  },
  'cooperative-sticky': {
    name: 'cooperative-sticky',
    meaning: 'Members read on during a rebalance and give up only what goes to someone else.',
  },
}

export const PROTOCOL_WORDS: Words<NonNullable<GroupConsumerSettings['protocol']>> = {
  classic: {
    name: 'classic',
    meaning: 'All members join again and wait for each other.',
  },
  consumer: {
    name: 'consumer (server-side)',
    meaning: 'The broker tells each member by its heartbeats; nobody waits for the others.',
  },
  share: {
    name: 'share group',
    meaning:
      'The topic is a queue: each record goes to any member, and is answered by itself. It can come back.',
  },
}

export const SHARE_FAILURE_WORDS: Words<NonNullable<GroupConsumerSettings['onFailure']>> = {
  skip: { name: 'reject it', meaning: 'The group gives the record up.' },
  retry: { name: 'release it', meaning: 'Somebody gets it again, up to the delivery limit.' },
}

export const ISOLATION_WORDS: Words<NonNullable<GroupConsumerSettings['isolation']>> = {
  read_uncommitted: {
    name: 'read_uncommitted',
    meaning: 'It gets records of transactions that are still open or were aborted.',
  },
  read_committed: {
    name: 'read_committed',
    meaning: 'It waits at the first open transaction and never gets records of aborted ones.',
  },
}

export const RESET_WORDS: Words<GroupConsumerSettings['offsetReset']> = {
  earliest: {
    name: 'earliest',
    meaning: 'A group without a committed offset reads all that is there.',
  },
  latest: {
    name: 'latest',
    meaning: 'A group without a committed offset reads only what comes from now on.',
  },
  none: {
    name: 'none',
    meaning: 'Without a committed offset its poll throws, and the process ends.',
  },
}

export const EXCHANGE_WORDS: Words<ExchangeDoc['type']> = {
  default: {
    name: 'default',
    meaning: 'The nameless exchange: the routing key is the name of the queue.',
  },
  direct: { name: 'direct', meaning: 'To each queue whose binding key equals the routing key.' },
  fanout: { name: 'fanout', meaning: 'To every bound queue, whatever the routing key.' },
  topic: {
    name: 'topic',
    meaning:
      'To each queue whose pattern matches the routing key: * is one word, # any number of words.',
  },
  headers: {
    name: 'headers',
    meaning:
      'To each queue whose headers the message has, all or any of them. The key is not looked at.',
  },
  'x-consistent-hash': {
    name: 'consistent hash',
    meaning:
      'To one queue: the same routing key always to the same one. The binding key is its weight.',
  },
}

export const VIEW_WORDS: Words<ProjectionSettings['view']> = {
  balance: { name: 'balance', meaning: 'One row an account, with its balance.' },
  statement: { name: 'statement', meaning: 'One row an event, with the balance after it.' },
  counts: { name: 'counts', meaning: 'One row a type of event, with how often it happened.' },
  months: {
    name: 'monthly totals',
    meaning: 'What came in and went out in each month; a month is ten seconds here.',
  },
  fraud: { name: 'fraud watch', meaning: 'Three withdrawals within five seconds are an alarm.' },
  owners: { name: 'owners', meaning: 'Whose account it is: personal data.' },
  orders: { name: 'orders', meaning: 'How far each order is, its money and its goods.' },
  stock: { name: 'stock', meaning: 'What is available of each item, and what is reserved.' },
  seats: { name: 'seats', meaning: 'Who has which seat.' },
}

export const CHECKPOINT_WORDS: Words<NonNullable<ProjectionSettings['checkpoint']>> = {
  with: {
    name: 'with the rows',
    meaning: 'One transaction: a crash neither loses an event nor counts one twice.',
  },
  before: { name: 'before the rows', meaning: 'A crash in between leaves the event out for good.' },
  after: { name: 'after the rows', meaning: 'A crash in between counts the event twice.' },
}

export const MODE_WORDS: Words<NonNullable<ProjectionSettings['mode']>> = {
  async: {
    name: 'by itself, later',
    meaning: 'The append does not wait; the rows are a little old.',
  },
  inline: {
    name: 'with the append',
    meaning: 'The rows are never old, and each append takes longer.',
  },
}

export const ANSWER_WORDS: Words<NonNullable<ProjectionSettings['answers']>> = {
  now: { name: 'at once', meaning: 'With the rows that there are, even if they are old.' },
  whenThere: {
    name: 'when it is there',
    meaning: 'It waits until it has come to the version that the reader has written.',
  },
}

export const READS_WORDS: Words<Reads> = {
  old: { name: 'code of version 1', meaning: 'It ignores the currency and adds dollars to euros.' },
  strict: {
    name: 'strict code of version 2',
    meaning: 'Every event must say its currency; one that does not cannot be read.',
  },
  tolerant: { name: 'tolerant reader', meaning: 'What says no currency is in euros.' },
  upcaster: {
    name: 'upcaster',
    meaning: 'Events of version 1 are turned into version 2 before they are folded.',
  },
}

export const WRITES_WORDS: Words<Writes> = {
  v1: { name: 'version 1', meaning: 'An amount without a currency.' },
  v2: { name: 'version 2', meaning: 'The same type of event with a currency.' },
  newType: { name: 'a new type of event', meaning: 'Old readers do not know it and leave it out.' },
}

export const EXPECTS_WORDS: Words<NonNullable<CommandHandlerSettings['expects']>> = {
  version: {
    name: 'the version it has read',
    meaning: 'Of two writers one is refused and decides again.',
  },
  any: {
    name: 'any version',
    meaning: 'Nobody is refused: a decision may rest on an old balance.',
  },
}

export const DOMAIN_WORDS: Words<CommandHandlerSettings['domain']> = {
  account: { name: 'account', meaning: 'CreateAccount, Deposit, Withdraw.' },
  payments: {
    name: 'account that pays orders',
    meaning: 'The same with Pay, Refund, Freeze and Unfreeze.',
  },
  order: {
    name: 'cart and order',
    meaning: 'AddItem, RemoveItem, PlaceOrder, ConfirmOrder, CancelOrder.',
  },
  inventory: { name: 'inventory', meaning: 'ReceiveStock, ReserveStock, ReleaseStock, ShipStock.' },
  seats: { name: 'seats', meaning: 'OpenShow, BookSeat, CancelSeat.' },
}

export const PROCESS_WORDS: Words<ProcessName> = {
  mailer: { name: 'mailer', meaning: 'A mail for each event: a reactor, which remembers nothing.' },
  orderSaga: {
    name: 'order saga',
    meaning: 'Sends every command of an order, and gives back what was taken if it fails.',
  },
  stockPolicy: {
    name: 'stock policy',
    meaning: 'Reserves when an order is placed, releases when it fails.',
  },
  paymentPolicy: {
    name: 'payment policy',
    meaning: 'Takes the money when stock is reserved, gives it back when shipping fails.',
  },
  shippingPolicy: { name: 'shipping policy', meaning: 'Ships what is paid.' },
  orderPolicy: {
    name: 'order policy',
    meaning: 'Confirms what is shipped, cancels what was given back.',
  },
}

export const TWO_WRITES_WORDS: Words<ServiceSettings['writes']> = {
  databaseFirst: {
    name: 'database, then broker',
    meaning: 'A crash in between: a row that nobody is told of.',
  },
  brokerFirst: {
    name: 'broker, then database',
    meaning: 'A crash in between: others are told of a row that is not there.',
  },
  outbox: {
    name: 'outbox',
    meaning: 'Row and message in one transaction; a relay publishes, at least once.',
  },
  cdc: {
    name: 'change data capture',
    meaning: 'A relay reads the database’s own log and publishes, at least once.',
  },
}

export const ON_FAIL_WORDS: Words<NonNullable<ProcessManagerSettings['onFail']>> = {
  retry: { name: 'tried again', meaning: 'By any member, and parked once it was tried too often.' },
  park: { name: 'parked', meaning: 'Nobody gets it until parked events are replayed.' },
  skip: { name: 'skipped', meaning: 'Nobody gets it ever again.' },
}

export const CLAIMS_WORDS: Words<NonNullable<ServiceSettings['claims']>> = {
  none: {
    name: 'without a claim',
    meaning: 'Two relays may take the same rows, and both publish them.',
  },
  lock: {
    name: 'and locks them',
    meaning: 'Others skip locked rows. The lock goes when its relay does.',
  },
  lease: {
    name: 'and leases them',
    meaning: 'Others wait until the lease runs out, even if its relay has died.',
  },
}

/** The choices as a list to choose from. */
export function optionsOf<T extends string>(words: Words<T>): SelectOption<T>[] {
  return (Object.keys(words) as T[]).map((value) => ({ value, label: words[value].name }))
}
