/** Sentences about polling consumers. */
import { POLLING_CONSUMER_FACTS } from '../../clients/pollingConsumer/facts.ts'
import type { FactKinds } from './sentence.ts'

export const POLLING_CONSUMER_SENTENCES: FactKinds = {
  [POLLING_CONSUMER_FACTS.asked]: {
    name: 'asked',
    tone: 'link',
    sentence: (f) => `${f.name(f.node)} asks for messages.`,
  },
  [POLLING_CONSUMER_FACTS.batchTaken]: {
    name: 'batchTaken',
    tone: 'normal',
    sentence: (f) =>
      f.aux === 1
        ? `${f.name(f.node)} receives ${f.label(f.message)}.`
        : `${f.name(f.node)} receives ${f.aux} messages, ${f.label(f.message)} first.`,
  },
  [POLLING_CONSUMER_FACTS.nothingCame]: {
    name: 'nothingCame',
    tone: 'link',
    sentence: (f) => `${f.name(f.node)} is answered with nothing.`,
  },
}
