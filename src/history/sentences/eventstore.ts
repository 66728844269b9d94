/** Sentences about event stores. */
import { EventLog } from '../../brokers/eventstore/eventLog.ts'
import { ANY, expectationText } from '../../brokers/eventstore/expectedVersion.ts'
import {
  type Conflict,
  EVENTSTORE_FACTS,
  PERSISTENT_FACTS,
  type StreamLimits,
  type Subscribed,
  type Truncation,
} from '../../brokers/eventstore/facts.ts'
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
      const isStream = stream !== null && !stream.startsWith('$all')
      const what = isStream ? `stream ${stream}` : (stream ?? 'all events')
      return `A subscription to ${what} begins at ${isStream ? 'version' : 'position'} ${from}.`
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
  [EVENTSTORE_FACTS.softDeleted]: {
    name: 'softDeleted',
    tone: 'normal',
    sentence: (f) =>
      `Stream ${logOf(f).streamName(f.aux)} is deleted: it cannot be read. A new event would go on from its last version.`,
  },
  [EVENTSTORE_FACTS.tombstoned]: {
    name: 'tombstoned',
    tone: 'normal',
    sentence: (f) =>
      `Stream ${logOf(f).streamName(f.aux)} gets a tombstone: nobody can read or write it again.`,
  },
  [EVENTSTORE_FACTS.limited]: {
    name: 'limited',
    tone: 'setup',
    sentence: (f) => {
      const { stream, maxCount, maxAgeUs } = f.records.rowAt<StreamLimits>(f.aux)
      const kept = [
        maxCount !== null && `the last ${maxCount} events`,
        maxAgeUs !== null && `events of the last ${maxAgeUs / 1e6} s`,
      ].filter(Boolean)
      return `Stream ${stream} keeps ${kept.join(' and ') || 'all events'}.`
    },
  },
  [EVENTSTORE_FACTS.truncated]: {
    name: 'streamTruncated',
    tone: 'setup',
    sentence: (f) => {
      const { stream, before } = f.records.rowAt<Truncation>(f.aux)
      return before === 0
        ? `Stream ${stream} is read from its beginning again.`
        : `Stream ${stream} is read from version ${before} on: what stands before it is left out.`
    },
  },
  [EVENTSTORE_FACTS.refused]: {
    name: 'refusedByTombstone',
    tone: 'fault',
    sentence: (f) =>
      `The store refuses the append of ${type(f)} to ${logOf(f).streamName(f.aux)}: the stream has a tombstone.`,
  },
  [EVENTSTORE_FACTS.keyDeleted]: {
    name: 'keyDeleted',
    tone: 'normal',
    sentence: (f) =>
      `The key of ${f.records.strings.text(f.aux)} is deleted: what is encrypted with it cannot be read any more.`,
  },
}

export const PERSISTENT_SENTENCES: FactKinds = {
  [PERSISTENT_FACTS.joined]: {
    name: 'groupJoined',
    tone: 'setup',
    sentence: () => 'A member joins the persistent subscription.',
  },
  [PERSISTENT_FACTS.left]: {
    name: 'groupLeft',
    tone: 'setup',
    sentence: () => 'A member of the persistent subscription is gone.',
  },
  [PERSISTENT_FACTS.dispatched]: {
    name: 'dispatched',
    tone: 'link',
    sentence: (f) => `The persistent subscription hands ${type(f)} to one of its members.`,
  },
  [PERSISTENT_FACTS.acked]: {
    name: 'groupAcked',
    tone: 'normal',
    sentence: (f) => `${type(f)} is acknowledged: the group is done with it.`,
  },
  [PERSISTENT_FACTS.retried]: {
    name: 'groupRetried',
    tone: 'normal',
    sentence: (f) => `${type(f)} goes back to the persistent subscription and is tried again.`,
  },
  [PERSISTENT_FACTS.parked]: {
    name: 'parked',
    tone: 'fault',
    sentence: (f) => `${type(f)} is parked: nobody gets it until parked events are replayed.`,
  },
  [PERSISTENT_FACTS.skipped]: {
    name: 'skipped',
    tone: 'fault',
    sentence: (f) => `${type(f)} is skipped: the group is done with it, unprocessed.`,
  },
  [PERSISTENT_FACTS.timedOut]: {
    name: 'groupTimedOut',
    tone: 'fault',
    sentence: (f) => `A member has had ${type(f)} for too long without an answer.`,
  },
  [PERSISTENT_FACTS.replayed]: {
    name: 'parkedReplayed',
    tone: 'normal',
    sentence: (f) => `Parked events are replayed: ${f.aux} go out again.`,
  },
  [PERSISTENT_FACTS.checkpointed]: {
    name: 'groupCheckpointed',
    tone: 'link',
    sentence: (f) => `The persistent subscription has come to ${f.aux}: a restart goes on there.`,
  },
}

/** What an event is called in a sentence: its type. */
function type(fact: FactContext): string {
  return fact.message === -1 ? 'an event' : fact.records.key(fact.message)
}

function logOf(fact: FactContext): EventLog {
  return new EventLog(fact.records, fact.node)
}
