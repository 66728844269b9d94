/** Sentences about projections. */
import { PROJECTION_FACTS } from '../../clients/projection/facts.ts'
import type { FactKinds } from './sentence.ts'

export const PROJECTION_SENTENCES: FactKinds = {
  [PROJECTION_FACTS.subscribing]: {
    name: 'subscribing',
    tone: 'normal',
    sentence: (f) => `${f.name(f.node)} subscribes from position ${f.aux}.`,
  },
  [PROJECTION_FACTS.asking]: {
    name: 'asking',
    tone: 'normal',
    sentence: (f) => `${f.name(f.node)} asks for the next page, from position ${f.aux}.`,
  },
  [PROJECTION_FACTS.received]: {
    name: 'received',
    tone: 'normal',
    sentence: (f) =>
      f.message === -1
        ? `${f.name(f.node)} learns that there is nothing new: it knows all up to position ${f.aux}.`
        : `${f.name(f.node)} has events up to position ${f.aux} in memory.`,
  },
  [PROJECTION_FACTS.caughtUp]: {
    name: 'caughtUp',
    tone: 'setup',
    sentence: (f) =>
      `${f.name(f.node)} has caught up: from now on events come as they are written.`,
  },
}
