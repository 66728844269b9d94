/** Sentences about what only some AMQP brokers do: dead letters, confirms, transactions, quorum queues, streams. */
import type { BindingRow } from '../../brokers/amqp/exchange.ts'
import { AMQP_FACTS, DEAD_END, DEATH } from '../../brokers/amqp/facts.ts'
import type { HeldAnswer } from '../../brokers/amqp/transaction.ts'
import type { FactContext, FactKinds } from './sentence.ts'

/** Why a message was dead-lettered, after "because". */
const CAUSES: Record<(typeof DEATH)[number], string> = {
  expired: 'its time to live is over',
  maxlen: 'the queue is over its length limit',
  rejected: 'it was rejected',
  delivery_limit: 'it was returned too often',
}

export const AMQP_RARE_SENTENCES: FactKinds = {
  [AMQP_FACTS.redeclared]: {
    name: 'redeclared',
    tone: 'setup',
    sentence: (f) => `${f.name(f.node)} is declared again, empty.`,
  },
  [AMQP_FACTS.boundByRow]: {
    name: 'boundByRow',
    tone: 'setup',
    sentence: (f) => `${destination(f)} is bound to ${exchange(f)}${conditions(f)}.`,
  },
  [AMQP_FACTS.unboundByRow]: {
    name: 'unboundByRow',
    tone: 'setup',
    sentence: (f) => `${destination(f)} is no longer bound to ${exchange(f)}${conditions(f)}.`,
  },
  [AMQP_FACTS.passedOn]: {
    name: 'passedOn',
    tone: 'normal',
    sentence: (f) => `${exchange(f)} passes ${f.label(f.message)} on to exchange ${f.name(f.aux)}.`,
  },
  [AMQP_FACTS.expired]: {
    name: 'expired',
    tone: 'fault',
    sentence: (f) =>
      f.aux === 1
        ? `${f.label(f.message)} waited too long in ${f.name(f.node)}: its time to live is over.`
        : `${f.label(f.message)} is gone: its time to live is over, and ${f.name(f.node)} has no dead-letter exchange.`,
  },
  [AMQP_FACTS.deadLettered]: {
    name: 'deadLettered',
    tone: 'fault',
    sentence: (f) => {
      const why = DEATH[f.aux] ?? 'rejected'
      return `${f.name(f.node)} sends ${f.label(f.message)} to its dead-letter exchange, because ${CAUSES[why]}.`
    },
  },
  [AMQP_FACTS.deadLetterLost]: {
    name: 'deadLetterLost',
    tone: 'fault',
    sentence: (f) =>
      f.aux === DEAD_END.cycle
        ? `${f.label(f.message)} is gone: it would go round in a circle, back to a queue that it died in.`
        : `${f.label(f.message)} is gone: no queue is bound to the dead-letter exchange for its key.`,
  },
  [AMQP_FACTS.confirmed]: {
    name: 'confirmed',
    tone: 'normal',
    sentence: (f) => `The broker confirms ${f.label(f.message)} to its publisher.`,
  },
  [AMQP_FACTS.nacked]: {
    name: 'nacked',
    tone: 'fault',
    sentence: (f) => `The broker nacks ${f.label(f.message)} to its publisher: a queue refused it.`,
  },
  [AMQP_FACTS.confirmAwaited]: {
    name: 'confirmAwaited',
    tone: 'setup',
    sentence: (f) =>
      `The confirm of ${f.label(f.message)} waits until ${f.aux} ${f.aux === 1 ? 'copy has' : 'copies have'} arrived.`,
  },
  [AMQP_FACTS.confirmStep]: {
    name: 'confirmStep',
    tone: 'setup',
    sentence: (f) =>
      `A copy of ${f.label(f.message)} has ${f.aux === 1 ? 'arrived' : 'been refused'}, which its confirm waited for.`,
  },
  [AMQP_FACTS.confirmsSelected]: {
    name: 'confirmsSelected',
    tone: 'setup',
    sentence: (f) => `${client(f)} asks for publisher confirms.`,
  },
  [AMQP_FACTS.returned]: {
    name: 'returned',
    tone: 'fault',
    sentence: (f) =>
      `${f.label(f.message)} comes back to its publisher: it is mandatory, and no queue took it (312).`,
  },
  [AMQP_FACTS.txSelected]: {
    name: 'txSelected',
    tone: 'setup',
    sentence: (f) => `The channel of ${client(f)} is transactional from now on.`,
  },
  [AMQP_FACTS.txPublished]: {
    name: 'txPublished',
    tone: 'normal',
    sentence: (f) => `${f.label(f.message)} waits for the commit of ${client(f)}'s transaction.`,
  },
  [AMQP_FACTS.txAnswered]: {
    name: 'txAnswered',
    tone: 'normal',
    sentence: (f) => {
      const { answer } = f.records.rowAt<HeldAnswer>(f.message)
      const what = answer === 'ack' ? 'acknowledgements' : 'rejections'
      return `${client(f)}'s ${what} (${f.aux}) wait for the commit.`
    },
  },
  [AMQP_FACTS.txCommitted]: {
    name: 'txCommitted',
    tone: 'action',
    sentence: (f) =>
      `${client(f)} commits: ${f.aux} publishes and its acknowledgements take effect.`,
  },
  [AMQP_FACTS.txRolledBack]: {
    name: 'txRolledBack',
    tone: 'fault',
    sentence: (f) =>
      `${client(f)} rolls back: ${f.aux} publishes are gone, what it answered is unacknowledged again.`,
  },
  [AMQP_FACTS.limitSet]: {
    name: 'limitSet',
    tone: 'setup',
    sentence: (f) =>
      f.aux === 0
        ? `${client(f)}'s channel has no common prefetch any more.`
        : `${client(f)} asks for a prefetch of ${f.aux} for its whole channel.`,
  },
  [AMQP_FACTS.limitReached]: {
    name: 'limitReached',
    tone: 'setup',
    sentence: (f) =>
      `${f.name(f.node)} stops serving ${f.name(f.aux)}: the prefetch of its channel is used up.`,
  },
  [AMQP_FACTS.limitLifted]: {
    name: 'limitLifted',
    tone: 'setup',
    sentence: (f) => `${f.name(f.node)} may serve ${f.name(f.aux)} again.`,
  },
  [AMQP_FACTS.activated]: {
    name: 'activated',
    tone: 'setup',
    sentence: (f) => `${f.name(f.aux)} is the single active consumer of ${f.name(f.node)} now.`,
  },
  [AMQP_FACTS.requeuedAtBack]: {
    name: 'requeuedAtBack',
    tone: 'fault',
    sentence: (f) =>
      `${f.label(f.message)} goes to the back of the quorum queue: ${f.name(f.node)} returned it.`,
  },
  [AMQP_FACTS.gaveUp]: {
    name: 'gaveUp',
    tone: 'fault',
    sentence: (f) =>
      `${f.label(f.message)} was returned more often than its delivery limit allows.`,
  },
  [AMQP_FACTS.rejectedToDeadLetter]: {
    name: 'rejectedToDeadLetter',
    tone: 'fault',
    sentence: (f) => `${f.name(f.node)} rejects ${f.label(f.message)}; it is dead-lettered.`,
  },
  [AMQP_FACTS.forgotten]: {
    name: 'forgotten',
    tone: 'fault',
    sentence: (f) =>
      `${f.label(f.message)} is lost in the restart: ${f.name(f.node)} is durable, the message is not persistent.`,
  },
  [AMQP_FACTS.recovered]: {
    name: 'recovered',
    tone: 'action',
    sentence: (f) => `${f.name(f.node)} is there again after the restart, with ${f.aux} messages.`,
  },
  [AMQP_FACTS.restarted]: {
    name: 'restarted',
    tone: 'action',
    sentence: (f) =>
      `The broker ${f.name(f.node)} restarts: all connections are gone.`.replace('  ', ' '),
  },
  [AMQP_FACTS.publisherKnown]: {
    name: 'publisherKnown',
    tone: 'setup',
    sentence: (f) => `${f.name(f.node)} gets to know ${f.name(f.aux)} as a publisher.`,
  },
  [AMQP_FACTS.publisherBlocked]: {
    name: 'publisherBlocked',
    tone: 'fault',
    sentence: (f) => `${f.name(f.node)} is full and tells ${f.name(f.aux)} so.`,
  },
  [AMQP_FACTS.publishersFreed]: {
    name: 'publishersFreed',
    tone: 'setup',
    sentence: (f) => `${f.name(f.node)} has room again for its publishers.`,
  },
  [AMQP_FACTS.read]: {
    name: 'read',
    tone: 'normal',
    sentence: (f) =>
      `${f.name(f.node)} sends ${f.label(f.message)} to ${f.name(f.aux)} and keeps it.`,
  },
  [AMQP_FACTS.readAcked]: {
    name: 'readAcked',
    tone: 'normal',
    sentence: (f) =>
      `${f.name(f.node)} acknowledges ${f.label(f.message)}, which earns it credit; the stream keeps it.`,
  },
  [AMQP_FACTS.queueExpired]: {
    name: 'queueExpired',
    tone: 'fault',
    sentence: (f) => `Nobody has used ${f.name(f.node)} for as long as x-expires allows.`,
  },
  [AMQP_FACTS.queueCrashed]: {
    name: 'queueCrashed',
    tone: 'fault',
    sentence: (f) =>
      `The process of ${f.name(f.node)} crashes: its consumers are gone, and so is all that is not persistent.`,
  },
  [AMQP_FACTS.passedBy]: {
    name: 'passedBy',
    tone: 'fault',
    sentence: (f) =>
      `${f.label(f.message)} goes straight to ${f.name(f.aux)}, past all that waits in ${f.name(f.node)}.`,
  },
  [AMQP_FACTS.answeredInVain]: {
    name: 'answeredInVain',
    tone: 'fault',
    sentence: (f) =>
      `${f.label(f.message)} is answered, but its queue has crashed since and knows nothing of it.`,
  },
  [AMQP_FACTS.queueUsed]: {
    name: 'queueUsed',
    tone: 'setup',
    sentence: (f) => `${f.name(f.node)} was used: its x-expires starts anew.`,
  },
  [AMQP_FACTS.autoSettled]: {
    name: 'autoSettled',
    tone: 'setup',
    sentence: (f) =>
      `${f.name(f.aux)} earns ${f.message} credit back, as it needs no acknowledgement.`,
  },
  [AMQP_FACTS.turnSet]: {
    name: 'turnSet',
    tone: 'setup',
    sentence: (f) => `The consumers of ${f.name(f.node)} stand in a new order.`,
  },
}

export function exchange(fact: FactContext): string {
  return fact.name(fact.node) || 'the default exchange'
}

/** The client that a channel belongs to. */
function client(fact: FactContext): string {
  return fact.name(fact.node) || 'a client'
}

function destination(f: FactContext): string {
  const { toExchange } = f.records.rowAt<BindingRow>(f.message)
  return `${toExchange ? 'Exchange' : 'Queue'} ${f.name(f.aux)}`
}

function conditions(f: FactContext): string {
  const { key, args } = f.records.rowAt<BindingRow>(f.message)
  const { strings } = f.records
  if (args === -1) return ` with key "${strings.text(key)}"`
  return ` with arguments ${strings.text(args)}`
}
