/**
 * What a broker brings to be held to its recorded traces: one file each beside this one, listed in
 * `runners.ts`. Pure, so that the terminal and the browser's worker run the same cases by the same code.
 */
import type { Observation, Trace, TraceStep } from './trace.ts'

/** Sends the operations of a trace to a family and observes what comes of each. */
export interface Driver {
  /** Throws `Unknown` for an operation or argument that the family does not have. */
  step(step: TraceStep): Observation
}

export interface Runner {
  /** The broker's name in traces. */
  readonly broker: string
  /** A new family for a case. */
  start(trace: Trace): Driver
  /**
   * Cases that the family is not held to, by name, each with its reason. Only a case that its own features
   * mark `broker-quirk` can be exempt.
   */
  readonly exempt?: Readonly<Record<string, string>>
  /**
   * Brings what the trace cannot fix (the order of copies, a hash of the broker's own) into one form, in
   * what is expected and in what is seen alike, before the two are compared.
   */
  normal?(observation: Observation, step: TraceStep, trace: Trace): Observation
}

/** The family does not have this: the case fails, it is not skipped. */
export class Unknown extends Error {
  override name = 'Unknown'
}
