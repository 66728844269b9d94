/** Sentences about share groups. */
import { SHARE_FACTS } from '../../brokers/log/share/facts.ts'
import { groupOf, placeOf } from './log.ts'
import type { FactKinds } from './sentence.ts'

export const SHARE_SENTENCES: FactKinds = {
  [SHARE_FACTS.started]: {
    name: 'shareStarted',
    tone: 'normal',
    sentence: (f) => `Share group ${groupOf(f)} begins in ${placeOf(f)} at offset ${f.aux}.`,
  },
  [SHARE_FACTS.acquired]: {
    name: 'acquired',
    tone: 'normal',
    sentence: (f) => {
      const broker = f.records.ints(f.node, 'broker').get(0)
      const where = placeOf(f, f.records.ints(broker, 'shareProgress').get(f.aux))
      const offset = f.records.ints(broker, 'shareOffset').get(f.aux)
      return `${f.name(f.node)} acquires ${f.label(f.message)} (${where} at ${offset}).`
    },
  },
  [SHARE_FACTS.renewed]: {
    name: 'lockRenewed',
    tone: 'normal',
    sentence: (f) =>
      `${f.name(f.node)} still works on ${f.label(f.message)}: its acquisition lock begins anew.`,
  },
  [SHARE_FACTS.accepted]: {
    name: 'accepted',
    tone: 'normal',
    sentence: (f) => `${f.label(f.message)} is accepted: group ${groupOf(f)} is done with it.`,
  },
  [SHARE_FACTS.released]: {
    name: 'released',
    tone: 'normal',
    sentence: (f) =>
      `${f.label(f.message)} is released and available to group ${groupOf(f)} again.`,
  },
  [SHARE_FACTS.rejected]: {
    name: 'recordRejected',
    tone: 'fault',
    sentence: (f) => `${f.label(f.message)} is rejected: group ${groupOf(f)} gives it up.`,
  },
  [SHARE_FACTS.lockTimedOut]: {
    name: 'lockTimedOut',
    tone: 'fault',
    sentence: (f) =>
      `The acquisition lock of ${f.label(f.message)} times out: it is available to group ${groupOf(f)} again.`,
  },
  [SHARE_FACTS.archived]: {
    name: 'archived',
    tone: 'fault',
    sentence: (f) =>
      `${f.label(f.message)} was delivered as often as group ${groupOf(f)} allows: it is given up.`,
  },
  [SHARE_FACTS.answerRefused]: {
    name: 'answerRefused',
    tone: 'fault',
    sentence: (f) =>
      `${f.name(f.node)} answers ${f.label(f.message)} too late: it is not its own any more.`,
  },
}
