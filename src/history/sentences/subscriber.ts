/** Sentences about subscribers and requesters. */
import { REQUESTER_FACTS } from '../../clients/requester/facts.ts'
import { SUBSCRIBER_FACTS } from '../../clients/subscriber/facts.ts'
import type { FilterRow } from '../../clients/subscriber/subscriber.ts'
import { missedWords } from '../missedWords.ts'
import type { FactKinds } from './sentence.ts'

const STATUS: Readonly<Record<number, string>> = {
  0: 'no answer came',
  404: 'nothing is there (404)',
  408: 'its time is over (408)',
  409: 'it is refused (409), and it asks again when its time would be over',
}

export const SUBSCRIBER_SENTENCES: FactKinds = {
  [SUBSCRIBER_FACTS.cameOnline]: {
    name: 'cameOnline',
    tone: 'normal',
    sentence: (f) =>
      f.aux === 0
        ? `${f.name(f.node)} connects and subscribes.`
        : `${f.name(f.node)} connects and subscribes again.`,
  },
  [SUBSCRIBER_FACTS.joinPlanned]: {
    name: 'joinPlanned',
    tone: 'setup',
    sentence: (f) => `${f.name(f.node)} joins in ${f.aux / 1000} s.`,
  },
  [SUBSCRIBER_FACTS.wentOffline]: {
    name: 'wentOffline',
    tone: 'action',
    sentence: (f) => `${f.name(f.node)} goes offline.`,
  },
  [SUBSCRIBER_FACTS.missed]: {
    name: 'missedBySubscriber',
    tone: 'fault',
    sentence: (f) => `${f.label(f.message)} passes ${f.name(f.node)} by: ${missedWords(f.aux)}.`,
  },
  [SUBSCRIBER_FACTS.askedNext]: {
    name: 'askedNext',
    tone: 'link',
    sentence: (f) =>
      `${f.name(f.node)} asks for ${f.aux === 1 ? 'a message' : `up to ${f.aux} messages`}.`,
  },
  [SUBSCRIBER_FACTS.requestEnded]: {
    name: 'requestEnded',
    tone: 'link',
    sentence: (f) =>
      `The request of ${f.name(f.node)} is over: ${STATUS[f.aux] ?? `status ${f.aux}`}.`,
  },
  [SUBSCRIBER_FACTS.forgotten]: {
    name: 'forgottenBySubscriber',
    tone: 'fault',
    sentence: (f) =>
      `${f.label(f.message)} was in the memory of ${f.name(f.node)} when it crashed.`,
  },
  [SUBSCRIBER_FACTS.filterChanged]: {
    name: 'filterChanged',
    tone: 'action',
    sentence: (f) =>
      `${f.name(f.node)} subscribes to ${f.records.rowAt<FilterRow>(f.aux).filter} from now on.`,
  },
  [SUBSCRIBER_FACTS.settledByHand]: {
    name: 'settledByHand',
    tone: 'action',
    sentence: (f) => `${f.label(f.message)} is settled by hand at ${f.name(f.node)}.`,
  },
  [SUBSCRIBER_FACTS.skipped]: {
    name: 'skippedBySubscriber',
    tone: 'normal',
    sentence: (f) => `${f.name(f.node)} leaves out ${f.label(f.message)}: it is settled already.`,
  },
  [SUBSCRIBER_FACTS.heard]: {
    name: 'heartbeatHeard',
    tone: 'link',
    sentence: (f) =>
      `${f.name(f.node)} hears that nothing is to be sent, so its consumer is there.`,
  },
  [SUBSCRIBER_FACTS.heartbeatsMissed]: {
    name: 'heartbeatsMissed',
    tone: 'fault',
    sentence: (f) =>
      `${f.name(f.node)} has heard nothing for two heartbeats: its consumer is gone, or the way to it is cut.`,
  },
  [REQUESTER_FACTS.planned]: {
    name: 'requestPlanned',
    tone: 'setup',
    sentence: (f) => `${f.name(f.node)} plans its next request.`,
  },
  [REQUESTER_FACTS.replied]: {
    name: 'replied',
    tone: 'normal',
    sentence: (f) => `${f.name(f.node)} has the reply ${f.label(f.message)} to ${f.label(f.aux)}.`,
  },
  [REQUESTER_FACTS.noResponders]: {
    name: 'requestUnanswerable',
    tone: 'fault',
    sentence: (f) =>
      `${f.name(f.node)} learns at once that nobody can answer ${f.label(f.message)} (503).`,
  },
  [REQUESTER_FACTS.timedOut]: {
    name: 'requestTimedOut',
    tone: 'fault',
    sentence: (f) => `${f.name(f.node)} gives up waiting for the reply to ${f.label(f.message)}.`,
  },
  [REQUESTER_FACTS.replyIgnored]: {
    name: 'replyIgnored',
    tone: 'fault',
    sentence: (f) =>
      `${f.name(f.node)} takes no notice of ${f.label(f.message)}: it does not wait for that reply any more.`,
  },
}
