/** Sentences about AMQP brokers. */
import type { ConsumerRow } from '../../brokers/amqp/consumer.ts'
import type { ExchangeRow } from '../../brokers/amqp/exchange.ts'
import { AMQP_FACTS, DROPPED } from '../../brokers/amqp/facts.ts'
import type { QueueRow } from '../../brokers/amqp/queue.ts'
import { AMQP_RARE_SENTENCES, exchange } from './amqpRare.ts'
import type { FactKinds } from './sentence.ts'

export const AMQP_SENTENCES: FactKinds = {
  ...AMQP_RARE_SENTENCES,
  [AMQP_FACTS.exchangeDeclared]: {
    name: 'exchangeDeclared',
    tone: 'setup',
    sentence: (f) => {
      const { name, type } = f.records.rowAt<ExchangeRow>(f.message)
      return type === 'default'
        ? 'The default exchange is there.'
        : `Exchange ${name} (${type}) is declared.`
    },
  },
  [AMQP_FACTS.queueDeclared]: {
    name: 'queueDeclared',
    tone: 'setup',
    sentence: (f) => `Queue ${f.records.rowAt<QueueRow>(f.message).name} is declared.`,
  },
  [AMQP_FACTS.bound]: {
    name: 'bound',
    tone: 'setup',
    sentence: (f) =>
      `Queue ${f.name(f.aux)} is bound to ${exchange(f)} with key "${f.records.strings.text(f.message)}".`,
  },
  [AMQP_FACTS.unbound]: {
    name: 'unbound',
    tone: 'setup',
    sentence: (f) => `Queue ${f.name(f.aux)} is no longer bound to ${exchange(f)}.`,
  },
  [AMQP_FACTS.channelOpened]: {
    name: 'channelOpened',
    tone: 'setup',
    sentence: (f) => `A channel opens for ${f.name(f.aux) || 'the set-up'}.`,
  },
  [AMQP_FACTS.channelClosed]: {
    name: 'channelClosed',
    tone: 'fault',
    sentence: (f) =>
      f.aux === 0
        ? `The broker sees the connection of ${f.name(f.node)} break and closes its channel.`
        : `The channel of ${f.name(f.node)} closes (${f.aux}).`,
  },
  [AMQP_FACTS.prefetchSet]: {
    name: 'prefetchSet',
    tone: 'setup',
    sentence: (f) =>
      f.aux === 0
        ? `${f.name(f.node)} asks for no prefetch limit.`
        : `${f.name(f.node)} asks for a prefetch of ${f.aux}.`,
  },
  [AMQP_FACTS.consumerStarted]: {
    name: 'consumerStarted',
    tone: 'setup',
    sentence: (f) => {
      const { queue, noAck } = f.records.rowAt<ConsumerRow>(f.message)
      const how = noAck ? 'without acknowledgements' : 'with manual acknowledgements'
      return `${f.name(f.aux)} consumes from ${f.name(queue)}, ${how}.`
    },
  },
  [AMQP_FACTS.consumerCancelled]: {
    name: 'consumerCancelled',
    tone: 'setup',
    sentence: (f) => `${f.name(f.node)} gets nothing more.`,
  },
  [AMQP_FACTS.routed]: {
    name: 'routed',
    tone: 'normal',
    sentence: (f) => `${exchange(f)} routes ${f.label(f.message)} to ${f.name(f.aux)}.`,
  },
  [AMQP_FACTS.unroutable]: {
    name: 'unroutable',
    tone: 'fault',
    sentence: (f) =>
      `${f.label(f.message)} is gone: no queue is bound to ${exchange(f)} for its key.`,
  },
  [AMQP_FACTS.enqueued]: {
    name: 'enqueued',
    tone: 'normal',
    sentence: (f) => `${f.label(f.message)} waits in ${f.name(f.node)}.`,
  },
  [AMQP_FACTS.delivered]: {
    name: 'delivered',
    tone: 'normal',
    sentence: (f) => `${f.name(f.node)} delivers ${f.label(f.message)} to ${f.name(f.aux)}.`,
  },
  [AMQP_FACTS.got]: {
    name: 'got',
    tone: 'normal',
    sentence: (f) => `${f.label(f.message)} is fetched from ${f.name(f.node)}.`,
  },
  [AMQP_FACTS.acked]: {
    name: 'acked',
    tone: 'normal',
    sentence: (f) =>
      `${f.name(f.node)}'s acknowledgement of ${f.label(f.message)} reaches the broker.`,
  },
  [AMQP_FACTS.requeued]: {
    name: 'requeued',
    tone: 'fault',
    sentence: (f) =>
      `${f.label(f.message)} goes back to its place in the queue: ${f.name(f.node)} did not acknowledge it.`,
  },
  [AMQP_FACTS.rejected]: {
    name: 'rejected',
    tone: 'fault',
    sentence: (f) => `${f.name(f.node)} rejects ${f.label(f.message)}; it is dropped.`,
  },
  [AMQP_FACTS.dropped]: {
    name: 'dropped',
    tone: 'fault',
    sentence: (f) =>
      f.aux === DROPPED.maxLengthDeadLettered
        ? `${f.name(f.node)} is over its length limit and dead-letters ${f.label(f.message)}.`
        : `${f.name(f.node)} is over its length limit and drops ${f.label(f.message)}.`,
  },
  [AMQP_FACTS.refused]: {
    name: 'refused',
    tone: 'fault',
    sentence: (f) => `${f.name(f.node)} is full and refuses ${f.label(f.message)}.`,
  },
  [AMQP_FACTS.purged]: {
    name: 'purged',
    tone: 'action',
    sentence: (f) => `${f.name(f.node)} is purged: ${f.aux} ready messages are gone.`,
  },
  [AMQP_FACTS.queueDeleted]: {
    name: 'queueDeleted',
    tone: 'fault',
    sentence: (f) => `${f.name(f.node)} is deleted with ${f.aux} ready messages.`,
  },
  [AMQP_FACTS.exchangeDeleted]: {
    name: 'exchangeDeleted',
    tone: 'fault',
    sentence: (f) => `${exchange(f)} is deleted.`,
  },
}
