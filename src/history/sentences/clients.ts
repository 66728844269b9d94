/** Sentences about clients in general, about producers and about consumers of queues. */
import { CLIENT_FACTS } from '../../clients/client.ts'
import { CONSUMER_FACTS } from '../../clients/consumer/facts.ts'
import { PRODUCER_FACTS } from '../../clients/producer/facts.ts'
import type { FactKinds } from './sentence.ts'

/** Where a client was made to crash, in the order of `CRASH_POINTS`. */
const AT_POINT = [
  'before its next effect',
  'after its next effect',
  'after its next acknowledgement',
  'after it has published, before it marks that',
  'when it has read what to publish, before it publishes any',
  'when it has published a part of what it read',
  'after it has marked what it has published',
]

export const CLIENT_SENTENCES: FactKinds = {
  [CLIENT_FACTS.crashed]: {
    name: 'crashed',
    tone: 'fault',
    sentence: (f) => `${f.name(f.node)} crashes.`,
  },
  [CLIENT_FACTS.restarted]: {
    name: 'restarted',
    tone: 'action',
    sentence: (f) => `${f.name(f.node)} starts again with nothing in memory.`,
  },
  [CLIENT_FACTS.settingChanged]: {
    name: 'settingChanged',
    tone: 'action',
    sentence: (f) => {
      const { name, value } = f.records.rowAt<{ name: string; value: unknown }>(f.aux)
      const shown = typeof value === 'object' ? JSON.stringify(value) : String(value)
      return `${f.name(f.node)} runs with ${name} = ${shown} from now on.`
    },
  },
  [CLIENT_FACTS.slowed]: {
    name: 'slowed',
    tone: 'action',
    sentence: (f) => `${f.name(f.node)} now takes ${f.aux / 1000} times as long.`,
  },
  [CLIENT_FACTS.paused]: {
    name: 'paused',
    tone: 'action',
    sentence: (f) => `${f.name(f.node)} pauses: it takes nothing up.`,
  },
  [CLIENT_FACTS.resumed]: {
    name: 'resumed',
    tone: 'action',
    sentence: (f) => `${f.name(f.node)} goes on.`,
  },
  [CLIENT_FACTS.crashArmed]: {
    name: 'crashArmed',
    tone: 'action',
    sentence: (f) => `${f.name(f.node)} will crash ${AT_POINT[f.aux - 1] ?? 'soon'}.`,
  },
  [CLIENT_FACTS.started]: {
    name: 'started',
    tone: 'normal',
    sentence: (f) => `${f.name(f.node)} starts work on ${f.label(f.message)}.`,
  },
  [CLIENT_FACTS.processed]: {
    name: 'processed',
    tone: 'normal',
    sentence: (f) => `${f.name(f.node)} has processed ${f.label(f.message)}.`,
  },
  [CLIENT_FACTS.failed]: {
    name: 'failed',
    tone: 'fault',
    sentence: (f) => `${f.name(f.node)}'s handler throws on ${f.label(f.message)}.`,
  },
  [CLIENT_FACTS.published]: {
    name: 'published',
    tone: 'normal',
    sentence: (f) =>
      f.aux === -1
        ? `${f.name(f.node)} publishes ${f.label(f.message)} to nowhere: it has no link.`
        : `${f.name(f.node)} publishes ${f.label(f.message)}.`,
  },
  [CLIENT_FACTS.received]: {
    name: 'received',
    tone: 'normal',
    sentence: (f) => `${f.label(f.message)} waits in the buffer of ${f.name(f.node)}.`,
  },
  [PRODUCER_FACTS.planned]: {
    name: 'planned',
    tone: 'link',
    sentence: (f) => `${f.name(f.node)} plans its next message.`,
  },
  [PRODUCER_FACTS.propertiesSet]: {
    name: 'propertiesSet',
    tone: 'setup',
    sentence: (f) => `${f.name(f.node)} gives its messages properties.`,
  },
  [PRODUCER_FACTS.confirmed]: {
    name: 'confirmReceived',
    tone: 'normal',
    sentence: (f) => `${f.name(f.node)} knows that the broker has ${f.label(f.message)}.`,
  },
  [PRODUCER_FACTS.refused]: {
    name: 'nackReceived',
    tone: 'fault',
    sentence: (f) =>
      `${f.name(f.node)} is told that the broker could not store ${f.label(f.message)}.`,
  },
  [PRODUCER_FACTS.returned]: {
    name: 'returnReceived',
    tone: 'fault',
    sentence: (f) => `${f.label(f.message)} came back to ${f.name(f.node)}: no queue took it.`,
  },
  [PRODUCER_FACTS.timedOut]: {
    name: 'confirmTimedOut',
    tone: 'fault',
    sentence: (f) =>
      `${f.name(f.node)} has waited long enough for the confirm of ${f.label(f.message)}.`,
  },
  [PRODUCER_FACTS.retryPlanned]: {
    name: 'retryPlanned',
    tone: 'normal',
    sentence: (f) =>
      `${f.name(f.node)} will publish ${f.label(f.message)} again in ${f.aux / 1_000_000} s.`,
  },
  [PRODUCER_FACTS.republished]: {
    name: 'republished',
    tone: 'fault',
    sentence: (f) => `${f.name(f.node)} publishes ${f.label(f.message)} again, attempt ${f.aux}.`,
  },
  [PRODUCER_FACTS.gaveUp]: {
    name: 'gaveUp',
    tone: 'fault',
    sentence: (f) =>
      `${f.name(f.node)} gives ${f.label(f.message)} up after ${f.aux === 1 ? 'one attempt' : `${f.aux} attempts`}.`,
  },
  [CONSUMER_FACTS.answeredByHand]: {
    name: 'answeredByHand',
    tone: 'action',
    sentence: (f) => `You answer ${f.label(f.message)} in place of ${f.name(f.node)}.`,
  },
  [CONSUMER_FACTS.passedOver]: {
    name: 'passedOver',
    tone: 'link',
    sentence: (f) =>
      `${f.name(f.node)} passes ${f.label(f.message)} over: it was answered by hand.`,
  },
  [CLIENT_FACTS.deduplicated]: {
    name: 'inInbox',
    tone: 'normal',
    sentence: (f) =>
      `${f.name(f.node)} has ${f.label(f.message)} in its inbox: it has no effect again.`,
  },
  [CONSUMER_FACTS.subscriptionLost]: {
    name: 'subscriptionLost',
    tone: 'fault',
    sentence: (f) =>
      f.aux === 0
        ? `${f.name(f.node)} gets nothing more: its queue is gone.`
        : `${f.name(f.node)} gets nothing more: the broker closed its channel (${f.aux}).`,
  },
  [CONSUMER_FACTS.forgotten]: {
    name: 'forgotten',
    tone: 'fault',
    sentence: (f) => `${f.label(f.message)} is gone from the memory of ${f.name(f.node)}.`,
  },
}
