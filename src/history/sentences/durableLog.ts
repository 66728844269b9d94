/** Sentences about logs that are kept: replicas, retention, compaction, sequence numbers, transactions. */
import {
  type Cleaning,
  DURABLE_FACTS,
  type Election,
  type Enlisted,
  type PendingOffset,
  type ProducerRow,
} from '../../brokers/log/durable/facts.ts'
import { LOG_ERRORS } from '../../brokers/log/errors.ts'
import { configName } from '../../scenario/topicConfigs.ts'
import type { FactContext, FactKinds } from './sentence.ts'

export const DURABLE_LOG_SENTENCES: FactKinds = {
  [DURABLE_FACTS.commitMarker]: {
    name: 'commitMarker',
    tone: 'normal',
    sentence: (f) =>
      `Offset ${f.aux} of ${nameOf(f, f.node)} is a control record: the transaction is committed.`,
  },
  [DURABLE_FACTS.abortMarker]: {
    name: 'abortMarker',
    tone: 'normal',
    sentence: (f) =>
      `Offset ${f.aux} of ${nameOf(f, f.node)} is a control record: the transaction is aborted.`,
  },
  [DURABLE_FACTS.watermarkAdvanced]: {
    name: 'watermarkAdvanced',
    tone: 'link',
    sentence: (f) =>
      `All replicas in sync of ${nameOf(f, f.node)} have what is below offset ${f.aux}.`,
  },
  [DURABLE_FACTS.leaderElected]: {
    name: 'leaderElected',
    tone: 'fault',
    sentence: (f) => {
      const { broker, epoch, clean } = f.records.rowAt<Election>(f.aux)
      const how = clean ? 'it was in sync' : 'it was not in sync, an unclean election'
      return `Broker ${broker} leads ${nameOf(f, f.node)} in epoch ${epoch}: ${how}.`
    },
  },
  [DURABLE_FACTS.leaderLost]: {
    name: 'leaderLost',
    tone: 'fault',
    sentence: (f) =>
      `${nameOf(f, f.node)} has no leader: no replica in sync is left but that of broker ${f.aux}.`,
  },
  [DURABLE_FACTS.isrShrunk]: {
    name: 'isrShrunk',
    tone: 'fault',
    sentence: (f) => `The replica of ${nameOf(f, f.node)} on broker ${f.aux} is no longer in sync.`,
  },
  [DURABLE_FACTS.isrExpanded]: {
    name: 'isrExpanded',
    tone: 'normal',
    sentence: (f) => `The replica of ${nameOf(f, f.node)} on broker ${f.aux} is in sync again.`,
  },
  [DURABLE_FACTS.duplicateDropped]: {
    name: 'duplicateDropped',
    tone: 'normal',
    sentence: (f) =>
      `${nameOf(f, f.node)} has the batch of ${f.label(f.message)} already, by its sequence number ${f.aux}: it is not written again.`,
  },
  [DURABLE_FACTS.writeRefused]: {
    name: 'writeRefused',
    tone: 'fault',
    sentence: (f) =>
      `${f.label(f.message)} is not written to ${nameOf(f, f.node)}: ${whyNotWritten(f.aux)}.`,
  },
  [DURABLE_FACTS.segmentRolled]: {
    name: 'segmentRolled',
    tone: 'link',
    sentence: (f) => `A segment of ${nameOf(f, f.node)} begins at offset ${f.aux}.`,
  },
  [DURABLE_FACTS.expired]: {
    name: 'segmentsExpired',
    tone: 'normal',
    sentence: (f) =>
      `${nameOf(f, f.node)} begins at offset ${f.aux} now: what was older than retention.ms is deleted.`,
  },
  [DURABLE_FACTS.oversized]: {
    name: 'segmentsOversized',
    tone: 'normal',
    sentence: (f) =>
      `${nameOf(f, f.node)} begins at offset ${f.aux} now: it was larger than retention.bytes.`,
  },
  [DURABLE_FACTS.compacted]: {
    name: 'compacted',
    tone: 'normal',
    sentence: (f) => {
      const { to, removed } = f.records.rowAt<Cleaning>(f.aux)
      const what = removed === 1 ? '1 record goes' : `${removed} records go`
      return `${nameOf(f, f.node)} is compacted up to offset ${to}: ${what}, the latest of each key stays.`
    },
  },
  [DURABLE_FACTS.replicated]: {
    name: 'replicated',
    tone: 'link',
    sentence: (f) => `${capital(replicaOf(f))} has what is below offset ${f.aux}.`,
  },
  [DURABLE_FACTS.served]: {
    name: 'replicaServed',
    tone: 'link',
    sentence: (f) => `The leader sends ${replicaOf(f)} what is below offset ${f.aux}.`,
  },
  [DURABLE_FACTS.acknowledged]: {
    name: 'replicaAcknowledged',
    tone: 'link',
    sentence: (f) => `${capital(replicaOf(f))} asks the leader for offset ${f.aux}.`,
  },
  [DURABLE_FACTS.truncated]: {
    name: 'truncated',
    tone: 'fault',
    sentence: (f) =>
      `${capital(replicaOf(f))} cuts off what it has from offset ${f.aux} on: the leader does not have it.`,
  },
  [DURABLE_FACTS.brokerDown]: {
    name: 'brokerDown',
    tone: 'fault',
    sentence: (f) => `Broker ${f.aux} is down.`,
  },
  [DURABLE_FACTS.brokerUp]: {
    name: 'brokerUp',
    tone: 'normal',
    sentence: (f) => `Broker ${f.aux} is back.`,
  },
  [DURABLE_FACTS.replicationCut]: {
    name: 'replicationCut',
    tone: 'fault',
    sentence: (f) => `Broker ${f.aux} does not reach the other brokers.`,
  },
  [DURABLE_FACTS.replicationMended]: {
    name: 'replicationMended',
    tone: 'normal',
    sentence: (f) => `Broker ${f.aux} reaches the other brokers again.`,
  },
  [DURABLE_FACTS.producerIdGiven]: {
    name: 'producerIdGiven',
    tone: 'normal',
    sentence: (f) => {
      const { id, epoch, client } = f.records.rowAt<ProducerRow>(f.aux)
      return `${f.nameOfId(client)} has the producer id ${id} in epoch ${epoch}.`
    },
  },
  [DURABLE_FACTS.transactionEnlisted]: {
    name: 'transactionEnlisted',
    tone: 'normal',
    sentence: (f) => {
      const { producer, partition } = f.records.rowAt<Enlisted>(f.aux)
      return `The transaction of producer id ${producer} takes in ${nameOf(f, partition)}.`
    },
  },
  [DURABLE_FACTS.transactionCommitting]: {
    name: 'transactionCommitting',
    tone: 'normal',
    sentence: (f) => `The transaction of producer id ${f.aux} is to be committed.`,
  },
  [DURABLE_FACTS.transactionAborting]: {
    name: 'transactionAborting',
    tone: 'fault',
    sentence: (f) => `The transaction of producer id ${f.aux} is to be aborted.`,
  },
  [DURABLE_FACTS.transactionEnded]: {
    name: 'transactionEnded',
    tone: 'normal',
    sentence: (f) => `All control records of the transaction of producer id ${f.aux} are written.`,
  },
  [DURABLE_FACTS.offsetPending]: {
    name: 'offsetPending',
    tone: 'normal',
    sentence: (f) => {
      const { producer, offset } = f.records.rowAt<PendingOffset>(f.aux)
      return `The transaction of producer id ${producer} is to commit offset ${offset} of a group.`
    },
  },
  [DURABLE_FACTS.topicChanged]: {
    name: 'topicChanged',
    tone: 'action',
    sentence: (f) => {
      const { topic, name, value } = f.records.rowAt<{
        topic: number
        name: string
        value: unknown
      }>(f.aux)
      const what = `${configName(name)} of ${f.name(topic)}`
      if (value === null) return `${what} is taken away: Kafka’s own default holds from now on.`
      return `${what} is ${String(value)} from now on.`
    },
  },
  [DURABLE_FACTS.writeWaits]: {
    name: 'writeWaits',
    tone: 'link',
    sentence: (f) =>
      `The answer for ${f.label(f.message)} waits until all replicas in sync of ${nameOf(f, f.node)} have it.`,
  },
  [DURABLE_FACTS.writeReplicated]: {
    name: 'writeReplicated',
    tone: 'link',
    sentence: (f) => `All replicas in sync of ${nameOf(f, f.node)} have ${f.label(f.message)}.`,
  },
  [DURABLE_FACTS.waitsDropped]: {
    name: 'waitsDropped',
    tone: 'fault',
    sentence: (f) =>
      `The leader of ${nameOf(f, f.node)} is gone, and with it ${f.aux === 1 ? 'one request that was' : `${f.aux} requests that were`} not answered.`,
  },
  [DURABLE_FACTS.recordLost]: {
    name: 'recordLost',
    tone: 'fault',
    sentence: (f) =>
      `${f.label(f.message)} is lost: it was at offset ${f.aux} of ${nameOf(f, f.node)}, and the next leader does not have it.`,
  },
}

/** Why a batch is not written, by the error code: the end of a sentence. */
export function whyNotWritten(code: number): string {
  switch (code) {
    case LOG_ERRORS.leaderNotAvailable:
      return 'the partition has no leader (LEADER_NOT_AVAILABLE)'
    case LOG_ERRORS.networkException:
      return 'its leader is gone and the connection with it'
    case LOG_ERRORS.notEnoughReplicas:
      return 'fewer than min.insync.replicas are in sync (NOT_ENOUGH_REPLICAS)'
    case LOG_ERRORS.notEnoughReplicasAfterAppend:
      return 'it is written, but too few replicas in sync are left to be sure (NOT_ENOUGH_REPLICAS_AFTER_APPEND)'
    case LOG_ERRORS.outOfOrderSequence:
      return 'a batch before it is not there (OUT_OF_ORDER_SEQUENCE_NUMBER)'
    case LOG_ERRORS.invalidProducerEpoch:
      return 'another producer has its place (INVALID_PRODUCER_EPOCH)'
    case LOG_ERRORS.concurrentTransactions:
      return 'the transaction before is not over (CONCURRENT_TRANSACTIONS)'
    case LOG_ERRORS.invalidRecord:
      return 'a compacted topic takes no record without a key (INVALID_RECORD)'
    default:
      return `error ${code}`
  }
}

function nameOf({ records }: FactContext, part: number): string {
  return records.strings.text(records.ints(part, 'name').get(0))
}

/** The replica that a fact is about. */
function replicaOf(f: FactContext): string {
  const broker = f.records.ints(f.node, 'broker').get(0)
  return `the replica of ${nameOf(f, f.records.ints(f.node, 'partition').get(0))} on broker ${broker}`
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
