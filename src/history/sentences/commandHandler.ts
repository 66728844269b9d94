/** Sentences about command handlers. */
import { expectationText } from '../../brokers/eventstore/expectedVersion.ts'
import {
  COMMAND_HANDLER_FACTS,
  type ReadCost,
  type SnapshotRow,
} from '../../clients/commandHandler/facts.ts'
import { Requests } from '../../clients/commandHandler/requests.ts'
import type { FactContext, FactKinds } from './sentence.ts'

export const COMMAND_HANDLER_SENTENCES: FactKinds = {
  [COMMAND_HANDLER_FACTS.loading]: {
    name: 'loading',
    tone: 'normal',
    sentence: (f) => `${f.name(f.node)} asks for stream ${streamOf(f)} to decide ${command(f)}.`,
  },
  [COMMAND_HANDLER_FACTS.loaded]: {
    name: 'loaded',
    tone: 'normal',
    sentence: (f) =>
      f.aux === -1
        ? `${f.name(f.node)} learns that there is no such stream yet.`
        : `${f.name(f.node)} folds the stream up to version ${f.aux}.`,
  },
  [COMMAND_HANDLER_FACTS.appending]: {
    name: 'appending',
    tone: 'normal',
    sentence: (f) => {
      const { expected, firstEvent, eventCount } = requestOf(f)
      const event = f.records.key(firstEvent)
      const events = eventCount === 1 ? event : `${event} and ${eventCount - 1} more`
      return `${f.name(f.node)} decides: ${events}. It expects ${expectationText(expected)} and appends.`
    },
  },
  [COMMAND_HANDLER_FACTS.accepted]: {
    name: 'accepted',
    tone: 'normal',
    sentence: (f) => `${f.name(f.node)} accepts ${command(f)}: the stream is at version ${f.aux}.`,
  },
  [COMMAND_HANDLER_FACTS.rejected]: {
    name: 'rejected',
    tone: 'fault',
    sentence: (f) => `${f.name(f.node)} rejects ${command(f)}. ${f.records.strings.text(f.aux)}`,
  },
  [COMMAND_HANDLER_FACTS.conflicted]: {
    name: 'conflicted',
    tone: 'fault',
    sentence: (f) =>
      `Another writer is faster than ${f.name(f.node)}: the stream is at version ${f.aux} by now.`,
  },
  [COMMAND_HANDLER_FACTS.lost]: {
    name: 'lost',
    tone: 'fault',
    sentence: (f) => `${command(f)} is lost: it was only in the memory of ${f.name(f.node)}.`,
  },
  [COMMAND_HANDLER_FACTS.askedAgain]: {
    name: 'askedAgain',
    tone: 'normal',
    sentence: (f) => `${f.name(f.node)} has no answer about ${command(f)} and asks again.`,
  },
  [COMMAND_HANDLER_FACTS.unheard]: {
    name: 'unheard',
    tone: 'fault',
    sentence: (f) => `${command(f)} is lost: ${f.name(f.node)} is down.`,
  },
  [COMMAND_HANDLER_FACTS.read]: {
    name: 'read',
    tone: 'normal',
    sentence: (f) => {
      const { stream, folded, bytes, us, from } = f.records.rowAt<ReadCost>(f.aux)
      const start = from === -1 ? '' : `begins with the snapshot of version ${from}, `
      const events = folded === 1 ? 'one event' : `${folded} events`
      return `${f.name(f.node)} ${start}reads ${bytes} bytes of ${stream} and folds ${events} in ${us / 1000} ms.`
    },
  },
  [COMMAND_HANDLER_FACTS.snapshotTaken]: {
    name: 'snapshotTaken',
    tone: 'normal',
    sentence: (f) => {
      const { stream, version, schema, state } = f.records.rowAt<SnapshotRow>(f.aux)
      return `${f.name(f.node)} keeps a snapshot of ${stream} at version ${version} (${schema}, ${state.length} bytes).`
    },
  },
  [COMMAND_HANDLER_FACTS.backingOff]: {
    name: 'backingOff',
    tone: 'normal',
    sentence: (f) => `${f.name(f.node)} waits ${f.aux / 1000} ms before it tries again.`,
  },
}

function command(fact: FactContext): string {
  return fact.label(fact.message)
}

function requestOf(fact: FactContext) {
  return new Requests(fact.records, fact.node).get(fact.aux)
}

function streamOf(fact: FactContext): string {
  return fact.records.strings.text(requestOf(fact).stream)
}
