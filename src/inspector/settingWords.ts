/** The choices that settings offer: what each is called and what it means, in one sentence. */
import type { ConsumerSettings } from '../clients/consumer/settings.ts'
import type { GroupConsumerSettings } from '../clients/groupConsumer/settings.ts'
import type { PollingConsumerSettings } from '../clients/pollingConsumer/settings.ts'
import type { ProjectionSettings } from '../clients/projection/settings.ts'
import type { ExchangeDoc } from '../scenario/document.ts'
import type { SelectOption } from '../ui/Select.tsx'

export type Words<T extends string> = Record<T, { name: string; meaning: string }>

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

export const DELETE_WORDS: Words<PollingConsumerSettings['deleteWhen']> = {
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
}

/** The choices as a list to choose from. */
export function optionsOf<T extends string>(words: Words<T>): SelectOption<T>[] {
  return (Object.keys(words) as T[]).map((value) => ({ value, label: words[value].name }))
}
