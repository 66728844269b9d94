/** What a command handler does, beyond what all clients do: the kinds of its facts, 185 to 199. */
export const COMMAND_HANDLER_FACTS = {
  /** It asks the store for a stream; message = command, aux = number of the request. */
  loading: 185,
  /** The stream came back; message = command, aux = its version, -1 if there is none. */
  loaded: 186,
  /** It decided and asks the store to append; message = command, aux = number of the request. */
  appending: 187,
  /** The command's events are in the store; message = command, aux = version of the last one. */
  accepted: 188,
  /** The command was turned down; message = command, aux = interned reason. */
  rejected: 189,
  /** Another writer was faster; message = command, aux = the stream's version that it found. */
  conflicted: 190,
  /** A command that was only in memory is gone with the process; message = command. */
  lost: 191,
  /** The link works again and the same request is sent once more; message = command, aux = its number. */
  askedAgain: 192,
  /** A command came while the process was down: nobody took it; message = command. */
  unheard: 193,

  /** What loading has cost; message = command, aux = row `ReadCost`. Only where it costs something. */
  read: 590,
  /** It keeps the state, to fold less the next time; aux = row `SnapshotRow`. */
  snapshotTaken: 591,
  /** It waits before it tries again; message = command, aux = microseconds. */
  backingOff: 592,
} as const

/** What loading a stream has cost. */
export interface ReadCost {
  stream: string
  /** Events folded, their bytes with those of the snapshot, and how long it took. */
  folded: number
  bytes: number
  us: number
  /** Version of the snapshot that it began with, -1 if with none. */
  from: number
}

/** A state as it was after the event `version` of a stream. */
export interface SnapshotRow {
  stream: string
  version: number
  /** Which fold has made it: `account/1`. */
  schema: string
  /** The state as JSON. */
  state: string
}
