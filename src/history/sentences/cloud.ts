/** Sentences about cloud topics and their subscriptions. */
import { CLOUD_FACTS } from '../../brokers/pubsub/cloud/facts.ts'
import type {
  Extension,
  FilterRow,
  SubscriptionRow,
} from '../../brokers/pubsub/cloud/subscription.ts'
import type { TopicRow } from '../../brokers/pubsub/cloud/topic.ts'
import type { FactContext, FactKinds } from './sentence.ts'

const who = (f: FactContext) => f.name(f.node)

export const CLOUD_SENTENCES: FactKinds = {
  [CLOUD_FACTS.topicCreated]: {
    name: 'cloudTopicCreated',
    tone: 'setup',
    sentence: (f) => `The topic ${f.records.rowAt<TopicRow>(f.aux).name} is created.`,
  },
  [CLOUD_FACTS.topicDeleted]: {
    name: 'cloudTopicDeleted',
    tone: 'setup',
    sentence: (f) => `The topic ${who(f)} is deleted.`,
  },
  [CLOUD_FACTS.subscriptionCreated]: {
    name: 'subscriptionCreated',
    tone: 'setup',
    sentence: (f) => {
      const { name, topic } = f.records.rowAt<SubscriptionRow>(f.aux)
      return `${name} subscribes to ${topic}: it gets what is published from now on.`
    },
  },
  [CLOUD_FACTS.subscriptionDeleted]: {
    name: 'subscriptionDeleted',
    tone: 'fault',
    sentence: (f) => `${who(f)} is deleted with ${f.aux} messages.`,
  },
  [CLOUD_FACTS.published]: {
    name: 'topicPublished',
    tone: 'normal',
    sentence: (f) =>
      f.aux === 0
        ? `${who(f)} takes ${f.label(f.message)}. It has no subscription, so nobody ever gets it.`
        : `${who(f)} takes ${f.label(f.message)} for ${f.aux} ${f.aux === 1 ? 'subscription' : 'subscriptions'}.`,
  },
  [CLOUD_FACTS.arrived]: {
    name: 'backlogged',
    tone: 'normal',
    sentence: (f) => `${f.label(f.message)} joins the backlog of ${who(f)}.`,
  },
  [CLOUD_FACTS.filteredOut]: {
    name: 'filteredOut',
    tone: 'normal',
    sentence: (f) => `The filter of ${who(f)} lets ${f.label(f.message)} pass by.`,
  },
  [CLOUD_FACTS.filterChanged]: {
    name: 'policyChanged',
    tone: 'action',
    sentence: (f) => {
      const { filter } = f.records.rowAt<FilterRow>(f.aux)
      return `${who(f)} lets through what matches ${filter} from now on.`
    },
  },
  [CLOUD_FACTS.leased]: {
    name: 'leased',
    tone: 'normal',
    sentence: (f) =>
      `${who(f)} gives ${f.label(f.message)} out; it is to be acknowledged before its ack deadline.`,
  },
  [CLOUD_FACTS.acknowledged]: {
    name: 'leaseAcknowledged',
    tone: 'normal',
    sentence: (f) => `${f.label(f.message)} is acknowledged: ${who(f)} is done with it.`,
  },
  [CLOUD_FACTS.nacked]: {
    name: 'leaseNacked',
    tone: 'fault',
    sentence: (f) => `${f.label(f.message)} is nacked: ${who(f)} will send it again.`,
  },
  [CLOUD_FACTS.deadlinePassed]: {
    name: 'deadlinePassed',
    tone: 'fault',
    sentence: (f) =>
      `Nobody acknowledged ${f.label(f.message)} before its ack deadline: ${who(f)} will send it again.`,
  },
  [CLOUD_FACTS.deadlineMoved]: {
    name: 'deadlineMoved',
    tone: 'normal',
    sentence: (f) => {
      const { deadlineUs } = f.records.rowAt<Extension>(f.aux)
      return `There are ${(deadlineUs - f.timeUs) / 1_000_000} s more for ${f.label(f.message)}.`
    },
  },
  [CLOUD_FACTS.heldBack]: {
    name: 'heldBack',
    tone: 'normal',
    sentence: (f) =>
      `${f.label(f.message)} goes back too: one before it with the same ordering key did.`,
  },
  [CLOUD_FACTS.setAside]: {
    name: 'setAside',
    tone: 'link',
    sentence: (f) => `${f.label(f.message)} waits: its ordering key stands still.`,
  },
  [CLOUD_FACTS.deadLettered]: {
    name: 'cloudDeadLettered',
    tone: 'fault',
    sentence: (f) =>
      `${f.label(f.message)} was tried as often as allowed: ${who(f)} gives it to the dead-letter topic.`,
  },
  [CLOUD_FACTS.expired]: {
    name: 'cloudExpired',
    tone: 'fault',
    sentence: (f) => `${who(f)} has kept ${f.label(f.message)} for as long as it keeps messages.`,
  },
  [CLOUD_FACTS.forwarded]: {
    name: 'forwarded',
    tone: 'normal',
    sentence: (f) => `${who(f)} passes ${f.label(f.message)} on to its queue.`,
  },
  [CLOUD_FACTS.pullStarted]: {
    name: 'pullStarted',
    tone: 'link',
    sentence: (f) => `${who(f)} has nothing: a pull waits.`,
  },
  [CLOUD_FACTS.pullEnded]: {
    name: 'pullEnded',
    tone: 'link',
    sentence: (f) => `A pull of ${who(f)} waits no longer.`,
  },
}
