/** The canvas that a run's lanes are painted on, with what was painted last. Light: how it is painted comes with the first ask. */
import type { LaneWindow } from '../../../history/lanes/laneWindow.ts'
import type { Pen, Surface } from '../pen.ts'
import type { LanePlace } from './place.ts'

/** How the lanes are looked at: a window of time, and how far they are scrolled. */
export interface LanesView {
  fromUs: number
  toUs: number
  width: number
  height: number
  scrollTop: number
  pixelRatio: number
}

/** What was painted last: it answers what lies under a point. */
export interface PaintedLanes {
  window: LaneWindow
  place: LanePlace
  life: LaneWindow['strokes'] | null
}

export class LanesEasel {
  surface: Surface | null = null
  pen: Pen | null = null
  last: PaintedLanes | null = null

  paintOn(surface: Surface | null): void {
    this.surface = surface
    this.pen = surface ? (surface.getContext('2d') as Pen) : null
    if (surface === null) this.last = null
  }
}
