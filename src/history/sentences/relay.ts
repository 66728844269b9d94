/** Sentences about relays. */
import { RELAY_FACTS } from '../../clients/relay/facts.ts'
import type { FactKinds } from './sentence.ts'

export const RELAY_SENTENCES: FactKinds = {
  [RELAY_FACTS.polling]: {
    name: 'polling',
    tone: 'link',
    sentence: (f) => `${f.name(f.node)} asks for events from position ${f.aux}.`,
  },
  [RELAY_FACTS.polled]: {
    name: 'polled',
    tone: 'link',
    sentence: (f) =>
      f.aux === 0
        ? `${f.name(f.node)} learns that there is nothing new.`
        : `${f.name(f.node)} gets ${f.aux === 1 ? '1 event' : `${f.aux} events`}.`,
  },
  [RELAY_FACTS.relayed]: {
    name: 'relayed',
    tone: 'normal',
    sentence: (f) => `${f.name(f.node)} makes a message of ${f.records.key(f.message)}.`,
  },
  [RELAY_FACTS.saved]: {
    name: 'saved',
    tone: 'normal',
    sentence: (f) => `${f.name(f.node)} saves position ${f.aux}.`,
  },
  [RELAY_FACTS.confirmed]: {
    name: 'relayConfirmed',
    tone: 'normal',
    sentence: (f) => `${f.name(f.node)} learns that the broker has ${f.label(f.message)}.`,
  },
  [RELAY_FACTS.unconfirmed]: {
    name: 'relayedAgain',
    tone: 'fault',
    sentence: (f) =>
      `No confirm of ${f.records.key(f.message)} has come in time: ${f.name(f.node)} publishes it again.`,
  },
}
