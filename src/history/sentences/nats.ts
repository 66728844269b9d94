/** Sentences about NATS servers, streams and JetStream consumers. */
import { clockText } from '../../base/clockText.ts'
import { JS_ERRORS } from '../../brokers/pubsub/nats/errors.ts'
import {
  EXCEEDS,
  NATS_FACTS,
  type SetupRefusal,
  STREAM_GONE,
  UNSUBSCRIBED,
  type Unanswered,
} from '../../brokers/pubsub/nats/facts.ts'
import type { ConsumerConfig } from '../../brokers/pubsub/nats/jetstream/config.ts'
import type { ConsumerRow, Delay, Held } from '../../brokers/pubsub/nats/jetstream/consumer.ts'
import type { StreamRow } from '../../brokers/pubsub/nats/jetstream/stream.ts'
import type { SubscriptionRow } from '../../brokers/pubsub/nats/subscription.ts'
import type { FactContext, FactKinds } from './sentence.ts'

const ENDED: Readonly<Record<number, string>> = {
  [UNSUBSCRIBED.byClient]: 'it unsubscribed',
  [UNSUBSCRIBED.limit]: 'it got as many messages as it asked for',
  [UNSUBSCRIBED.disconnected]: 'its connection ended',
  [UNSUBSCRIBED.restarted]: 'the server restarted',
}

const EXCEEDED: Readonly<Record<number, string>> = {
  [EXCEEDS.maxWaiting]: 'as many requests wait as may (max waiting)',
  [EXCEEDS.batch]: 'it asks for more messages than it may (max request batch)',
  [EXCEEDS.expires]: 'it wants to wait longer than it may (max request expires)',
}

const STREAMS: FactKinds = {
  [NATS_FACTS.streamCreated]: {
    name: 'streamCreated',
    tone: 'setup',
    sentence: (f) => {
      const { name, config } = f.records.rowAt<StreamRow>(f.aux)
      return `The stream ${name} keeps ${config.subjects.join(', ')}.`
    },
  },
  [NATS_FACTS.streamDeleted]: {
    name: 'streamDeleted',
    tone: 'fault',
    sentence: (f) =>
      f.aux === STREAM_GONE.memory
        ? `The stream ${f.name(f.node)} is gone with the restart: it was kept in memory.`
        : `The stream ${f.name(f.node)} is deleted.`,
  },
  [NATS_FACTS.stored]: {
    name: 'natsStored',
    tone: 'normal',
    sentence: (f) => `${f.name(f.node)} stores ${f.label(f.message)} as sequence ${f.aux}.`,
  },
  [NATS_FACTS.passedOver]: {
    name: 'passedOver',
    tone: 'fault',
    sentence: (f) =>
      `${f.name(f.node)} keeps nothing of ${f.label(f.message)}: no consumer is interested in it.`,
  },
  [NATS_FACTS.duplicate]: {
    name: 'duplicate',
    tone: 'fault',
    sentence: (f) =>
      `${f.name(f.node)} has ${f.label(f.message)} as sequence ${f.aux} already: the same Nats-Msg-Id came within the duplicate window.`,
  },
  [NATS_FACTS.refused]: {
    name: 'natsRefused',
    tone: 'fault',
    sentence: (f) =>
      `${f.name(f.node)} refuses ${f.label(f.message)}: ${errorText(f.aux)} (${f.aux}).`,
  },
  [NATS_FACTS.limited]: {
    name: 'limited',
    tone: 'fault',
    sentence: (f) =>
      `${f.name(f.node)} lets go of ${f.label(f.message)}, its oldest: a limit is reached.`,
  },
  [NATS_FACTS.expired]: {
    name: 'maxAgeOver',
    tone: 'fault',
    sentence: (f) => `${f.label(f.message)} is older than ${f.name(f.node)} keeps: it is gone.`,
  },
  [NATS_FACTS.settled]: {
    name: 'settled',
    tone: 'normal',
    sentence: (f) =>
      `${f.name(f.node)} lets go of ${f.label(f.message)}: whom it concerned has settled it.`,
  },
  [NATS_FACTS.deleted]: {
    name: 'natsDeleted',
    tone: 'action',
    sentence: (f) => `${f.label(f.message)} is deleted from ${f.name(f.node)}.`,
  },
  [NATS_FACTS.purged]: {
    name: 'streamPurged',
    tone: 'action',
    sentence: (f) => `${f.name(f.node)} is purged: it begins with sequence ${f.aux} now.`,
  },
}

const CONSUMERS: FactKinds = {
  [NATS_FACTS.consumerCreated]: {
    name: 'consumerCreated',
    tone: 'setup',
    sentence: (f) => {
      const { name, config, start, lasts } = f.records.rowAt<ConsumerRow>(f.aux)
      const filter = config.filterSubject === '' ? 'everything' : config.filterSubject
      const from = lasts[0] ?? start
      return `The consumer ${name} takes ${filter} from sequence ${from} on${beginningOf(config)}.`
    },
  },
  [NATS_FACTS.consumerUpdated]: {
    name: 'consumerUpdated',
    tone: 'action',
    sentence: (f) => `${f.name(f.node)} has other settings from now on.`,
  },
  [NATS_FACTS.consumerDeleted]: {
    name: 'consumerDeleted',
    tone: 'fault',
    sentence: (f) => `The consumer ${f.name(f.node)} is gone.`,
  },
  [NATS_FACTS.interestGained]: {
    name: 'interestGained',
    tone: 'normal',
    sentence: (f) => `Someone listens to what ${f.name(f.node)} pushes.`,
  },
  [NATS_FACTS.interestLost]: {
    name: 'interestLost',
    tone: 'normal',
    sentence: (f) => `Nobody listens to what ${f.name(f.node)} pushes: it holds back.`,
  },
  [NATS_FACTS.pullStarted]: {
    name: 'pullStarted',
    tone: 'link',
    sentence: (f) => `A request for messages waits at ${f.name(f.node)}.`,
  },
  [NATS_FACTS.pullRefused]: {
    name: 'pullRefused',
    tone: 'link',
    sentence: (f) => {
      const why = EXCEEDED[Math.floor(f.aux / 1000)]
      return `${f.name(f.node)} answers a request for messages with ${f.aux % 1000}${why ? `: ${why}` : ''}.`
    },
  },
  [NATS_FACTS.pullTimedOut]: {
    name: 'pullTimedOut',
    tone: 'link',
    sentence: (f) => `A request for messages to ${f.name(f.node)} is over (408).`,
  },
  [NATS_FACTS.pullDropped]: {
    name: 'pullDropped',
    tone: 'link',
    sentence: (f) => `Whoever asked ${f.name(f.node)} for messages is gone.`,
  },
  [NATS_FACTS.sent]: {
    name: 'natsSent',
    tone: 'normal',
    sentence: (f) =>
      `${f.name(f.node)} sends ${f.label(f.message)} and waits for its acknowledgement.`,
  },
  [NATS_FACTS.held]: {
    name: 'natsHeld',
    tone: 'normal',
    sentence: (f) => {
      const { untilUs } = f.records.rowAt<Held>(f.aux)
      return `${f.name(f.node)} waits with ${f.label(f.message)} until ${clockText(untilUs)}: it was published that much later than the one before.`
    },
  },
  [NATS_FACTS.caughtUp]: {
    name: 'natsCaughtUp',
    tone: 'normal',
    sentence: (f) => `${f.name(f.node)} has caught up: it sends at once from now on.`,
  },
  [NATS_FACTS.heartbeat]: {
    name: 'natsHeartbeat',
    tone: 'link',
    sentence: (f) => `${f.name(f.node)} says that it has nothing to send.`,
  },
  [NATS_FACTS.skipped]: {
    name: 'skippedAhead',
    tone: 'link',
    sentence: (f) => `Nothing before sequence ${f.aux} is for ${f.name(f.node)}.`,
  },
  [NATS_FACTS.lastTaken]: {
    name: 'lastTaken',
    tone: 'link',
    sentence: (f) => `${f.name(f.node)} takes the last message of one more subject.`,
  },
  [NATS_FACTS.acked]: {
    name: 'natsAcked',
    tone: 'normal',
    sentence: (f) => `${f.name(f.node)} counts ${f.label(f.message)} as done (+ACK).`,
  },
  [NATS_FACTS.naked]: {
    name: 'naked',
    tone: 'fault',
    sentence: (f) =>
      `${f.label(f.message)} comes back to ${f.name(f.node)} (-NAK): it goes out again.`,
  },
  [NATS_FACTS.nakedLater]: {
    name: 'nakedLater',
    tone: 'fault',
    sentence: (f) =>
      `${f.label(f.message)} comes back to ${f.name(f.node)} (-NAK): it goes out again in ${f.records.rowAt<Delay>(f.aux).delayUs / 1_000_000} s.`,
  },
  [NATS_FACTS.inProgress]: {
    name: 'inProgress',
    tone: 'normal',
    sentence: (f) =>
      `${f.label(f.message)} is still in progress (+WPI): its ack wait begins anew at ${f.name(f.node)}.`,
  },
  [NATS_FACTS.terminated]: {
    name: 'terminated',
    tone: 'fault',
    sentence: (f) =>
      `${f.label(f.message)} is given up (+TERM): ${f.name(f.node)} sends it no more.`,
  },
  [NATS_FACTS.ackWaitOver]: {
    name: 'ackWaitOver',
    tone: 'fault',
    sentence: (f) =>
      `Nobody acknowledged ${f.label(f.message)} within the ack wait of ${f.name(f.node)}: it goes out again.`,
  },
  [NATS_FACTS.gaveUp]: {
    name: 'maxDeliverReached',
    tone: 'fault',
    sentence: (f) =>
      `${f.name(f.node)} sends ${f.label(f.message)} no more: it went out as often as max deliver allows. It stays in the stream.`,
  },
  [NATS_FACTS.vanished]: {
    name: 'vanishedFromStream',
    tone: 'fault',
    sentence: (f) =>
      `Sequence ${f.aux} is not in the stream any more: ${f.name(f.node)} forgets it.`,
  },
  [NATS_FACTS.removedUnsettled]: {
    name: 'removedUnsettled',
    tone: 'fault',
    sentence: (f) =>
      `${f.label(f.message)} left the stream before ${f.name(f.node)} had settled it.`,
  },
  [NATS_FACTS.purgedTo]: {
    name: 'purgedTo',
    tone: 'action',
    sentence: (f) => `${f.name(f.node)} goes on with sequence ${f.aux}: its stream was purged.`,
  },
  [NATS_FACTS.recovered]: {
    name: 'recovered',
    tone: 'normal',
    sentence: (f) =>
      `${f.name(f.node)} is there again after the restart, with what it had sent and not settled.`,
  },
}

export const NATS_SENTENCES: FactKinds = {
  [NATS_FACTS.subscribed]: {
    name: 'natsSubscribed',
    tone: 'normal',
    sentence: (f) => {
      const { part, subject, queue } = f.records.rowAt<SubscriptionRow>(f.aux)
      const group = queue === '' ? '' : ` in the queue group ${queue}`
      return `${f.name(part)} is subscribed to ${subject}${group}.`
    },
  },
  [NATS_FACTS.limitSet]: {
    name: 'subscriptionLimited',
    tone: 'setup',
    sentence: (f) => `The subscription of ${f.name(f.node)} ends after ${f.aux} messages.`,
  },
  [NATS_FACTS.unsubscribed]: {
    name: 'natsUnsubscribed',
    tone: 'normal',
    sentence: (f) => `${f.name(f.node)} is not subscribed any more: ${ENDED[f.aux] ?? 'it left'}.`,
  },
  [NATS_FACTS.published]: {
    name: 'natsPublished',
    tone: 'normal',
    sentence: (f) =>
      f.aux === 0
        ? `${f.name(f.node)} has no subscriber for ${f.label(f.message)} on ${f.records.key(f.message)}.`
        : `${f.name(f.node)} sends ${f.label(f.message)} on ${f.records.key(f.message)} to ${f.aux === 1 ? 'one subscription' : `${f.aux} subscriptions`}.`,
  },
  [NATS_FACTS.delivered]: {
    name: 'natsDelivered',
    tone: 'link',
    sentence: (f) => `A copy of ${f.label(f.message)} goes out to ${f.name(f.node)}.`,
  },
  [NATS_FACTS.unanswered]: {
    name: 'unanswered',
    tone: 'fault',
    sentence: (f) => {
      const { client, consumer } = f.records.rowAt<Unanswered>(f.aux)
      return `${f.name(client)} asks for messages of ${consumer}, which is not made yet: ${f.name(f.node)} does not answer, and it waits until its request is over.`
    },
  },
  [NATS_FACTS.noResponders]: {
    name: 'noResponders',
    tone: 'fault',
    sentence: (f) =>
      `Nobody listens on ${f.records.key(f.message)}: ${f.name(f.node)} answers the request with 503, no responders.`,
  },
  [NATS_FACTS.unheard]: {
    name: 'natsUnheard',
    tone: 'fault',
    sentence: (f) =>
      `${f.label(f.message)} is gone: nobody listens on ${f.records.key(f.message)} at this moment, and core NATS keeps nothing.`,
  },
  [NATS_FACTS.setupRefused]: {
    name: 'setupRefused',
    tone: 'fault',
    sentence: (f) => {
      const { name, errCode, text } = f.records.rowAt<SetupRefusal>(f.aux)
      return `${f.name(f.node)} refuses ${name}: ${text} (${errCode}).`
    },
  },
  ...STREAMS,
  ...CONSUMERS,
}

/** Where it begins, if not with the first message. */
function beginningOf({ deliverPolicy, startUs = 0 }: ConsumerConfig): string {
  switch (deliverPolicy) {
    case 'all':
    case 'by_start_sequence':
      return ''
    case 'last':
      return ': it begins with the last message'
    case 'new':
      return ': it begins with what comes after it'
    case 'by_start_time':
      return `: it begins with the first one stored at ${clockText(startUs)} or later`
    case 'last_per_subject':
      return ': it begins with the last one of each subject'
  }
}

function errorText(code: FactContext['aux']): string {
  const known = Object.values(JS_ERRORS).find(([errCode]) => errCode === code)
  return known?.[2] ?? 'an error'
}
