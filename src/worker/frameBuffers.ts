/**
 * What goes over the wall at every frame: numbers in a buffer that is handed over, not copied, and comes back with the
 * answer in it. A few buffers go to and fro for as long as the page lives, so that frames leave nothing to collect.
 */
import { assert } from '../base/assert.ts'
import type { Moment, Reply, Request, RunId, View } from './protocol.ts'

type Draw = Extract<Request, { type: 'draw' }>
type Drawn = Extract<Reply, { type: 'drawn' }>

/** Numbers of a buffer: two of the moment, the view, and the run's name as characters behind their count. */
const VIEW = 2
const NAME = 8
const NAME_MAX = 56
const LENGTH = NAME + 1 + NAME_MAX
/** Buffers that wait: one is under way for each run that is drawn. */
const SPARE_MAX = 3

/** Buffers that wait to be handed over; what is missing is made. */
export class FrameBuffers {
  private readonly spare: Float64Array<ArrayBuffer>[] = []

  take(): Float64Array<ArrayBuffer> {
    return this.spare.pop() ?? new Float64Array(LENGTH)
  }

  giveBack(numbers: Float64Array<ArrayBuffer>): void {
    if (this.spare.length < SPARE_MAX) this.spare.push(numbers)
  }
}

/** From the page: which moment to draw. The first number says whether the second is a time or a fact. */
export function writeDraw(into: Float64Array, { run, moment, view }: Draw): void {
  const isTime = 'atUs' in moment
  write(into, run, isTime ? 1 : 0, isTime ? moment.atUs : moment.factIndex, view)
}

export function readDraw(from: Float64Array): Draw {
  const value = numberAt(from, 1)
  const moment: Moment = numberAt(from, 0) === 1 ? { atUs: value } : { factIndex: value }
  return { type: 'draw', run: nameIn(from), moment, view: viewIn(from) }
}

/** From the engine: where what was drawn is. */
export function writeDrawn(into: Float64Array, { run, timeUs, factIndex, view }: Drawn): void {
  write(into, run, timeUs, factIndex, view)
}

export function readDrawn(from: Float64Array): Drawn {
  const [timeUs, factIndex] = [numberAt(from, 0), numberAt(from, 1)]
  return { type: 'drawn', run: nameIn(from), timeUs, factIndex, view: viewIn(from) }
}

function write(into: Float64Array, run: RunId, one: number, other: number, view: View): void {
  assert(run.length <= NAME_MAX, `run ${run} has too long a name`)
  into[0] = one
  into[1] = other
  into[VIEW] = view.x
  into[VIEW + 1] = view.y
  into[VIEW + 2] = view.zoom
  into[VIEW + 3] = view.width
  into[VIEW + 4] = view.height
  into[VIEW + 5] = view.pixelRatio
  into[NAME] = run.length
  for (let i = 0; i < run.length; i++) into[NAME + 1 + i] = run.charCodeAt(i)
}

function viewIn(from: Float64Array): View {
  return {
    x: numberAt(from, VIEW),
    y: numberAt(from, VIEW + 1),
    zoom: numberAt(from, VIEW + 2),
    width: numberAt(from, VIEW + 3),
    height: numberAt(from, VIEW + 4),
    pixelRatio: numberAt(from, VIEW + 5),
  }
}

function nameIn(from: Float64Array): RunId {
  const first = NAME + 1
  return String.fromCharCode(...from.subarray(first, first + numberAt(from, NAME)))
}

function numberAt(from: Float64Array, at: number): number {
  return from[at] as number
}
