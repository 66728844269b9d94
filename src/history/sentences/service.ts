/** Sentences about services with a database. */
import { type Competing, SERVICE_FACTS } from '../../clients/service/facts.ts'
import type { FactContext, FactKinds } from './sentence.ts'

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
  [SERVICE_FACTS.confirmed]: {
    name: 'rowConfirmed',
    tone: 'normal',
    sentence: (f) =>
      `The relay of ${f.name(f.node)} learns that the broker has ${f.label(f.message)}.`,
  },
  [SERVICE_FACTS.unconfirmed]: {
    name: 'rowToldAgain',
    tone: 'fault',
    sentence: (f) =>
      `No confirm of row ${f.aux} has come in time: the relay of ${f.name(f.node)} publishes it again.`,
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
  [SERVICE_FACTS.taken]: {
    name: 'rowsTaken',
    tone: 'normal',
    sentence: (f) => {
      const { untilUs } = competing(f)
      const claim = untilUs === undefined ? '' : untilUs === -1 ? ' and locks them' : ' by a lease'
      return `${relayOf(f, competing(f).relay)} takes up ${rowsOf(f)}${claim}.`
    },
  },
  [SERVICE_FACTS.markedBy]: {
    name: 'rowsMarked',
    tone: 'normal',
    sentence: (f) => `${relayOf(f, competing(f).relay)} marks ${rowsOf(f)} as published.`,
  },
  [SERVICE_FACTS.competitorCrashed]: {
    name: 'oneRelayCrashed',
    tone: 'fault',
    sentence: (f) => `${relayOf(f, f.aux)} crashes; the service goes on.`,
  },
  [SERVICE_FACTS.competitorRestarted]: {
    name: 'oneRelayRestarted',
    tone: 'action',
    sentence: (f) => `${relayOf(f, f.aux)} starts again and reads what is free and not marked.`,
  },
  [SERVICE_FACTS.marked]: {
    name: 'marked',
    tone: 'normal',
    sentence: (f) =>
      `${f.name(f.node)} marks ${f.aux === 1 ? 'one row' : `${f.aux} rows`} as published.`,
  },
}

function competing({ records, aux }: FactContext): Competing {
  return records.rowAt<Competing>(aux)
}

function relayOf(f: FactContext, number: number): string {
  return `Relay ${number + 1} of ${f.name(f.node)}`
}

function rowsOf(f: FactContext): string {
  const { rows } = competing(f)
  const [first, last] = [rows[0], rows.at(-1)]
  return first === last ? `row ${first}` : `rows ${first} to ${last}`
}
