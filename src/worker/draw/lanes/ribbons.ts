/** What is too dense to be told apart: bands between lanes and depths on them, with exact counts. */
import type { Ribbon } from '../../../history/lanes/laneWindow.ts'
import { countText } from '../names.ts'
import { familyOf } from '../scene.ts'
import type { LanesScene } from './paint.ts'

const LEVELS = 5
const LABEL_APART_PX = 40

export function paintRibbons(scene: LanesScene): void {
  const { ribbons } = scene.window
  for (const ribbon of ribbons) {
    if (ribbon.what === 'crossings') paintBand(scene, ribbon)
    else if (ribbon.what === 'depth') paintDepth(scene, ribbon)
    else paintTicks(scene, ribbon)
  }
  for (const ribbon of ribbons) paintCount(scene, ribbon)
  scene.pen.globalAlpha = 1
}

/** From lane to lane, the darker the more left in a column; greyed when one message is looked at. */
function paintBand({ pen, inks, place, life, look }: LanesScene, ribbon: Ribbon): void {
  const { counts, fromLane, toLane, isAnswer } = ribbon
  const [y0, y1] = [place.y(fromLane, 0), place.y(toLane, 0)]
  const columnPx = place.view.width / counts.length
  const most = highest(counts)
  pen.fillStyle = isAnswer ? inks.quiet : inks.accent
  const strength = (isAnswer ? 0.16 : 0.42) * (life || look.selectedMessage !== null ? 0.35 : 1)
  for (let level = 1; level <= LEVELS; level++) {
    pen.globalAlpha = (strength * level) / LEVELS
    for (let column = 0; column < counts.length; column++) {
      const count = counts[column] as number
      if (count === 0 || Math.ceil((count / most) * LEVELS) !== level) continue
      const x = Math.round(column * columnPx)
      const right = Math.round((column + 1) * columnPx)
      pen.fillRect(x, Math.min(y0, y1), right - x, Math.abs(y1 - y0))
    }
  }
}

/** How many stay at the end of each column, from the lane's lower edge upwards. */
function paintDepth({ pen, inks, place, look }: LanesScene, ribbon: Ribbon): void {
  const { counts, fromLane } = ribbon
  const { lanePx } = place.layout
  const bottom = (place.tops[fromLane] ?? 0) + lanePx - 1
  const columnPx = place.view.width / counts.length
  const scale = (lanePx - 14) / roundUp(highest(counts))
  pen.globalAlpha = look.selectedMessage === null ? 1 : 0.5
  pen.fillStyle = inks.accent
  for (let column = 0; column < counts.length; column++) {
    const height = (counts[column] as number) * scale
    const x = Math.round(column * columnPx)
    const width = Math.round((column + 1) * columnPx) - x
    if (height > 0) pen.fillRect(x, bottom - height, width, height)
  }
}

/** Moments along a lane: records, events, faults. */
function paintTicks({ pen, inks, place }: LanesScene, ribbon: Ribbon): void {
  const { counts, fromLane, what } = ribbon
  const isFault = what === 'faults'
  const columnPx = place.view.width / counts.length
  const top = (place.tops[fromLane] ?? 0) + (isFault ? 4 : 12)
  const tall = isFault ? 7 : place.layout.lanePx - 24
  const most = highest(counts)
  pen.fillStyle = isFault ? inks.danger : inks.accent
  for (let level = 1; level <= LEVELS; level++) {
    pen.globalAlpha = (0.25 + (0.75 * level) / LEVELS) * (isFault ? 1 : 0.5)
    for (let column = 0; column < counts.length; column++) {
      const count = counts[column] as number
      if (count === 0 || Math.ceil((count / most) * LEVELS) !== level) continue
      pen.fillRect(Math.round(column * columnPx), top, Math.max(1, Math.ceil(columnPx)), tall)
    }
  }
}

/** The exact number, on a ground of its own so that it can be read over anything. */
function paintCount({ pen, inks, place }: LanesScene, ribbon: Ribbon): void {
  const { what, fromLane, toLane, isAnswer, counts, total } = ribbon
  if (what === 'faults' || place.view.width < 200) return
  const text = what === 'depth' ? `0–${countText(roundUp(highest(counts)))}` : countText(total)
  const { lanePx } = place.layout
  const onLane = (place.tops[fromLane] ?? 0) + 11
  const between = (place.y(fromLane, 0) + place.y(toLane, 0)) / 2
  const y = what === 'crossings' ? between : what === 'depth' ? onLane : onLane + lanePx / 2 - 11
  if (
    what === 'crossings' &&
    Math.abs(place.y(fromLane, 0) - place.y(toLane, 0)) < LABEL_APART_PX
  ) {
    return
  }
  const x = what === 'depth' ? 40 : place.view.width * (isAnswer ? 0.62 : 0.38)
  pen.font = `600 11px ${familyOf(inks, false)}`
  pen.textAlign = 'center'
  pen.textBaseline = 'middle'
  const width = pen.measureText(text).width + 12
  pen.globalAlpha = 0.92
  pen.fillStyle = inks.surface
  pen.beginPath()
  pen.roundRect(x - width / 2, y - 9, width, 18, 4)
  pen.fill()
  pen.globalAlpha = 1
  pen.fillStyle = isAnswer ? inks.inkSoft : inks.ink
  pen.fillText(text, x, y)
}

function highest(counts: Uint32Array): number {
  let most = 1
  for (const count of counts) if (count > most) most = count
  return most
}

/** The next of 1, 2, 5, 10, 20 …: a scale that does not change with every window. */
function roundUp(count: number): number {
  for (let unit = 1; ; unit *= 10) {
    for (const step of [1, 2, 5]) if (step * unit >= count) return step * unit
  }
}
