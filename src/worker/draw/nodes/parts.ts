/** What several kinds of node have inside: slots, rows of messages, rings of work, lines of effects, badges. */
import type { Effect, Held, Job } from '../../../history/frame.ts'
import {
  type Box,
  bufferSlots,
  cellCentre,
  type Grid,
  TOKEN,
  workRings,
} from '../../../scenario/shapes.ts'
import { countText } from '../names.ts'
import { CODE, FIGURE, NOTE, type Scene, type Type, widthOf, write } from '../scene.ts'
import { drawToken, RING } from '../token.ts'

const NOTE_END: Type = { ...NOTE, align: 'right' }
const NOTE_DANGER: Type = { ...NOTE, weight: 550, role: 'danger' }
const TIMES: Type = { ...NOTE, weight: 650, role: 'danger', align: 'right' }
const TIMES_SMALL: Type = { size: 8.5, weight: 650, role: 'danger', align: 'right' }
const BADGE: Type = { size: 11, weight: 650, role: 'danger', align: 'left' }

const centre = { x: 0, y: 0 }

/** How large a token may be in a cell. */
export function fitScale(grid: Grid): number {
  const most = grid.cellWidth > 2 * TOKEN.width - 8 ? 1.6 : 1
  return Math.min(
    most,
    (grid.cellWidth - 3) / TOKEN.width,
    Math.max(0.35, (grid.cellHeight - 3) / TOKEN.height),
  )
}

/** Messages in the cells of a grid, at most as many as it has. */
export function drawHeld(scene: Scene, grid: Grid, held: readonly Held[], marks = 0): void {
  const scale = fitScale(grid)
  const most = Math.min(held.length, grid.columns * grid.rows)
  for (let i = 0; i < most; i++) {
    const each = held[i]
    if (!each) continue
    const { x, y } = cellCentre(grid, i, centre)
    drawToken(scene, each.message, x, y, scale, marks | (each.redelivered ? RING : 0))
    if (each.clock) drawClock(scene, x, y, scale, each.clock)
    const times = each.deliveries ?? 0
    if (times > 0 && scale > 0.6) {
      write(scene, `×${times}`, x + (TOKEN.width * scale) / 2 + 1, y - 9 * scale, TIMES_SMALL)
    }
  }
}

/** A time that runs out: a ring around the token, as long and as thick as what is left of it. */
export function drawClock(
  scene: Scene,
  x: number,
  y: number,
  scale: number,
  { fromUs, untilUs }: NonNullable<Held['clock']>,
): void {
  const { pen, inks, frame } = scene
  const share = Math.max(0, Math.min(1, (untilUs - frame.timeUs) / Math.max(1, untilUs - fromUs)))
  if (share === 0) return
  const out = 4 * scale
  const [width, height] = [TOKEN.width * scale + 2 * out, TOKEN.height * scale + 2 * out]
  const radius = 9 * scale
  const length = 2 * (width + height) - (8 - 2 * Math.PI) * radius
  pen.beginPath()
  pen.roundRect(x - width / 2, y - height / 2, width, height, radius)
  pen.setLineDash([share * length, length])
  pen.lineCap = 'butt'
  pen.lineWidth = (0.75 + 1.75 * share) * Math.max(0.6, scale)
  pen.strokeStyle = share < 0.2 ? inks.danger : inks.accent
  pen.stroke()
  pen.setLineDash([])
}

/** Empty places, so that it is seen how much room there is. */
export function drawSlots(scene: Scene, grid: Grid, from: number, to: number): void {
  const { pen, inks } = scene
  pen.strokeStyle = inks.line
  pen.lineWidth = 1.25
  const scale = fitScale(grid)
  pen.beginPath()
  for (let i = from; i < Math.min(to, grid.columns * grid.rows); i++) {
    const { x, y } = cellCentre(grid, i, centre)
    const [width, height] = [TOKEN.width * scale, TOKEN.height * scale]
    pen.roundRect(x - width / 2, y - height / 2, width, height, 5 * scale)
  }
  pen.stroke()
}

/** What a client holds: a ring for each piece of work in progress, slots for what waits for it. */
export function drawJobs(
  scene: Scene,
  body: Box,
  jobs: readonly Job[],
  jobCount: number,
  concurrency: number,
  slots: number,
  underLine = false,
): void {
  const rings = workRings(body, concurrency)
  const buffer = bufferSlots(body, concurrency, underLine)
  const working = jobs.filter((job) => job.state === 'working')
  const waiting = jobs.filter((job) => job.state === 'waiting')
  for (let i = 0; i < rings.columns; i++) {
    const { x, y } = cellCentre(rings, i, centre)
    drawRing(scene, x, y, rings.radius, working[i])
  }
  const more = Math.max(0, working.length - rings.columns)
  const shown = buffer.columns * buffer.rows
  if (!scene.far) drawSlots(scene, buffer, waiting.length, slots - concurrency)
  const over = jobCount - rings.columns - shown
  drawHeld(
    scene,
    over > 0 ? { ...buffer } : buffer,
    over > 0 ? waiting.slice(0, shown - 1) : waiting,
  )
  if (over > 0 || more > 0) {
    const { x, y } = cellCentre(buffer, shown - 1, centre)
    write(scene, `+${countText(Math.max(over + 1, more))}`, x, y, { ...NOTE, align: 'center' })
  }
}

/** The one thing that a client is at: in progress, or waiting for an answer. */
export function drawOneJob(scene: Scene, body: Box, job: Job | undefined): void {
  const rings = workRings(body, 1)
  const { x, y } = cellCentre(rings, 0, centre)
  drawRing(scene, x, y, rings.radius, job)
}

/** Work in progress: the ring closes when it is done, exactly. Empty around what only waits. */
function drawRing(scene: Scene, x: number, y: number, radius: number, job: Job | undefined): void {
  const { pen, inks } = scene
  pen.beginPath()
  pen.arc(x, y, radius, 0, 2 * Math.PI)
  pen.lineWidth = radius > 20 ? 4 : 3
  pen.strokeStyle = inks.line
  pen.stroke()
  if (!job) return
  if (job.state === 'working') drawProgress(scene, x, y, radius, job)
  const scale = Math.min(1, (radius * 1.45) / TOKEN.width)
  drawToken(scene, job.message, x, y, scale, job.redelivered ? RING : 0)
}

function drawProgress(scene: Scene, x: number, y: number, radius: number, job: Job): void {
  const { pen, inks } = scene
  const span = job.endsUs - job.startedUs
  const share = span <= 0 ? 1 : (scene.frame.timeUs - job.startedUs) / span
  const turn = Math.max(0, Math.min(1, share)) * 2 * Math.PI
  pen.beginPath()
  pen.arc(x, y, radius, -Math.PI / 2, turn - Math.PI / 2)
  pen.lineCap = 'round'
  pen.strokeStyle = inks.accent
  pen.stroke()
}

/** The latest effects, one line each, the last one at the bottom; a repeated one says how often. */
export function drawEffects(
  scene: Scene,
  effects: readonly Effect[],
  x: number,
  y: number,
  width: number,
  lines: number,
): void {
  const shown = effects.slice(-lines)
  shown.forEach((effect, i) => {
    const at = y + (lines - shown.length + i) * 15
    const times = effect.times > 1 ? `×${effect.times}` : ''
    write(
      scene,
      effect.text,
      x,
      at,
      i === shown.length - 1 ? CODE : CODE_PAST,
      width - (times ? 26 : 0),
    )
    if (times) write(scene, times, x + width, at, TIMES)
  })
}

const CODE_PAST: Type = { ...CODE, role: 'quiet' }

/** A number that may be looked at and the quiet word for it; returns where the next may begin. */
export function drawFigure(
  scene: Scene,
  figure: string,
  word: string,
  x: number,
  y: number,
  type: Type = FIGURE,
): number {
  write(scene, figure, x, y, type)
  const at = x + widthOf(scene, figure, type) + 4
  write(scene, word, at, y + 1, type.role === 'danger' ? NOTE_DANGER : NOTE)
  return at + widthOf(scene, word, NOTE) + 10
}

export function drawNote(scene: Scene, text: string, x: number, y: number, most?: number): void {
  write(scene, text, x, y, NOTE, most)
}

export function drawNoteEnd(scene: Scene, text: string, x: number, y: number, most?: number): void {
  write(scene, text, x, y, NOTE_END, most)
}

/** A number that is still read from far away, with its word where there is room. */
export function drawFarFigure(
  scene: Scene,
  figure: string,
  word: string,
  x: number,
  y: number,
  fault = false,
): void {
  const sizes = FAR.find(({ least }) => scene.zoom >= least) ?? FAR_LAST
  const types = fault ? sizes.fault : sizes.plain
  write(scene, figure, x, y, types.figure)
  if (word === '') return
  const at = x + widthOf(scene, figure, types.figure) + 7
  write(scene, word, at, y + 1, types.word)
}

/** The further away, the larger. */
const FAR_LAST = farTypes(0, 38)
const FAR = [farTypes(0.44, 25), farTypes(0.36, 29), farTypes(0.3, 33)]

function farTypes(least: number, size: number) {
  const figure: Type = { size, weight: 650, role: 'ink', align: 'left' }
  const word: Type = { ...figure, size: size * 0.78, weight: 400, role: 'quiet' }
  const fault = {
    figure: { ...figure, role: 'danger' as const },
    word: { ...word, weight: 550 as const, role: 'danger' as const },
  }
  return { least, plain: { figure, word }, fault }
}

/** A word on a soft ground at the upper right of a node: crashed, slow. */
export function drawBadge(
  scene: Scene,
  text: string,
  right: number,
  y: number,
  fault: boolean,
): void {
  const { pen, inks } = scene
  const badge = BADGES.find(({ scale }) => scale >= scene.scale) ?? BADGE_LARGEST
  const type = fault ? badge.fault : badge.warning
  const [pad, high] = [6 * badge.scale, 18 * badge.scale]
  const width = widthOf(scene, text, type) + 2 * pad
  // A large one grows downwards: the name of the node stands above.
  const middle = y + (high - 18) / 2
  pen.beginPath()
  pen.roundRect(right - width, middle - high / 2, width, high, 4)
  pen.fillStyle = inks.canvas
  pen.fill()
  pen.strokeStyle = fault ? inks.danger : inks.warning
  pen.lineWidth = 1.25
  pen.stroke()
  write(scene, text, right - width + pad, middle, type)
}

/** Like tokens, badges can be read from far. */
const BADGE_LARGEST = badgeTypes(2.4)
const BADGES = [badgeTypes(1), badgeTypes(1.3), badgeTypes(1.6), badgeTypes(2)]

function badgeTypes(scale: number): { scale: number; fault: Type; warning: Type } {
  const fault: Type = { ...BADGE, size: BADGE.size * scale }
  return { scale, fault, warning: { ...fault, role: 'warning' } }
}
