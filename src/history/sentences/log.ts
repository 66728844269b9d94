/** Sentences about partitioned logs: topics, groups, members. */

import { LOG_ERRORS } from '../../brokers/log/errors.ts'
import { EXPELLED, LOG_FACTS, REBALANCE } from '../../brokers/log/facts.ts'
import type { GroupRow, Target } from '../../brokers/log/group.ts'
import type { MemberRow } from '../../brokers/log/member.ts'
import type { SubscriptionRow } from '../../brokers/log/subscription.ts'
import type { GrowthRow, TopicRow } from '../../brokers/log/topic.ts'
import type { FactContext, FactKinds } from './sentence.ts'

export const LOG_SENTENCES: FactKinds = {
  [LOG_FACTS.topicCreated]: {
    name: 'topicCreated',
    tone: 'setup',
    sentence: (f) => {
      const { name, partitions } = f.records.rowAt<TopicRow>(f.aux)
      const count = partitions.length === 1 ? '1 partition' : `${partitions.length} partitions`
      return `Topic ${name} is created with ${count}.`
    },
  },
  [LOG_FACTS.groupCreated]: {
    name: 'groupCreated',
    tone: 'setup',
    sentence: (f) => `The broker hears of group ${f.records.rowAt<GroupRow>(f.aux).name}.`,
  },
  [LOG_FACTS.subscribed]: {
    name: 'subscribed',
    tone: 'setup',
    sentence: (f) => {
      const { group, topic } = f.records.rowAt<SubscriptionRow>(f.aux)
      return `Group ${nameOf(f, group)} reads ${f.name(topic)} from now on.`
    },
  },
  [LOG_FACTS.memberAdded]: {
    name: 'memberAdded',
    tone: 'setup',
    sentence: (f) => {
      const { part, group } = f.records.rowAt<MemberRow>(f.aux)
      return `${f.name(part)} asks to be a member of group ${nameOf(f, group)}.`
    },
  },
  [LOG_FACTS.appended]: {
    name: 'appended',
    tone: 'normal',
    sentence: (f) =>
      `${f.label(f.message)} is appended to ${nameOf(f, f.node)} at offset ${f.aux}.`,
  },
  [LOG_FACTS.trimmed]: {
    name: 'trimmed',
    tone: 'action',
    sentence: (f) => `${nameOf(f, f.node)} is deleted up to offset ${f.aux}.`,
  },
  [LOG_FACTS.fetched]: {
    name: 'fetched',
    tone: 'normal',
    sentence: (f) => {
      const { where, from, length } = segment(f)
      const last = from + length - 1
      const what = length === 1 ? `offset ${from}` : `offsets ${from} to ${last}`
      return `${f.name(f.node)} fetches ${what} of ${where}.`
    },
  },
  [LOG_FACTS.refetched]: {
    name: 'refetched',
    tone: 'fault',
    sentence: (f) =>
      `A batch for group ${groupOf(f)} was lost: it reads ${placeOf(f)} from offset ${f.aux} again.`,
  },
  [LOG_FACTS.committed]: {
    name: 'committed',
    tone: 'normal',
    sentence: (f) => {
      const { where, offset } = commit(f)
      return `${f.name(f.node)} commits offset ${offset} of ${where}.`
    },
  },
  [LOG_FACTS.commitRejected]: {
    name: 'commitRejected',
    tone: 'fault',
    sentence: (f) => `A commit of ${f.name(f.node)} is refused: ${whyRefused(f.aux)}.`,
  },
  [LOG_FACTS.seeked]: {
    name: 'seeked',
    tone: 'action',
    sentence: (f) => `Group ${groupOf(f)} is moved to offset ${f.aux} of ${placeOf(f)}.`,
  },
  [LOG_FACTS.positionMoved]: {
    name: 'positionMoved',
    tone: 'action',
    sentence: (f) => `Group ${groupOf(f)} reads ${placeOf(f)} from offset ${f.aux} next.`,
  },
  [LOG_FACTS.resumed]: {
    name: 'resumed',
    tone: 'normal',
    sentence: (f) =>
      `Group ${groupOf(f)} goes on in ${placeOf(f)} at its committed offset ${f.aux}.`,
  },
  [LOG_FACTS.reset]: {
    name: 'reset',
    tone: 'normal',
    sentence: (f) =>
      `Group ${groupOf(f)} has no valid offset in ${placeOf(f)}: it begins at offset ${f.aux}.`,
  },
  [LOG_FACTS.assigned]: {
    name: 'assigned',
    tone: 'normal',
    sentence: (f) => `${f.name(f.aux)} is assigned ${placeOf(f)} in group ${groupOf(f)}.`,
  },
  [LOG_FACTS.revoked]: {
    name: 'revoked',
    tone: 'normal',
    sentence: (f) => `${placeOf(f)} is revoked from ${f.name(f.aux)}.`,
  },
  [LOG_FACTS.rebalanceStarted]: {
    name: 'rebalanceStarted',
    tone: 'normal',
    sentence: (f) => `Group ${nameOf(f, f.node)} begins to rebalance: ${WHY_REBALANCE[f.aux]}.`,
  },
  [LOG_FACTS.rebalanceCompleted]: {
    name: 'rebalanceCompleted',
    tone: 'normal',
    sentence: (f) => `Group ${nameOf(f, f.node)} is complete; generation ${f.aux} begins.`,
  },
  [LOG_FACTS.joined]: {
    name: 'joined',
    tone: 'normal',
    sentence: (f) => `${f.name(f.node)} joins its group for the next generation.`,
  },
  [LOG_FACTS.left]: {
    name: 'left',
    tone: 'normal',
    sentence: (f) => `${f.name(f.node)} leaves its group.`,
  },
  [LOG_FACTS.expelled]: {
    name: 'expelled',
    tone: 'fault',
    sentence: (f) =>
      f.aux === EXPELLED.sessionTimeout
        ? `The session of ${f.name(f.node)} times out: its group goes on without it.`
        : `${f.name(f.node)} did not join again in time: its group goes on without it.`,
  },
  [LOG_FACTS.heartbeat]: {
    name: 'heartbeat',
    tone: 'link',
    sentence: (f) => `The broker gets a heartbeat of ${f.name(f.node)}.`,
  },
  [LOG_FACTS.fetchWaits]: {
    name: 'fetchWaits',
    tone: 'link',
    sentence: (f) => `There is nothing new: the poll of ${f.name(f.node)} waits.`,
  },
  [LOG_FACTS.fetchEnded]: {
    name: 'fetchEnded',
    tone: 'link',
    sentence: (f) => `The poll of ${f.name(f.node)} waits no longer.`,
  },
  [LOG_FACTS.offsetCommitted]: {
    name: 'offsetCommitted',
    tone: 'normal',
    sentence: (f) =>
      `With the transaction, group ${groupOf(f)} has committed offset ${f.aux} of ${placeOf(f)}.`,
  },
  [LOG_FACTS.passedOver]: {
    name: 'passedOver',
    tone: 'link',
    sentence: (f) =>
      `Group ${groupOf(f)} goes on at offset ${f.aux} of ${placeOf(f)}: what is before it is no reader's.`,
  },
  [LOG_FACTS.partitionsAdded]: {
    name: 'partitionsAdded',
    tone: 'action',
    sentence: (f) => {
      const { topic, partitions } = f.records.rowAt<GrowthRow>(f.aux)
      const count = partitions.length === 1 ? '1 partition' : `${partitions.length} partitions`
      return `Topic ${f.name(topic)} gets ${count} more: records stay where they are, most keys go elsewhere from now on.`
    },
  },
  [LOG_FACTS.noOffset]: {
    name: 'noOffset',
    tone: 'fault',
    sentence: (f) =>
      `Group ${groupOf(f)} has no valid offset in ${placeOf(f)}, and auto.offset.reset is none.`,
  },
  [LOG_FACTS.replaced]: {
    name: 'replaced',
    tone: 'normal',
    sentence: (f) =>
      `${f.name(f.aux)} comes back with the same group.instance.id and takes its old place.`,
  },
  [LOG_FACTS.revocationAsked]: {
    name: 'revocationAsked',
    tone: 'normal',
    sentence: (f) => `${f.name(f.aux)} is to give up ${placeOf(f)}.`,
  },
  [LOG_FACTS.retargeted]: {
    name: 'retargeted',
    tone: 'normal',
    sentence: (f) => {
      const { reason } = f.records.rowAt<Target>(f.aux)
      return `The coordinator decides anew who reads what in group ${nameOf(f, f.node)}: ${WHY_REBALANCE[reason]}.`
    },
  },
}

const WHY_REBALANCE: Record<number, string> = {
  [REBALANCE.firstMember]: 'its first member is there',
  [REBALANCE.joined]: 'a member joins',
  [REBALANCE.left]: 'a member left',
  [REBALANCE.expelled]: 'a member was expelled',
  [REBALANCE.seeked]: 'its offsets were moved',
  [REBALANCE.givenUp]: 'what a member gave up is free for another one',
  [REBALANCE.partitionsAdded]: 'the topic has more partitions',
}

/** Why the broker answered with an error code: the end of a sentence. */
export function whyRefused(code: number): string {
  switch (code) {
    case LOG_ERRORS.unknownMemberId:
      return 'it is no longer a member of its group'
    case LOG_ERRORS.illegalGeneration:
      return 'its generation is over'
    case LOG_ERRORS.fencedInstanceId:
      return 'a new run with its group.instance.id has taken its place'
    case LOG_ERRORS.rebalanceInProgress:
      return 'it does not own the partition any more'
    default:
      return 'there is no such offset'
  }
}

/** Name that a partition or a group has written down for itself. */
function nameOf({ records }: FactContext, part: number): string {
  return records.strings.text(records.ints(part, 'name').get(0))
}

/** The partition and the group of the progress that a fact is about. */
export function placeOf(fact: FactContext, progress = fact.node): string {
  return nameOf(fact, fact.records.ints(progress, 'partition').get(0))
}
export function groupOf(fact: FactContext): string {
  return nameOf(fact, fact.records.ints(fact.node, 'group').get(0))
}

function segment(fact: FactContext): { where: string; from: number; length: number } {
  const { records, aux } = fact
  const broker = brokerOf(fact)
  return {
    where: placeOf(fact, records.ints(broker, 'segmentProgress').get(aux)),
    from: records.ints(broker, 'segmentFrom').get(aux),
    length: records.ints(broker, 'segmentLength').get(aux),
  }
}

function commit(fact: FactContext): { where: string; offset: number } {
  const { records, aux } = fact
  const broker = brokerOf(fact)
  return {
    where: placeOf(fact, records.ints(broker, 'commitProgress').get(aux)),
    offset: records.ints(broker, 'commitOffset').get(aux),
  }
}

/** The broker of the member that a fact is about. */
function brokerOf({ records, node }: FactContext): number {
  return records.ints(node, 'broker').get(0)
}
