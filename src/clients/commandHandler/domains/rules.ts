/** What the deciders have in common: names, amounts, what happened, what does not. */
import type { Command, Decision, Domain } from '../decider.ts'

export function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}

export function isAmount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0
}

export function happened(type: string, data: Record<string, unknown>): Decision {
  return { events: [{ type, data }] }
}

export function rejected(reason: string): { rejected: string } {
  return { rejected: reason }
}

export function notKnown({ type }: Command, of: string, commands: readonly string[]): Decision {
  const last = commands.at(-1)
  const list = `${commands.slice(0, -1).join(', ')} or ${last}`
  return rejected(`${type} is not a command of ${of}. Send ${list}.`)
}

/** Streams that are named by a field of the command: `account-acc1` by `account`. */
export function keyedBy(
  field: string,
  prefix: string,
): Pick<Domain, 'streamOf' | 'complete' | 'prefix'> {
  return {
    prefix,
    streamOf(command, fallback) {
      const name = command[field]
      return isName(name) ? prefix + name : fallback
    },
    complete(command, stream) {
      if (command[field] !== undefined) return command
      return { ...command, [field]: stream.slice(stream.startsWith(prefix) ? prefix.length : 0) }
    },
  }
}
