/** Sentences about members of consumer groups, from their own point of view. */
import type { Assignment } from '../../brokers/log/coordinator.ts'
import { GROUP_CONSUMER_FACTS, type Seeked } from '../../clients/groupConsumer/facts.ts'
import { whyRefused } from './log.ts'
import type { FactContext, FactKinds } from './sentence.ts'

export const GROUP_CONSUMER_SENTENCES: FactKinds = {
  [GROUP_CONSUMER_FACTS.joining]: {
    name: 'joining',
    tone: 'normal',
    sentence: (f) => `${f.name(f.node)} asks to join its group.`,
  },
  [GROUP_CONSUMER_FACTS.assigned]: {
    name: 'assignmentReceived',
    tone: 'normal',
    sentence: (f) => {
      const { progress, generation, fresh } = f.records.rowAt<Assignment>(f.aux)
      const own = progress.map((part) => partitionOf(f, part))
      if (own.length === 0 && fresh) return `${f.name(f.node)} gets no partition yet.`
      return own.length === 0
        ? `${f.name(f.node)} gets no partition in generation ${generation}: there are more members than partitions.`
        : `${f.name(f.node)} reads ${own.join(', ')} in generation ${generation}.`
    },
  },
  [GROUP_CONSUMER_FACTS.rejoinAsked]: {
    name: 'rejoinAsked',
    tone: 'normal',
    sentence: (f) => `${f.name(f.node)} hears that its group rebalances.`,
  },
  [GROUP_CONSUMER_FACTS.expelled]: {
    name: 'expulsionHeard',
    tone: 'fault',
    sentence: (f) => `${f.name(f.node)} hears that it is out of its group: ${whyRefused(f.aux)}.`,
  },
  [GROUP_CONSUMER_FACTS.left]: {
    name: 'pollIntervalExceeded',
    tone: 'fault',
    sentence: (f) =>
      `${f.name(f.node)} has not polled for longer than max.poll.interval.ms and leaves its group.`,
  },
  [GROUP_CONSUMER_FACTS.polled]: {
    name: 'polled',
    tone: 'link',
    sentence: (f) => `${f.name(f.node)} polls.`,
  },
  [GROUP_CONSUMER_FACTS.batchReceived]: {
    name: 'batchReceived',
    tone: 'normal',
    sentence: (f) => {
      const rest = f.aux === 1 ? '' : ` and ${f.aux - 1} more`
      return `${f.name(f.node)} gets ${f.label(f.message)}${rest}.`
    },
  },
  [GROUP_CONSUMER_FACTS.pollReturnedEmpty]: {
    name: 'pollReturnedEmpty',
    tone: 'link',
    sentence: (f) => `The poll of ${f.name(f.node)} returns without records.`,
  },
  [GROUP_CONSUMER_FACTS.committing]: {
    name: 'committing',
    tone: 'link',
    sentence: (f) =>
      `${f.name(f.node)} sends its offsets of ${f.aux === 1 ? '1 partition' : `${f.aux} partitions`}.`,
  },
  [GROUP_CONSUMER_FACTS.commitAnswered]: {
    name: 'commitAnswered',
    tone: 'link',
    sentence: (f) => `${f.name(f.node)} hears that its offset is stored.`,
  },
  [GROUP_CONSUMER_FACTS.commitFailed]: {
    name: 'commitFailed',
    tone: 'fault',
    sentence: (f) =>
      `${f.name(f.node)} cannot commit: ${whyRefused(f.aux)}. Someone else does this work again.`,
  },
  [GROUP_CONSUMER_FACTS.closeAsked]: {
    name: 'closeAsked',
    tone: 'normal',
    sentence: (f) => `${f.name(f.node)} is to close when the record in its hands is done.`,
  },
  [GROUP_CONSUMER_FACTS.closed]: {
    name: 'consumerClosed',
    tone: 'normal',
    sentence: (f) => `${f.name(f.node)} is closed.`,
  },
  [GROUP_CONSUMER_FACTS.stallArmed]: {
    name: 'stallArmed',
    tone: 'action',
    sentence: (f) =>
      `The next record of ${f.name(f.node)} will take longer than max.poll.interval.ms.`,
  },
  [GROUP_CONSUMER_FACTS.committingNow]: {
    name: 'committingNow',
    tone: 'normal',
    sentence: (f) =>
      `${f.name(f.node)} commits what it is done with in ${f.aux === 1 ? '1 partition' : `${f.aux} partitions`}.`,
  },
  [GROUP_CONSUMER_FACTS.noOffset]: {
    name: 'pollThrew',
    tone: 'fault',
    sentence: (f) =>
      `The poll of ${f.name(f.node)} throws: there is no offset to start from. Its process ends.`,
  },
  [GROUP_CONSUMER_FACTS.rejoining]: {
    name: 'rejoining',
    tone: 'normal',
    sentence: (f) => `${f.name(f.node)} joins again and keeps reading what it has.`,
  },
  [GROUP_CONSUMER_FACTS.assignmentHeard]: {
    name: 'assignmentHeard',
    tone: 'link',
    sentence: (f) => `${f.name(f.node)} hears what is its own from now on.`,
  },
  [GROUP_CONSUMER_FACTS.assignmentTaken]: {
    name: 'assignmentTaken',
    tone: 'normal',
    sentence: (f) => {
      const { progress, fresh = [] } = f.records.rowAt<Assignment>(f.aux)
      const own = progress.map((part) => partitionOf(f, part)).join(', ') || 'no partition'
      const more = fresh.map((part) => partitionOf(f, part)).join(', ')
      return `${f.name(f.node)} reads ${own}${more === '' ? '' : `; new is ${more}`}.`
    },
  },
  [GROUP_CONSUMER_FACTS.batchDropped]: {
    name: 'batchDropped',
    tone: 'link',
    sentence: (f) => `A batch comes to ${f.name(f.node)} that is not its own any more.`,
  },
  [GROUP_CONSUMER_FACTS.seekAsked]: {
    name: 'seekAsked',
    tone: 'action',
    sentence: (f) => `${f.name(f.node)} is to read on from elsewhere before its next poll.`,
  },
  [GROUP_CONSUMER_FACTS.sought]: {
    name: 'sought',
    tone: 'normal',
    sentence: (f) => {
      const { progress, offset } = f.records.rowAt<Seeked>(f.aux)
      return `${f.name(f.node)} reads ${partitionOf(f, progress)} on from offset ${offset}. What is committed stays.`
    },
  },
}

/** Name of the partition that a progress is about. */
function partitionOf({ records }: FactContext, progress: number): string {
  const partition = records.ints(progress, 'partition').get(0)
  return records.strings.text(records.ints(partition, 'name').get(0))
}
