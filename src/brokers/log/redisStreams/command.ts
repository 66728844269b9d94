/**
 * Redis commands on streams, as a client sends them: words in, the reply out
 * (redis.io/docs/latest/commands, group "stream"). What they mean is `server.ts`.
 */

import {
  acknowledgeCommand,
  autoClaimCommand,
  claimCommand,
  groupCommand,
  pendingCommand,
} from './commands/groups.ts'
import { infoCommand } from './commands/info.ts'
import { rangeCommand, readCommand } from './commands/reading.ts'
import {
  addCommand,
  deleteCommand,
  lengthCommand,
  setIdCommand,
  trimCommand,
} from './commands/writing.ts'
import { RedisError } from './errors.ts'
import type { RedisStreams } from './server.ts'
import { Words } from './words.ts'

/** A reply as Redis sends it: nil is null. */
export type Reply = string | number | null | readonly Reply[]

/** Who sends, and the message that its body makes: XADD needs one. */
export interface Sender {
  client: string
  message(fields: readonly string[]): number
}

/** `waiting`: the reply comes by the wire. */
export type Answer = Reply | typeof WAITING
export const WAITING = Symbol('waiting')

type Command = (server: RedisStreams, words: Words, sender: Sender) => Answer

function deleteKeys(server: RedisStreams, words: Words): Reply {
  return words.rest().filter((key) => server.deleteStream(key)).length
}

/** Each command with the fewest words that it has. */
const COMMANDS: Readonly<Record<string, readonly [fewest: number, run: Command]>> = {
  XADD: [5, addCommand],
  XLEN: [2, lengthCommand],
  XDEL: [3, deleteCommand],
  XTRIM: [4, trimCommand],
  XSETID: [3, setIdCommand],
  XRANGE: [4, (server, words) => rangeCommand(server, words, false)],
  XREVRANGE: [4, (server, words) => rangeCommand(server, words, true)],
  XREAD: [4, (server, words, { client }) => readCommand(server, words, client, false)],
  XREADGROUP: [7, (server, words, { client }) => readCommand(server, words, client, true)],
  XGROUP: [2, groupCommand],
  XACK: [4, acknowledgeCommand],
  XPENDING: [3, pendingCommand],
  XCLAIM: [6, claimCommand],
  XAUTOCLAIM: [6, autoClaimCommand],
  XINFO: [2, infoCommand],
  DEL: [2, deleteKeys],
  UNLINK: [2, deleteKeys],
  TYPE: [2, (server, words) => (server.stream(words.take()) ? 'stream' : 'none')],
  EXISTS: [2, (server, words) => words.rest().filter((key) => server.stream(key)).length],
}

export function isStreamCommand(name: string): boolean {
  return name.toUpperCase() in COMMANDS
}

/** Performs a command. Refusals are thrown as `RedisError`. */
export function perform(server: RedisStreams, sent: readonly string[], sender: Sender): Answer {
  const name = (sent[0] ?? '').toUpperCase()
  const known = COMMANDS[name]
  if (!known) throw new RedisError(`ERR unknown command '${sent[0]}'`)
  if (sent.length < known[0]) {
    throw new RedisError(`ERR wrong number of arguments for '${name.toLowerCase()}' command`)
  }
  return known[1](server, new Words(sent.slice(1)), sender)
}
