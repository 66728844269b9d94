/** The state of links: one that a message has just taken is lit for a moment of simulated time; a cut one is cut. */
import type { Frame } from '../../history/frame.ts'
import { type Spot, spotAt } from './curve.ts'
import type { Ground, Road } from './roads.ts'
import type { Scene } from './scene.ts'

/** How long a link that just matched stays lit. */
const LIT_US = 300_000
/** Length of the gap in a cut link. */
const GAP = 22

const spot: Spot = { x: 0, y: 0, dx: 1, dy: 0 }

export function drawLinks(scene: Scene, ground: Ground): void {
  const { frame } = scene
  const matched = lastMatches(frame)
  frame.links.forEach((link, i) => {
    const road = ground.roads[i]
    if (!road) return
    const matchedUs = matched[i] ?? -1
    const sinceUs = frame.timeUs - matchedUs
    if (matchedUs >= 0 && sinceUs >= 0 && sinceUs < LIT_US) light(scene, road, 1 - sinceUs / LIT_US)
    if (link.cut) cut(scene, road)
  })
}

/** When a message last left on each link. Polls and answers do not light it; without latency nothing is ever seen under way. */
function lastMatches({ links, flights }: Frame): number[] {
  const matched = links.map((link) => (link.latencyUs === 0 ? link.lastUs : -1))
  for (const { link, back, kind, sentUs } of flights) {
    const isMessage = !back && kind !== 'reply' && kind !== 'confirm'
    if (isMessage && sentUs > (matched[link] ?? -1)) matched[link] = sentUs
  }
  return matched
}

function light(scene: Scene, road: Road, strength: number): void {
  const { pen, inks } = scene
  const alpha = pen.globalAlpha
  trace(scene, road)
  pen.lineCap = 'round'
  pen.globalAlpha = alpha * strength
  pen.strokeStyle = inks.lit
  pen.lineWidth = 9
  pen.stroke()
  pen.strokeStyle = inks.litInk
  pen.lineWidth = 1.75
  pen.stroke()
  pen.globalAlpha = alpha
}

function trace(scene: Scene, road: Road): void {
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0, x3 = 0, y3 = 0, x4 = 0, y4 = 0] = road.curve
  scene.pen.beginPath()
  scene.pen.moveTo(x1, y1)
  scene.pen.bezierCurveTo(x2, y2, x3, y3, x4, y4)
}

/** A gap in the middle, its two ends slashed. */
function cut(scene: Scene, road: Road): void {
  const { pen, inks } = scene
  const half = Math.min(0.3, GAP / 2 / Math.max(1, road.table.length))
  pen.beginPath()
  for (let i = 0; i <= 4; i++) {
    const { x, y } = spotAt(road.table, 0.5 - half + (i / 2) * half, spot)
    if (i === 0) pen.moveTo(x, y)
    else pen.lineTo(x, y)
  }
  pen.lineCap = 'butt'
  pen.strokeStyle = inks.canvas
  pen.lineWidth = 10
  pen.stroke()
  for (const end of [0.5 - half, 0.5 + half]) slash(scene, road, end)
}

function slash(scene: Scene, road: Road, share: number): void {
  const { pen, inks } = scene
  const { x, y, dx, dy } = spotAt(road.table, share, spot)
  const [across, along] = [8, 3]
  pen.beginPath()
  pen.moveTo(x - dy * across - dx * along, y + dx * across - dy * along)
  pen.lineTo(x + dy * across + dx * along, y - dx * across + dy * along)
  pen.lineCap = 'round'
  pen.strokeStyle = inks.danger
  pen.lineWidth = 2.5
  pen.stroke()
}
