/** Sentences about services with a database. */
import { SERVICE_FACTS } from '../../clients/service/facts.ts'
import type { FactKinds } from './sentence.ts'

export const SERVICE_SENTENCES: FactKinds = {
  [SERVICE_FACTS.rowSaved]: {
    name: 'rowSaved',
    tone: 'normal',
    sentence: (f) => `${f.name(f.node)} saves row ${f.aux} for ${f.label(f.message)}.`,
  },
  [SERVICE_FACTS.announced]: {
    name: 'announced',
    tone: 'normal',
    sentence: (f) => `${f.name(f.node)} tells others of ${f.label(f.message)}.`,
  },
  [SERVICE_FACTS.finished]: {
    name: 'finished',
    tone: 'normal',
    sentence: (f) => `${f.name(f.node)} is done with ${f.label(f.message)}.`,
  },
  [SERVICE_FACTS.lost]: {
    name: 'lost',
    tone: 'fault',
    sentence: (f) =>
      `${f.label(f.message)} is gone from the memory of ${f.name(f.node)}; what was written of it stays.`,
  },
  [SERVICE_FACTS.unheard]: {
    name: 'unheard',
    tone: 'fault',
    sentence: (f) => `${f.label(f.message)} is lost: ${f.name(f.node)} is down.`,
  },
  [SERVICE_FACTS.relaying]: {
    name: 'relaying',
    tone: 'normal',
    sentence: (f) =>
      `The relay of ${f.name(f.node)} publishes what is not marked, up to row ${f.aux}.`,
  },
  [SERVICE_FACTS.relayCrashed]: {
    name: 'relayCrashed',
    tone: 'fault',
    sentence: (f) => `The relay of ${f.name(f.node)} crashes; the service goes on.`,
  },
  [SERVICE_FACTS.relayRestarted]: {
    name: 'relayRestarted',
    tone: 'action',
    sentence: (f) => `The relay of ${f.name(f.node)} starts again and reads what is not marked.`,
  },
  [SERVICE_FACTS.marked]: {
    name: 'marked',
    tone: 'normal',
    sentence: (f) => `${f.name(f.node)} marks ${f.aux} rows as published.`,
  },
}
