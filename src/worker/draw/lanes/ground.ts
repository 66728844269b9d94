/** Under and above the lines: the lanes' own ground, round moments, what was done, faults, and the ruler. */
import { FORM } from '../../../history/lanes/lane.ts'
import { RULER_PX } from '../../../history/lanes/layout.ts'
import { ticksIn } from '../../../history/lanes/ticks.ts'
import { familyOf } from '../scene.ts'
import type { LanesScene } from './paint.ts'

const TICK_APART_PX = 88
const FAULT_PX = 3.5

export function paintGround(scene: LanesScene): void {
  const { pen, inks, place, index, selectedLane, computedUs, endUs } = scene
  const { width, height } = place.view
  const { lanePx } = place.layout
  if (selectedLane >= 0) {
    pen.fillStyle = inks.surfaceSunken
    pen.fillRect(0, place.tops[selectedLane] ?? 0, width, lanePx)
  }
  pen.fillStyle = inks.line
  for (const lane of index.order) {
    const bottom = (place.tops[lane] ?? 0) + lanePx
    if (bottom > RULER_PX && bottom < height) pen.fillRect(0, Math.round(bottom) - 1, width, 1)
  }
  pen.globalAlpha = 0.55
  for (const { timeUs } of ticksOf(scene))
    pen.fillRect(Math.round(place.x(timeUs)), RULER_PX, 1, height)
  pen.globalAlpha = 1
  // What is not computed yet, and what lies beyond the end of the run, is no empty time.
  pen.fillStyle = inks.surfaceSunken
  const edge = place.x(Math.min(computedUs, endUs))
  if (edge < width) pen.fillRect(Math.max(0, edge), RULER_PX, width, height)
  pen.fillStyle = inks.dangerSoft
  const { strokes } = scene.window
  for (let i = 0; i < strokes.count; i++) {
    if (strokes.form[i] !== FORM.down) continue
    const left = Math.max(0, place.x(strokes.startUs[i] as number))
    const right = Math.min(width, place.x(Math.min(strokes.endUs[i] as number, computedUs)))
    const top = place.tops[strokes.fromLane[i] as number] ?? 0
    pen.fillRect(left, top, Math.max(1, right - left), lanePx - 1)
  }
}

/** Faults as crosses at the upper edge of their lane, actions as lines through all of them, the ruler over both. */
export function paintMarks(scene: LanesScene): void {
  paintFaults(scene)
  paintActs(scene)
  paintRuler(scene)
}

function paintFaults({ pen, inks, place, window }: LanesScene): void {
  const { strokes } = window
  pen.strokeStyle = inks.danger
  pen.lineWidth = 1.5
  pen.beginPath()
  let before = -1
  for (let i = 0; i < strokes.count; i++) {
    if (strokes.form[i] !== FORM.fault) continue
    const x = Math.round(place.x(strokes.startUs[i] as number))
    const lane = strokes.fromLane[i] as number
    // Faults of one pixel look like one.
    if (x * 4096 + lane === before) continue
    before = x * 4096 + lane
    cross(pen, x, (place.tops[lane] ?? 0) + 7)
  }
  for (let i = 0; i < strokes.count; i++) {
    const isLost = (strokes.reach[i] as number) < 1 && strokes.form[i] === FORM.message
    if (!isLost) continue
    place.ends(strokes, i, ENDS)
    cross(pen, ENDS[2] as number, ENDS[3] as number)
  }
  pen.stroke()
}

const ENDS = new Float64Array(4)

function cross(pen: LanesScene['pen'], x: number, y: number): void {
  pen.moveTo(x - FAULT_PX, y - FAULT_PX)
  pen.lineTo(x + FAULT_PX, y + FAULT_PX)
  pen.moveTo(x + FAULT_PX, y - FAULT_PX)
  pen.lineTo(x - FAULT_PX, y + FAULT_PX)
}

function paintActs({ pen, inks, place, index }: LanesScene): void {
  const { fromUs, toUs, height } = place.view
  pen.strokeStyle = inks.accent
  pen.lineWidth = 1.5
  pen.setLineDash([5, 4])
  pen.beginPath()
  for (const { timeUs } of index.acts) {
    if (timeUs < fromUs || timeUs > toUs) continue
    const x = Math.round(place.x(timeUs)) + 0.5
    pen.moveTo(x, RULER_PX)
    pen.lineTo(x, height)
  }
  pen.stroke()
  pen.setLineDash([])
}

function paintRuler(scene: LanesScene): void {
  const { pen, inks, place } = scene
  const { width } = place.view
  pen.fillStyle = inks.surface
  pen.fillRect(0, 0, width, RULER_PX)
  pen.fillStyle = inks.line
  pen.fillRect(0, RULER_PX - 1, width, 1)
  pen.fillStyle = inks.inkSoft
  pen.font = `500 11px ${familyOf(inks, false)}`
  pen.textAlign = 'left'
  pen.textBaseline = 'middle'
  for (const { timeUs, label } of ticksOf(scene)) {
    const x = Math.round(place.x(timeUs))
    pen.fillRect(x, RULER_PX - 7, 1, 6)
    pen.fillText(label, x + 5, RULER_PX / 2)
  }
}

function ticksOf({ place, endUs }: LanesScene) {
  const { fromUs, toUs, width } = place.view
  return ticksIn(fromUs, toUs, width, TICK_APART_PX).filter(({ timeUs }) => timeUs <= endUs)
}
