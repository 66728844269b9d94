/** Sentences about event stores. */
import { EventLog } from '../../brokers/eventstore/eventLog.ts'
import { ANY, expectationText } from '../../brokers/eventstore/expectedVersion.ts'
import { type Conflict, EVENTSTORE_FACTS, type Subscribed } from '../../brokers/eventstore/facts.ts'
import type { FactContext, FactKinds } from './sentence.ts'

export const EVENTSTORE_SENTENCES: FactKinds = {
  [EVENTSTORE_FACTS.streamCreated]: {
    name: 'streamCreated',
    tone: 'normal',
    sentence: (f) => `Stream ${f.records.strings.text(f.aux)} begins.`,
  },
  [EVENTSTORE_FACTS.appended]: {
    name: 'appended',
    tone: 'normal',
    sentence: (f) => {
      const log = logOf(f)
      const version = log.versionAt(log.firstPosition(f.message))
      return `Stream ${log.streamName(f.aux)} takes ${type(f)} as version ${version}.`
    },
  },
  [EVENTSTORE_FACTS.conflicted]: {
    name: 'conflicted',
    tone: 'fault',
    sentence: (f) => {
      const { stream, expected, actual } = f.records.rowAt<Conflict>(f.aux)
      const why =
        expected === ANY
          ? 'only some of the events are there already'
          : `expected ${expectationText(expected)}, found ${expectationText(actual)}`
      return `The store refuses the append of ${type(f)} to ${stream}: ${why}.`
    },
  },
  [EVENTSTORE_FACTS.repeated]: {
    name: 'repeated',
    tone: 'normal',
    sentence: (f) =>
      `Stream ${logOf(f).streamName(f.aux)} has this ${type(f)} already: the append succeeds and writes nothing.`,
  },
  [EVENTSTORE_FACTS.subscribed]: {
    name: 'subscribed',
    tone: 'setup',
    sentence: (f) => {
      const { stream, from } = f.records.rowAt<Subscribed>(f.aux)
      const what = stream === null ? 'all events' : `stream ${stream}`
      return `A subscription to ${what} begins at ${stream === null ? 'position' : 'version'} ${from}.`
    },
  },
  [EVENTSTORE_FACTS.delivered]: {
    name: 'delivered',
    tone: 'link',
    sentence: (f) => `${f.name(f.node)} sends ${type(f)} to a subscriber.`,
  },
  [EVENTSTORE_FACTS.caughtUp]: {
    name: 'caughtUp',
    tone: 'setup',
    sentence: (f) => `A subscription to ${f.name(f.node)} has caught up and is live.`,
  },
  [EVENTSTORE_FACTS.unsubscribed]: {
    name: 'unsubscribed',
    tone: 'setup',
    sentence: (f) => `A subscription to ${f.name(f.node)} ends: its connection is gone.`,
  },
}

/** What an event is called in a sentence: its type. */
function type(fact: FactContext): string {
  return fact.message === -1 ? 'an event' : fact.records.key(fact.message)
}

function logOf(fact: FactContext): EventLog {
  return new EventLog(fact.records, fact.node)
}
