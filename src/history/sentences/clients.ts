/** Sentences about clients in general, about producers and about consumers of queues. */
import { CLIENT_FACTS } from '../../clients/client.ts'
import { CONSUMER_FACTS } from '../../clients/consumer/facts.ts'
import { PRODUCER_FACTS } from '../../clients/producer/facts.ts'
import type { FactKinds } from './sentence.ts'

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
  [CONSUMER_FACTS.forgotten]: {
    name: 'forgotten',
    tone: 'fault',
    sentence: (f) => `${f.label(f.message)} is gone from the memory of ${f.name(f.node)}.`,
  },
}
