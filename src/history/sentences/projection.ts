/** Sentences about projections. */
import { PROJECTION_FACTS, type Rebuild } from '../../clients/projection/facts.ts'
import type { FactContext, FactKinds } from './sentence.ts'

export const PROJECTION_SENTENCES: FactKinds = {
  [PROJECTION_FACTS.subscribing]: {
    name: 'subscribing',
    tone: 'normal',
    sentence: (f) => `${f.name(f.node)} subscribes from ${f.place(f.aux)}.`,
  },
  [PROJECTION_FACTS.asking]: {
    name: 'asking',
    tone: 'normal',
    sentence: (f) => `${f.name(f.node)} asks for the next page, from ${f.place(f.aux)}.`,
  },
  [PROJECTION_FACTS.received]: {
    name: 'received',
    tone: 'normal',
    sentence: (f) =>
      f.message === -1
        ? `${f.name(f.node)} learns that there is nothing new: it knows all up to ${f.place(f.aux)}.`
        : `${f.name(f.node)} has events up to ${f.place(f.aux)} in memory.`,
  },
  [PROJECTION_FACTS.caughtUp]: {
    name: 'caughtUp',
    tone: 'setup',
    sentence: (f) =>
      `${f.name(f.node)} has caught up: from now on events come as they are written.`,
  },
  [PROJECTION_FACTS.checkpointed]: {
    name: 'checkpointed',
    tone: 'normal',
    sentence: (f) => `${f.name(f.node)} saves ${f.place(f.aux)}: a restart goes on from there.`,
  },
  [PROJECTION_FACTS.skipped]: {
    name: 'skippedAgain',
    tone: 'normal',
    sentence: (f) =>
      `${f.name(f.node)} leaves ${event(f)} out: its rows hold ${f.place(f.aux)} already.`,
  },
  [PROJECTION_FACTS.rebuilding]: {
    name: 'rebuilding',
    tone: 'normal',
    sentence: (f) => {
      const { how, view } = f.records.rowAt<Rebuild>(f.aux)
      const what = view === undefined ? '' : ` as ${view}`
      return how === 'inPlace'
        ? `${f.name(f.node)} empties its table and folds all of history anew${what}.`
        : `${f.name(f.node)} builds a second table${what} from the beginning; the old one is read meanwhile.`
    },
  },
  [PROJECTION_FACTS.rebuilt]: {
    name: 'rebuilt',
    tone: 'normal',
    sentence: (f) => `${f.name(f.node)} folds ${event(f)} into its new table.`,
  },
  [PROJECTION_FACTS.swapped]: {
    name: 'swapped',
    tone: 'normal',
    sentence: (f) =>
      `The new table of ${f.name(f.node)} has caught up: from now on it is the one that is read.`,
  },
  [PROJECTION_FACTS.stopped]: {
    name: 'stopped',
    tone: 'fault',
    sentence: (f) =>
      `${f.name(f.node)} cannot read ${event(f)} at ${f.place(f.aux)}, and stops there.`,
  },
  [PROJECTION_FACTS.leftOut]: {
    name: 'leftOut',
    tone: 'fault',
    sentence: (f) =>
      `${f.name(f.node)} cannot read ${event(f)} at ${f.place(f.aux)}, and goes on without it.`,
  },
  [PROJECTION_FACTS.asked]: {
    name: 'asked',
    tone: 'normal',
    sentence: (f) =>
      `${f.name(f.node)} is asked by who has just sent ${f.label(f.message)}: position ${f.aux} would be new enough.`,
  },
  [PROJECTION_FACTS.answered]: {
    name: 'answered',
    tone: 'normal',
    sentence: (f) =>
      f.aux === 0
        ? `${f.name(f.node)} answers with what ${f.label(f.message)} has changed.`
        : `${f.name(f.node)} answers with old rows: ${f.aux === 1 ? 'an event is' : `${f.aux} events are`} missing, and ${f.label(f.message)} is among them.`,
  },
}

function event(fact: FactContext): string {
  return fact.message === -1 ? 'an event' : fact.records.key(fact.message)
}
