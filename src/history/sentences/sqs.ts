/** Sentences about queues of the SQS family. */
import { SEND_REFUSED, SQS_FACTS } from '../../brokers/sqs/facts.ts'
import type { VisibilityRow } from '../../brokers/sqs/queue.ts'
import type { FactKinds } from './sentence.ts'

export const SQS_SENTENCES: FactKinds = {
  [SQS_FACTS.sent]: {
    name: 'stored',
    tone: 'normal',
    sentence: (f) => `${f.name(f.node)} stores ${f.label(f.message)}.`,
  },
  [SQS_FACTS.delayOver]: {
    name: 'delayOver',
    tone: 'normal',
    sentence: (f) => `The delay of ${f.label(f.message)} is over: it can be received.`,
  },
  [SQS_FACTS.deduplicated]: {
    name: 'deduplicated',
    tone: 'fault',
    sentence: (f) =>
      `${f.name(f.node)} accepts ${f.label(f.message)} and does not store it: the same deduplication id came within five minutes.`,
  },
  [SQS_FACTS.sendRefused]: {
    name: 'sendRefused',
    tone: 'fault',
    sentence: (f) =>
      f.aux === SEND_REFUSED.noGroup
        ? `${f.name(f.node)} refuses ${f.label(f.message)}: it has no message group. Give the producer keys.`
        : `${f.name(f.node)} refuses ${f.label(f.message)}: it has no deduplication id. Let the queue take the content for it.`,
  },
  [SQS_FACTS.receiveWaits]: {
    name: 'receiveWaits',
    tone: 'link',
    sentence: (f) => `${f.name(f.node)} has nothing: the request waits.`,
  },
  [SQS_FACTS.receiveEnded]: {
    name: 'receiveEnded',
    tone: 'link',
    sentence: (f) => `A request to ${f.name(f.node)} waits no longer.`,
  },
  [SQS_FACTS.receivedNothing]: {
    name: 'receivedNothing',
    tone: 'link',
    sentence: (f) => `${f.name(f.node)} answers with nothing.`,
  },
  [SQS_FACTS.received]: {
    name: 'inFlight',
    tone: 'normal',
    sentence: (f) =>
      `${f.name(f.node)} gives ${f.label(f.message)} out and hides it from everyone else for its visibility timeout.`,
  },
  [SQS_FACTS.deleted]: {
    name: 'deleted',
    tone: 'normal',
    sentence: (f) => `${f.label(f.message)} is deleted from ${f.name(f.node)}.`,
  },
  [SQS_FACTS.deleteIgnored]: {
    name: 'deleteIgnored',
    tone: 'fault',
    sentence: (f) =>
      `A request to delete ${f.label(f.message)} has no effect: its receipt handle is not the latest one.`,
  },
  [SQS_FACTS.handleExpired]: {
    name: 'handleExpired',
    tone: 'fault',
    sentence: (f) =>
      `${f.name(f.node)} refuses to delete ${f.label(f.message)}: the receipt handle has expired.`,
  },
  [SQS_FACTS.copySurvived]: {
    name: 'copySurvived',
    tone: 'fault',
    sentence: (f) =>
      `A copy of ${f.label(f.message)} survives on a server that missed the deletion: it will be received again.`,
  },
  [SQS_FACTS.visibilityChanged]: {
    name: 'visibilityChanged',
    tone: 'normal',
    sentence: (f) => {
      const { visibilityUs } = f.records.rowAt<VisibilityRow>(f.aux)
      return `${f.label(f.message)} stays hidden for another ${visibilityUs / 1_000_000} s.`
    },
  },
  [SQS_FACTS.notInFlight]: {
    name: 'notInFlight',
    tone: 'fault',
    sentence: (f) =>
      `The visibility of ${f.label(f.message)} cannot be changed: it is not in flight under this handle.`,
  },
  [SQS_FACTS.visibilityOver]: {
    name: 'visibilityOver',
    tone: 'fault',
    sentence: (f) =>
      `Nobody deleted ${f.label(f.message)} within its visibility timeout: it can be received again.`,
  },
  [SQS_FACTS.movedToDeadLetters]: {
    name: 'movedToDeadLetters',
    tone: 'fault',
    sentence: (f) =>
      `${f.label(f.message)} was received too often: ${f.name(f.node)} moves it to its dead-letter queue.`,
  },
  [SQS_FACTS.expired]: {
    name: 'retentionOver',
    tone: 'fault',
    sentence: (f) =>
      `${f.name(f.node)} has kept ${f.label(f.message)} for as long as it keeps messages: it is gone.`,
  },
  [SQS_FACTS.purged]: {
    name: 'queuePurged',
    tone: 'action',
    sentence: (f) => `${f.name(f.node)} is purged: ${f.aux} messages are gone.`,
  },
}
