/** One run as it is looked at: its history, the canvas that it is painted on, and how. */
import { FlightColumns } from '../history/flightColumns.ts'
import type { History } from '../history/history.ts'
import { lookOf } from '../history/looks.ts'
import { DOTS_ABOVE } from './draw/density.ts'
import { HueTable } from './draw/hues.ts'
import { LanesEasel } from './draw/lanes/easel.ts'
import { createPainter } from './draw/painter.ts'
import type { Pen, Surface } from './draw/pen.ts'
import type { Geometry, Look, Moment, Progress, View } from './protocol.ts'

export class OpenRun {
  history: History | null = null
  geometry: Geometry | null = null
  look: Look | null = null
  readonly painter = createPainter()
  readonly lanes = new LanesEasel()
  private readonly flights = new FlightColumns()
  private surface: Surface | null = null
  private pen: Pen | null = null
  /** What was drawn last: it is drawn again when the typefaces have come. */
  private last: { moment: Moment; view: View } | null = null
  /** What the page was told last of how far the run is. */
  private told: Progress | null = null

  paintOn(surface: Surface | null): void {
    this.surface = surface
    this.pen = surface ? (surface.getContext('2d') as Pen) : null
  }

  open(history: History): void {
    this.history = history
    this.told = null
  }

  /** How far the run is, if the page does not know. */
  news(): Progress | null {
    const { history, told } = this
    if (!history) return null
    const { progress } = history
    const isKnown =
      told?.factCount === progress.factCount &&
      told.computedUs === progress.computedUs &&
      told.done === progress.done
    if (isKnown) return null
    this.told = progress
    return progress
  }

  /** Paints a moment; returns where it is. */
  paint(moment: Moment, view: View): { timeUs: number; factIndex: number } | null {
    const { history, geometry, look, pen, surface } = this
    if (!history) return null
    this.last = { moment, view }
    const reached = history.seek(moment)
    if (pen && surface && geometry && look && view.width > 0 && view.height > 0) {
      const width = Math.round(view.width * view.pixelRatio)
      const height = Math.round(view.height * view.pixelRatio)
      if (surface.width !== width) surface.width = width
      if (surface.height !== height) surface.height = height
      const { looks, hues } = namesOf(history)
      const flights = look.still ? null : this.multitudeOf(history)
      const multitude = flights ? { flights, hues } : undefined
      this.painter.paint(pen, history.frame(!flights), looks, geometry, view, look, multitude)
    }
    return reached
  }

  /** What is under way as columns, if it is too much for an object each. */
  private multitudeOf(history: History): FlightColumns | null {
    if (history.underWay <= DOTS_ABOVE) return null
    this.flights.fill(history.viewed)
    return this.flights.tokens > DOTS_ABOVE ? this.flights : null
  }

  /** The same as before, with what has come since. */
  repaint(): void {
    if (this.last) this.paint(this.last.moment, this.last.view)
  }
}

/** How the messages of each run are named and coloured: nothing of that ever changes. */
const names = new WeakMap<History, { looks: LooksOnDemand; hues: HueTable }>()

function namesOf(history: History) {
  const known = names.get(history)
  if (known) return known
  const { records } = history.live
  const looks = new LooksOnDemand((id) => lookOf(records, id))
  const hues = new HueTable((id) => lookOf(records, id).hue)
  names.set(history, { looks, hues })
  return { looks, hues }
}

/** Looks kept: more than are ever drawn at once. */
const LOOKS_MAX = 20_000

/** Looks of messages, made when a message is first drawn. */
class LooksOnDemand {
  private readonly known = new Map<number, ReturnType<typeof lookOf>>()
  private readonly make: (id: number) => ReturnType<typeof lookOf>
  constructor(make: (id: number) => ReturnType<typeof lookOf>) {
    this.make = make
  }
  get(id: number): ReturnType<typeof lookOf> {
    const known = this.known.get(id)
    if (known) return known
    const look = this.make(id)
    if (this.known.size >= LOOKS_MAX) this.known.clear()
    this.known.set(id, look)
    return look
  }
}
