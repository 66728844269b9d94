/**
 * Paints a window of the lanes: the ground and ruler, what is too dense as ribbons, then lines and
 * stretches one by one, the life of the selected message above all.
 */
import type { LaneIndex } from '../../../history/lanes/laneIndex.ts'
import type { LaneWindow } from '../../../history/lanes/laneWindow.ts'
import type { Strokes } from '../../../history/lanes/strokes.ts'
import type { Look } from '../../protocol.ts'
import type { HueTable } from '../hues.ts'
import type { Inks } from '../inks.ts'
import type { Pen } from '../pen.ts'
import { paintGround, paintMarks } from './ground.ts'
import type { LanePlace } from './place.ts'
import { paintRibbons } from './ribbons.ts'
import { paintLife, paintStrokes } from './strokes.ts'

export interface LanesScene {
  pen: Pen
  inks: Inks
  look: Look
  place: LanePlace
  window: LaneWindow
  /** Everything that the selected message does, or null. */
  life: Strokes | null
  index: LaneIndex
  hues: HueTable
  selectedLane: number
  /** What a message is called. */
  label: (message: number) => string
  computedUs: number
  endUs: number
}

export function paintLanes(scene: LanesScene): void {
  const { pen, place } = scene
  pen.globalAlpha = 1
  pen.clearRect(0, 0, place.view.width, place.view.height)
  paintGround(scene)
  paintRibbons(scene)
  paintStrokes(scene)
  if (scene.life) paintLife(scene, scene.life)
  paintMarks(scene)
}
