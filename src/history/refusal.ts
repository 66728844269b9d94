/** The latest command that a handler could not carry through: its decider said no, or another writer was faster. */
import type { HandlerConflict } from './conflict.ts'
import type { CommandHandlerState } from './sourcingStates.ts'

export interface Refusal {
  command: number
  atUs: number
  /** Another writer was faster; null if the decider said no. */
  conflict: HandlerConflict | null
  /** Why it was turned down; '' if the handler tries again. */
  reason: string
}

export function latestRefusal({
  rejected,
  conflicted,
}: Pick<CommandHandlerState, 'rejected' | 'conflicted'>): Refusal | null {
  const [turnedDown, conflict] = [rejected.at(-1), conflicted[0]]
  if (conflict && conflict.atUs >= (turnedDown?.atUs ?? 0)) {
    // With no retry left, the conflict is why it is turned down.
    const isOver = turnedDown?.message === conflict.command && turnedDown.atUs === conflict.atUs
    const { command, atUs } = conflict
    return { command, atUs, conflict, reason: isOver ? turnedDown.reason : '' }
  }
  if (!turnedDown) return null
  const { message, atUs, reason } = turnedDown
  return { command: message, atUs, conflict: null, reason }
}
