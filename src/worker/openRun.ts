/** One run as it is looked at: its history, the canvas that it is painted on, and how. */
import type { History } from '../history/history.ts'
import { lookOf } from '../history/looks.ts'
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
      const { records } = history.live
      const looks = new LooksOnDemand((id) => lookOf(records, id))
      this.painter.paint(pen, history.frame(), looks, geometry, view, look)
    }
    return reached
  }

  /** The same as before, with what has come since. */
  repaint(): void {
    if (this.last) this.paint(this.last.moment, this.last.view)
  }
}

/** Looks of messages, made when a message is first drawn in a frame. */
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
    this.known.set(id, look)
    return look
  }
}
