/** Sentences about MQTT brokers and their sessions. */
import {
  DISCONNECTED,
  DROPPED,
  MQTT_FACTS,
  SESSION_ENDED,
} from '../../brokers/pubsub/mqtt/facts.ts'
import type { SessionRow, SubscriptionRow } from '../../brokers/pubsub/mqtt/session.ts'
import type { FactContext, FactKinds } from './sentence.ts'

const ENDED = {
  [SESSION_ENDED.clean]: 'with its connection: it was not to outlive it',
  [SESSION_ENDED.expired]: 'because its expiry interval passed',
  [SESSION_ENDED.restarted]: 'in the restart: it was not to outlive its connection',
}

const GONE = {
  [DISCONNECTED.properly]: 'disconnects',
  [DISCONNECTED.lost]: 'is gone: its connection is lost',
  [DISCONNECTED.takenOver]: 'connects once more; the connection before is closed',
  [DISCONNECTED.thrownOut]: 'is thrown out for a packet that may not be',
  [DISCONNECTED.restarted]: 'is gone: the broker restarts',
}

const who = (f: FactContext) => f.name(f.node)
const topicOf = (f: FactContext) => f.records.key(f.message)

export const MQTT_SENTENCES: FactKinds = {
  [MQTT_FACTS.sessionCreated]: {
    name: 'sessionCreated',
    tone: 'setup',
    sentence: (f) =>
      `${who(f)} begins a session for ${f.records.rowAt<SessionRow>(f.aux).clientId}.`,
  },
  [MQTT_FACTS.sessionEnded]: {
    name: 'sessionEnded',
    tone: 'setup',
    sentence: (f) => `The session of ${who(f)} ends ${ENDED[f.aux as 0] ?? ''}.`,
  },
  [MQTT_FACTS.connected]: {
    name: 'sessionConnected',
    tone: 'setup',
    sentence: (f) => `The broker takes the connection of ${who(f)}.`,
  },
  [MQTT_FACTS.disconnected]: {
    name: 'sessionDisconnected',
    tone: 'normal',
    sentence: (f) => `For the broker ${who(f)} ${GONE[f.aux as 0] ?? 'is gone'}.`,
  },
  [MQTT_FACTS.subscribed]: {
    name: 'filterAdded',
    tone: 'setup',
    sentence: (f) => {
      const { filter, qos } = f.records.rowAt<SubscriptionRow>(f.aux)
      return `${who(f)} is subscribed to ${filter} with QoS ${qos}.`
    },
  },
  [MQTT_FACTS.unsubscribed]: {
    name: 'filterRemoved',
    tone: 'setup',
    sentence: (f) => `${who(f)} is no longer subscribed to ${f.records.strings.text(f.aux)}.`,
  },
  [MQTT_FACTS.shareTurned]: {
    name: 'shareTurned',
    tone: 'link',
    sentence: (f) => `It is the turn of the next member of ${f.records.strings.text(f.aux)}.`,
  },
  [MQTT_FACTS.published]: {
    name: 'passedToSubscribers',
    tone: 'normal',
    sentence: (f) =>
      f.aux === 0
        ? `${who(f)} takes ${f.label(f.message)} on ${topicOf(f)}. Nobody is subscribed, so it goes nowhere.`
        : `${who(f)} takes ${f.label(f.message)} on ${topicOf(f)}, for ${f.aux} ${f.aux === 1 ? 'subscription' : 'subscriptions'}.`,
  },
  [MQTT_FACTS.retained]: {
    name: 'retained',
    tone: 'normal',
    sentence: (f) =>
      `${who(f)} keeps ${f.label(f.message)} as the retained message of ${topicOf(f)}.`,
  },
  [MQTT_FACTS.retainedCleared]: {
    name: 'retainedCleared',
    tone: 'normal',
    sentence: (f) => `${who(f)} keeps nothing for ${topicOf(f)} any more.`,
  },
  [MQTT_FACTS.queued]: {
    name: 'sessionQueued',
    tone: 'link',
    sentence: (f) => `${f.label(f.message)} waits in the session of ${who(f)}.`,
  },
  [MQTT_FACTS.sentOnce]: {
    name: 'brokerSentOnce',
    tone: 'normal',
    sentence: (f) => `The broker sends ${f.label(f.message)} to ${who(f)} with QoS 0, once.`,
  },
  [MQTT_FACTS.sent]: {
    name: 'brokerSent',
    tone: 'normal',
    sentence: (f) =>
      `The broker sends ${f.label(f.message)} to ${who(f)} and waits for the answer.`,
  },
  [MQTT_FACTS.sentAgain]: {
    name: 'brokerSentAgain',
    tone: 'fault',
    sentence: (f) =>
      `${f.label(f.message)} was not answered: the broker sends it to ${who(f)} again, with DUP.`,
  },
  [MQTT_FACTS.pubackReceived]: {
    name: 'brokerGotPuback',
    tone: 'link',
    sentence: (f) => `PUBACK: the broker is done with ${f.label(f.message)} for ${who(f)}.`,
  },
  [MQTT_FACTS.pubrecReceived]: {
    name: 'brokerGotPubrec',
    tone: 'link',
    sentence: (f) => `PUBREC: ${who(f)} has ${f.label(f.message)}.`,
  },
  [MQTT_FACTS.pubrelSent]: {
    name: 'brokerSentPubrel',
    tone: 'link',
    sentence: (f) => `PUBREL: the broker releases ${f.label(f.message)} for ${who(f)}.`,
  },
  [MQTT_FACTS.pubcompReceived]: {
    name: 'brokerGotPubcomp',
    tone: 'link',
    sentence: (f) => `PUBCOMP: the broker is done with ${f.label(f.message)} for ${who(f)}.`,
  },
  [MQTT_FACTS.dropped]: {
    name: 'sessionDropped',
    tone: 'fault',
    sentence: (f) =>
      f.aux === DROPPED.absent
        ? `${f.label(f.message)} has QoS 0 and ${who(f)} is not connected: its session does not keep it.`
        : f.aux === DROPPED.full
          ? `The session of ${who(f)} is full: ${f.label(f.message)} is dropped.`
          : `${f.label(f.message)} expired before ${who(f)} got it.`,
  },
  [MQTT_FACTS.held]: {
    name: 'brokerHeld',
    tone: 'link',
    sentence: (f) => `The broker holds ${f.label(f.message)} until ${who(f)} releases it.`,
  },
  [MQTT_FACTS.pubackSent]: {
    name: 'brokerSentPuback',
    tone: 'link',
    sentence: (f) => `PUBACK: the broker tells ${who(f)} that it has ${f.label(f.message)}.`,
  },
  [MQTT_FACTS.pubrecSent]: {
    name: 'brokerSentPubrec',
    tone: 'link',
    sentence: (f) => `PUBREC: the broker tells ${who(f)} that it holds ${f.label(f.message)}.`,
  },
  [MQTT_FACTS.pubrelReceived]: {
    name: 'brokerGotPubrel',
    tone: 'link',
    sentence: (f) => `PUBREL: ${who(f)} releases ${f.label(f.message)}.`,
  },
  [MQTT_FACTS.pubcompSent]: {
    name: 'brokerSentPubcomp',
    tone: 'link',
    sentence: (f) => `PUBCOMP: the broker tells ${who(f)} that it is done.`,
  },
  [MQTT_FACTS.willSent]: {
    name: 'willSent',
    tone: 'fault',
    sentence: (f) =>
      `${who(f)} is gone without a goodbye: the broker publishes its last will, ${f.label(f.message)}.`,
  },
  [MQTT_FACTS.willDelayed]: {
    name: 'willDelayed',
    tone: 'normal',
    sentence: (f) => `The last will of ${who(f)} waits for its delay: it may still come back.`,
  },
  [MQTT_FACTS.willDropped]: {
    name: 'willDropped',
    tone: 'normal',
    sentence: (f) => `The last will of ${who(f)} is not wanted any more.`,
  },
}
