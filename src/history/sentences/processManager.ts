/** Sentences about process managers. */
import { PROCESS_MANAGER_FACTS } from '../../clients/processManager/facts.ts'
import type { FactContext, FactKinds } from './sentence.ts'

export const PROCESS_MANAGER_SENTENCES: FactKinds = {
  [PROCESS_MANAGER_FACTS.subscribing]: {
    name: 'subscribing',
    tone: 'normal',
    sentence: (f) => `${f.name(f.node)} subscribes from ${f.place(f.aux)}.`,
  },
  [PROCESS_MANAGER_FACTS.asking]: {
    name: 'asking',
    tone: 'normal',
    sentence: (f) => `${f.name(f.node)} asks for the next page, from ${f.place(f.aux)}.`,
  },
  [PROCESS_MANAGER_FACTS.received]: {
    name: 'received',
    tone: 'normal',
    sentence: (f) =>
      f.message === -1
        ? `${f.name(f.node)} learns that there is nothing new.`
        : `${f.name(f.node)} has events up to ${f.place(f.aux)} in memory.`,
  },
  [PROCESS_MANAGER_FACTS.caughtUp]: {
    name: 'caughtUp',
    tone: 'setup',
    sentence: (f) => `${f.name(f.node)} has caught up and is live.`,
  },
  [PROCESS_MANAGER_FACTS.reacted]: {
    name: 'reacted',
    tone: 'normal',
    sentence: (f) => `${f.name(f.node)} is done with ${event(f)}.`,
  },
  [PROCESS_MANAGER_FACTS.sent]: {
    name: 'commandSent',
    tone: 'normal',
    sentence: (f) => `${f.name(f.node)} sends ${f.label(f.message)} because of ${cause(f)}.`,
  },
  [PROCESS_MANAGER_FACTS.sentAgain]: {
    name: 'commandSentAgain',
    tone: 'fault',
    sentence: (f) =>
      `Nothing has followed on ${f.label(f.message)} in time: ${f.name(f.node)} sends it again.`,
  },
  [PROCESS_MANAGER_FACTS.gaveUp]: {
    name: 'gaveUp',
    tone: 'fault',
    sentence: (f) =>
      `${f.name(f.node)} gives ${f.label(f.message)} up after its last retry. A person must see to it.`,
  },
  [PROCESS_MANAGER_FACTS.checkpointed]: {
    name: 'checkpointed',
    tone: 'normal',
    sentence: (f) => `${f.name(f.node)} saves ${f.place(f.aux)}.`,
  },
  [PROCESS_MANAGER_FACTS.rewound]: {
    name: 'rewound',
    tone: 'normal',
    sentence: (f) => `${f.name(f.node)} goes back to ${f.place(f.aux)} and reacts once more.`,
  },
  [PROCESS_MANAGER_FACTS.remembered]: {
    name: 'remembered',
    tone: 'normal',
    sentence: (f) => `${f.name(f.node)} has reacted to ${event(f)} before, and leaves it.`,
  },
  [PROCESS_MANAGER_FACTS.unroutable]: {
    name: 'commandUnroutable',
    tone: 'fault',
    sentence: (f) =>
      `${f.name(f.node)} has nobody to send a command to: link it to a command handler of the domain ${f.records.strings.text(f.aux)}.`,
  },
  [PROCESS_MANAGER_FACTS.handed]: {
    name: 'handed',
    tone: 'normal',
    sentence: (f) => `${f.name(f.node)} is handed ${event(f)} by its group.`,
  },
  [PROCESS_MANAGER_FACTS.gaveBack]: {
    name: 'gaveBack',
    tone: 'fault',
    sentence: (f) => `${f.name(f.node)} cannot work on ${event(f)} and gives it back.`,
  },
  [PROCESS_MANAGER_FACTS.stopped]: {
    name: 'stopped',
    tone: 'fault',
    sentence: (f) => `${f.name(f.node)} cannot work on ${event(f)}, and stops there.`,
  },
}

function event(fact: FactContext): string {
  return fact.message === -1 ? 'an event' : fact.records.key(fact.message)
}

/** The event that a command came of. */
function cause(fact: FactContext): string {
  return fact.records.key(fact.records.messages.parent(fact.message))
}
