/**
 * A decider: the pure core of an event-sourced program, after Jérémie Chassaing's pattern as Emmett
 * (event-driven.io) writes it. Everything that the program knows is the fold of its events.
 */

/** An event of a domain: its type is stored beside its data. */
export interface DomainEvent {
  type: string
  data: Record<string, unknown>
}

/** A command as it came: an object with a type. */
export interface Command {
  type: string
  [field: string]: unknown
}

/** What a decision comes to: events, or a sentence that says why not. */
export type Decision = { events: DomainEvent[] } | { rejected: string }

export interface Decider<State> {
  /** What is known before the first event. */
  initialState(): State
  /** What happens, or why it does not. Never throws, changes nothing. */
  decide(command: Command, state: State): Decision
  /** What is known after one more event. Events that it does not know change nothing. */
  evolve(state: State, event: { type: string; data: unknown }): State
}

/** A decider together with where its commands go. */
export interface Domain<State = unknown> extends Decider<State> {
  /** What its streams' names begin with: `account-`. */
  readonly prefix: string
  /** The stream that a command is about; `fallback` if the command does not say. */
  streamOf(command: Command, fallback: string): string
  /** The command with what it left out taken from its stream. */
  complete(command: Command, stream: string): Command
}

/** Reads a command from a message's body; a sentence if it is none. */
export function readCommand(body: string): { command: Command } | { rejected: string } {
  let value: unknown
  try {
    value = JSON.parse(body)
  } catch {
    return {
      rejected: 'The command is not JSON. Write {"type":"Deposit","account":"acc1","amount":100}.',
    }
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { rejected: 'The command is not an object. Write {"type":"Deposit",…}.' }
  }
  const { type } = value as { type?: unknown }
  if (typeof type !== 'string' || type === '') {
    return { rejected: 'The command has no type. Give it one, such as "type":"Deposit".' }
  }
  return { command: value as Command }
}
