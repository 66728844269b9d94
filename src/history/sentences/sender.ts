/** Sentences about producers that batch their records and wait for answers. */

import {
  type Offsets,
  TRANSACTIONAL_OUTPUT_FACTS,
} from '../../clients/groupConsumer/exactlyOnce/facts.ts'
import { type Identity, SENDER_FACTS } from '../../clients/producer/batching/facts.ts'
import { whyNotWritten } from './durableLog.ts'
import type { FactKinds } from './sentence.ts'

export const SENDER_SENTENCES: FactKinds = {
  [SENDER_FACTS.batched]: {
    name: 'batched',
    tone: 'link',
    sentence: (f) =>
      `${f.label(f.message)} joins a batch of ${f.name(f.node)} for partition ${f.aux}.`,
  },
  [SENDER_FACTS.batchClosed]: {
    name: 'batchClosed',
    tone: 'link',
    sentence: (f) => `The batch that begins with ${f.label(f.message)} is closed.`,
  },
  [SENDER_FACTS.sent]: {
    name: 'batchSent',
    tone: 'normal',
    sentence: (f) =>
      `${f.name(f.node)} sends the batch that begins with ${f.label(f.message)}, request ${f.aux + 1}.`,
  },
  [SENDER_FACTS.acknowledged]: {
    name: 'batchAcknowledged',
    tone: 'normal',
    sentence: (f) =>
      `${f.name(f.node)} knows that the batch that begins with ${f.label(f.message)} is stored.`,
  },
  [SENDER_FACTS.refused]: {
    name: 'batchRefused',
    tone: 'fault',
    sentence: (f) =>
      `The batch that begins with ${f.label(f.message)} has to be sent again: ${whyNotWritten(f.aux)}.`,
  },
  [SENDER_FACTS.timedOut]: {
    name: 'requestTimedOut',
    tone: 'fault',
    sentence: (f) =>
      `${f.name(f.node)} has no answer in request.timeout.ms: whether ${f.label(f.message)} is stored it does not know.`,
  },
  [SENDER_FACTS.gaveUp]: {
    name: 'batchGivenUp',
    tone: 'fault',
    sentence: (f) =>
      `${f.name(f.node)} gives up the batch that begins with ${f.label(f.message)} (${f.aux === 1 ? '1 record' : `${f.aux} records`}).`,
  },
  [SENDER_FACTS.initialized]: {
    name: 'producerInitialized',
    tone: 'normal',
    sentence: (f) => {
      const { id, epoch } = f.records.rowAt<Identity>(f.aux)
      return `${f.name(f.node)} writes as producer id ${id} in epoch ${epoch}.`
    },
  },
  [SENDER_FACTS.epochBumped]: {
    name: 'epochBumped',
    tone: 'fault',
    sentence: (f) =>
      `${f.name(f.node)} counts its batches anew in epoch ${f.aux}: the broker does not have one that came before.`,
  },
  [SENDER_FACTS.transactionEnding]: {
    name: 'transactionEnding',
    tone: 'normal',
    sentence: (f) =>
      f.aux === 1
        ? `${f.name(f.node)} commits its transaction.`
        : `${f.name(f.node)} aborts its transaction.`,
  },
  [SENDER_FACTS.transactionEnded]: {
    name: 'transactionOver',
    tone: 'normal',
    sentence: (f) =>
      f.aux === 1
        ? `${f.name(f.node)} knows that its transaction is committed.`
        : `${f.name(f.node)} knows that its transaction is aborted.`,
  },
  [SENDER_FACTS.held]: {
    name: 'recordHeld',
    tone: 'link',
    sentence: (f) => `${f.label(f.message)} waits for the next transaction.`,
  },
  [SENDER_FACTS.requestLost]: {
    name: 'requestLost',
    tone: 'fault',
    sentence: (f) =>
      `The request with ${f.label(f.message)} is lost: the broker never hears of it.`,
  },
  [SENDER_FACTS.answerLost]: {
    name: 'answerLost',
    tone: 'fault',
    sentence: (f) =>
      `The answer for ${f.label(f.message)} is lost: the broker has it, ${f.name(f.node)} does not know.`,
  },
  [SENDER_FACTS.duplicated]: {
    name: 'requestDuplicated',
    tone: 'action',
    sentence: (f) => `The request with ${f.label(f.message)} goes out once more.`,
  },
  [SENDER_FACTS.fenced]: {
    name: 'producerFenced',
    tone: 'fault',
    sentence: (f) =>
      `${f.name(f.node)} is fenced off: its transaction took too long, or another one has its transactional id.`,
  },
  [SENDER_FACTS.unanswered]: {
    name: 'notWaitedFor',
    tone: 'link',
    sentence: (f) =>
      `With acks=0 ${f.name(f.node)} takes ${f.label(f.message)} for sent and waits for nothing.`,
  },
  [SENDER_FACTS.forgotten]: {
    name: 'batchesForgotten',
    tone: 'fault',
    sentence: (f) => `What ${f.name(f.node)} had not sent yet is gone with its process.`,
  },
  [TRANSACTIONAL_OUTPUT_FACTS.renewed]: {
    name: 'transactionsInitialized',
    tone: 'normal',
    sentence: (f) =>
      `${f.name(f.node)} starts a producer with its transactional.id: what an earlier one has open is aborted.`,
  },
  [TRANSACTIONAL_OUTPUT_FACTS.closing]: {
    name: 'transactionFlushing',
    tone: 'normal',
    sentence: (f) => {
      const { progresses } = f.records.rowAt<Offsets>(f.aux)
      return `${f.name(f.node)} is done with its batch: what it wrote and ${progresses.length === 1 ? 'the offset of 1 partition' : `the offsets of ${progresses.length} partitions`} are to count together.`
    },
  },
  [TRANSACTIONAL_OUTPUT_FACTS.offsetsSent]: {
    name: 'offsetsSentToTransaction',
    tone: 'normal',
    sentence: (f) =>
      `${f.name(f.node)} sends ${f.aux === 1 ? 'the offset of 1 partition' : `the offsets of ${f.aux} partitions`} into its transaction.`,
  },
  [TRANSACTIONAL_OUTPUT_FACTS.offsetsRefused]: {
    name: 'offsetsRefused',
    tone: 'fault',
    sentence: (f) => `${f.name(f.node)} has to send its offsets again: ${whyNotWritten(f.aux)}.`,
  },
  [TRANSACTIONAL_OUTPUT_FACTS.closed]: {
    name: 'outputClosed',
    tone: 'normal',
    sentence: (f) =>
      `${f.name(f.node)} closes its producer: a transaction that is open is aborted.`,
  },
}
