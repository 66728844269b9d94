/** Sentences about Redis Pub/Sub. */
import { REDIS_PUBSUB_FACTS, UNSUBSCRIBED } from '../../brokers/pubsub/redis/facts.ts'
import type { SubscriptionRow } from '../../brokers/pubsub/redis/server.ts'
import type { FactKinds } from './sentence.ts'

const ENDED: Readonly<Record<number, string>> = {
  [UNSUBSCRIBED.byClient]: 'it unsubscribed',
  [UNSUBSCRIBED.disconnected]: 'its connection ended',
  [UNSUBSCRIBED.restarted]: 'the server restarted',
}

export const REDIS_SENTENCES: FactKinds = {
  [REDIS_PUBSUB_FACTS.subscribed]: {
    name: 'redisSubscribed',
    tone: 'normal',
    sentence: (f) => {
      const { part, name, isPattern } = f.records.rowAt<SubscriptionRow>(f.aux)
      return `${f.name(part)} is subscribed to the ${isPattern ? 'pattern' : 'channel'} ${name}.`
    },
  },
  [REDIS_PUBSUB_FACTS.unsubscribed]: {
    name: 'redisUnsubscribed',
    tone: 'normal',
    sentence: (f) => `${f.name(f.node)} is not subscribed any more: ${ENDED[f.aux] ?? 'it left'}.`,
  },
  [REDIS_PUBSUB_FACTS.published]: {
    name: 'redisPublished',
    tone: 'normal',
    sentence: (f) =>
      f.aux === 0
        ? `${f.label(f.message)} is gone: nobody is subscribed to ${f.records.key(f.message)} at this moment, and Redis keeps nothing.`
        : `${f.name(f.node)} sends ${f.label(f.message)} on ${f.records.key(f.message)} to ${f.aux === 1 ? 'one subscription' : `${f.aux} subscriptions`}.`,
  },
  [REDIS_PUBSUB_FACTS.delivered]: {
    name: 'redisDelivered',
    tone: 'link',
    sentence: (f) => `A copy of ${f.label(f.message)} goes out to ${f.name(f.node)}.`,
  },
}
