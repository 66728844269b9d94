/** Paints the lanes under a view, with what has been read of the run so far; a long run is read over several asks. */
import type { LanesView } from '../draw/lanes/easel.ts'
import { paintOnEasel, readLanes } from '../draw/lanes/painting.ts'
import { type Asked, STEP_FACTS } from './answer.ts'

/** Steps of reading before one painting: about as long as a frame. */
const STEPS = 4

export function* answerLanes(
  { history, lanes, look }: Asked,
  view: LanesView,
): Generator<undefined, { isBehind: boolean }, undefined> {
  let isBehind = true
  for (let step = 0; step < STEPS && isBehind; step++) {
    isBehind = readLanes(history, STEP_FACTS)
    if (isBehind) yield
  }
  if (look) paintOnEasel(lanes, history, look, view)
  return { isBehind }
}
