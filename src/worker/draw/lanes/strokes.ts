/** Lines from lane to lane and stretches on them, one by one, sorted by colour so that the pen changes it seldom. */
import { FORM } from '../../../history/lanes/lane.ts'
import type { Strokes } from '../../../history/lanes/strokes.ts'
import { hueOf } from '../inks.ts'
import { familyOf } from '../scene.ts'
import type { LanesScene } from './paint.ts'

/** A path of very many lines takes longer than several of fewer. */
const LINES_A_PATH = 120
const LABELS_MAX = 240
const LABEL_LEAST_PX = 34
const HUES = 8
const ENDS = new Float64Array(4)

export function paintStrokes(scene: LanesScene): void {
  const { window, look, pen } = scene
  const { strokes } = window
  const isRest = look.selectedMessage !== null
  pen.lineCap = 'butt'
  pen.globalAlpha = isRest ? 0.28 : 0.8
  paintLines(scene, strokes, FORM.answer, 1, () => true, scene.inks.quiet)
  if (isRest) {
    paintLines(scene, strokes, FORM.message, 1.25, () => true, scene.inks.quiet)
    paintStays(scene, strokes, () => true, scene.inks.quiet)
  } else {
    for (let hue = 0; hue < HUES; hue++) {
      const isOfHue = (message: number) => scene.hues.of(message) === hue
      const ink = hueOf(scene.inks, hue)
      paintLines(scene, strokes, FORM.message, 1.5, isOfHue, ink)
      paintStays(scene, strokes, isOfHue, ink)
    }
  }
  pen.globalAlpha = 1
  if (!isRest) paintLabels(scene, strokes)
}

/** The selected message: every line and stretch of it, wherever it is dense. */
export function paintLife(scene: LanesScene, life: Strokes): void {
  const { pen, inks, look } = scene
  const ink = hueOf(inks, scene.hues.of(look.selectedMessage ?? -1))
  pen.globalAlpha = 1
  pen.lineCap = 'round'
  paintLines(scene, life, FORM.answer, 1.5, () => true, ink)
  paintLines(scene, life, FORM.message, 3, () => true, ink)
  paintStays(scene, life, () => true, ink)
  paintLabels(scene, life)
  pen.lineCap = 'butt'
}

function paintLines(
  { pen, place, computedUs }: LanesScene,
  strokes: Strokes,
  form: number,
  width: number,
  isMeant: (message: number) => boolean,
  ink: string,
): void {
  pen.strokeStyle = ink
  pen.lineWidth = width
  let lines = 0
  for (let i = 0; i < strokes.count; i++) {
    if (strokes.form[i] !== form || !isMeant(strokes.message[i] as number)) continue
    if ((strokes.startUs[i] as number) > computedUs) continue
    if (lines === 0) pen.beginPath()
    place.ends(strokes, i, ENDS)
    pen.moveTo(ENDS[0] as number, ENDS[1] as number)
    pen.lineTo(ENDS[2] as number, ENDS[3] as number)
    if (++lines < LINES_A_PATH) continue
    pen.stroke()
    lines = 0
  }
  if (lines > 0) pen.stroke()
}

/** Waiting is a thin stretch, work a thick one; what is written stays as a card where it was. */
function paintStays(
  scene: LanesScene,
  strokes: Strokes,
  isMeant: (message: number) => boolean,
  ink: string,
): void {
  const { pen, place } = scene
  pen.fillStyle = ink
  for (let i = 0; i < strokes.count; i++) {
    const form = strokes.form[i]
    if (form !== FORM.waits && form !== FORM.works && form !== FORM.written) continue
    if (!isMeant(strokes.message[i] as number)) continue
    const lane = strokes.fromLane[i] as number
    const { x, width } = stretch(scene, strokes, i)
    const thick = thicknessOf(form, place.pitch(lane))
    const y = place.y(lane, strokes.fromRow[i] as number)
    pen.fillRect(x, y - thick / 2, width, thick)
  }
}

function stretch({ place, computedUs }: LanesScene, strokes: Strokes, i: number) {
  const { width: right } = place.view
  const x = Math.max(-2, place.x(strokes.startUs[i] as number))
  const end = Math.min(right + 2, place.x(Math.min(strokes.endUs[i] as number, computedUs)))
  if (strokes.form[i] === FORM.written) return { x: x - 1.5, width: 3 }
  return { x, width: Math.max(1, end - x) }
}

function thicknessOf(form: number, pitch: number): number {
  if (form === FORM.works) return Math.min(16, pitch - 2)
  if (form === FORM.written) return Math.min(14, pitch - 1)
  return Math.min(5, pitch - 3)
}

/** Names on work and above waiting, where there is room for them. */
function paintLabels(scene: LanesScene, strokes: Strokes): void {
  const { pen, place, inks, label } = scene
  pen.font = `550 11px ${familyOf(inks, false)}`
  pen.textAlign = 'left'
  pen.textBaseline = 'middle'
  let labels = 0
  for (let i = 0; i < strokes.count && labels < LABELS_MAX; i++) {
    const form = strokes.form[i]
    if (form !== FORM.waits && form !== FORM.works) continue
    const lane = strokes.fromLane[i] as number
    const pitch = place.pitch(lane)
    const { x, width } = stretch(scene, strokes, i)
    const roomy = form === FORM.works ? 14 : 20
    if (pitch < roomy || width < LABEL_LEAST_PX) continue
    const text = label(strokes.message[i] as number)
    if (pen.measureText(text).width > width - 8) continue
    labels++
    const y = place.y(lane, strokes.fromRow[i] as number)
    pen.fillStyle = form === FORM.works ? inks.messageInk : inks.inkSoft
    pen.fillText(text, Math.max(4, x + 4), form === FORM.works ? y + 0.5 : y - 8)
  }
}
