/** What a person can do to event stores and to those who follow them, beyond what can be done to every client. */

export type SourcingAct =
  /** A projection folds all of history anew, in the place of its rows or beside them. */
  | { what: 'rebuild'; how: 'inPlace' | 'blueGreen'; view?: string }
  /** A process manager goes back to a position and reacts from there on once more. */
  | { what: 'rewind'; to: number }
  /** The persistent subscription of a process manager hands out its parked events again. */
  | { what: 'replayParked' }
  /** A person answers an event that a persistent subscription has handed to one of its members, in place of that. */
  | { what: 'answerEvent'; message: number; how: 'ack' | 'retry' | 'park' | 'skip' }
  /** A person appends an event to a stream that they expect to be at a version (`ExpectedVersion`). */
  | { what: 'append'; stream: string; expected: number; type: string; data: object }
  /** A stream of a store is deleted, softly or with a tombstone. */
  | { what: 'deleteStream'; stream: string; forGood: boolean }
  /** A stream keeps so many events, or events no older than this; null: all of them. */
  | { what: 'limitStream'; stream: string; maxCount: number | null; maxAgeMs: number | null }
  /** A stream is read from a version on: KurrentDB's `$tb`. */
  | { what: 'truncateStream'; stream: string; before: number }
  /** The key of a person is deleted: what is encrypted with it cannot be read any more. */
  | { what: 'deleteKey'; person: string }
  /** A relay of a service dies alone, or starts again: the first, or the one with this number from 0. */
  | { what: 'crashRelay'; relay?: number }
  | { what: 'restartRelay'; relay?: number }
  /** The events of a stream are appended to another one in their new shape; the old ones stay. */
  | { what: 'copyStream'; stream: string; to: string }

/** The act in words, behind the name of a node: `rebuild in place`. */
export function sourcingActText(act: SourcingAct): string {
  switch (act.what) {
    case 'rebuild':
      return `rebuild ${act.how === 'inPlace' ? 'in place' : 'beside the old table'}`
    case 'rewind':
      return `go back to position ${act.to}`
    case 'replayParked':
      return 'replay parked events'
    case 'answerEvent':
      return `${act.how === 'ack' ? 'acknowledge' : act.how} message ${act.message} by hand`
    case 'append':
      return `append ${act.type} to stream ${act.stream}`
    case 'deleteStream':
      return `${act.forGood ? 'put a tombstone on' : 'delete'} stream ${act.stream}`
    case 'limitStream':
      return `limit stream ${act.stream}`
    case 'truncateStream':
      return `leave out what stands before version ${act.before} of stream ${act.stream}`
    case 'deleteKey':
      return `delete the key of ${act.person}`
    case 'crashRelay':
      return `lose its ${relayText(act.relay)}`
    case 'restartRelay':
      return `start its ${relayText(act.relay)} again`
    case 'copyStream':
      return `copy stream ${act.stream} to ${act.to}`
  }
}

function relayText(relay: number | undefined): string {
  return relay === undefined ? 'relay' : `relay ${relay + 1}`
}
