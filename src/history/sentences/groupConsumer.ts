/** Sentences about members of consumer groups, from their own point of view. */
import type { Assignment } from '../../brokers/log/coordinator.ts'
import { GROUP_CONSUMER_FACTS } from '../../clients/groupConsumer/facts.ts'
import { whyRefused } from './log.ts'
import type { FactKinds } from './sentence.ts'

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
      const { progress, generation } = f.records.rowAt<Assignment>(f.aux)
      const own = progress.map((part) => {
        const partition = f.records.ints(part, 'partition').get(0)
        return f.records.strings.text(f.records.ints(partition, 'name').get(0))
      })
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
}
