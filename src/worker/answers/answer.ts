/**
 * How a question about a run is answered. Each question is one function in a file of its own beside this
 * one and one line in `index.ts`. A function that may take longer than a slice is a generator: it yields
 * every few thousand facts, and the host lets seeks and the other runs have their turn in between.
 */
import type { History } from '../../history/history.ts'
import type { LanesEasel } from '../draw/lanes/easel.ts'
import type { Painter } from '../draw/painter.ts'
import type { Look, RunId } from '../protocol.ts'

/** What a question is put to. */
export interface Asked {
  /** The run that was asked about. Its viewed world may stand elsewhere after each `yield`. */
  history: History
  /** What painted it last. */
  painter: Painter
  /** The canvas that its lanes are painted on, and how. */
  lanes: LanesEasel
  look: Look | null
  /** Another run that is open beside it; undefined where none of that name is. */
  beside(run: RunId): History | undefined
}

/** The run of that name; a question about two runs cannot be answered without it. */
export function besideOf(asked: Asked, run: RunId): History {
  const history = asked.beside(run)
  if (!history) throw new Error('The run to compare with is not open.')
  return history
}

/** Facts that an answer in steps looks at before it gives way: well below a millisecond. */
export const STEP_FACTS = 8_192

/** Calls `look` for the facts up to `to`, a step at a time. */
export function* inSteps(
  from: number,
  to: number,
  look: (from: number, to: number) => void,
): Generator<undefined, void, undefined> {
  for (let at = from; at < to; at += STEP_FACTS) {
    look(at, Math.min(to, at + STEP_FACTS))
    yield
  }
}
