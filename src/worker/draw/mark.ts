/** The small marks that go back along a link: acknowledged, refused, polled, committed, confirmed, answered. */
import type { Flight } from '../../history/frame.ts'
import type { Scene } from './scene.ts'

export type MarkKind = 'ack' | 'nack' | 'poll' | 'commit' | 'confirm' | 'reply'

const RADIUS = 5.5

export function drawMark(scene: Scene, kind: MarkKind, flight: Flight, x: number, y: number): void {
  const { pen, inks } = scene
  const radius = RADIUS * scene.scale
  disc(scene, kind, x, y, radius)
  const reach = radius * 0.5
  pen.beginPath()
  switch (kind) {
    case 'ack':
    case 'confirm':
      pen.moveTo(x - reach, y + reach * 0.1)
      pen.lineTo(x - reach * 0.2, y + reach * 0.8)
      pen.lineTo(x + reach, y - reach * 0.7)
      break
    case 'nack':
      pen.moveTo(x - reach * 0.8, y - reach * 0.8)
      pen.lineTo(x + reach * 0.8, y + reach * 0.8)
      pen.moveTo(x + reach * 0.8, y - reach * 0.8)
      pen.lineTo(x - reach * 0.8, y + reach * 0.8)
      break
    case 'commit':
      pen.moveTo(x - reach * 0.6, y + reach)
      pen.lineTo(x - reach * 0.6, y - reach)
      pen.lineTo(x + reach, y - reach * 0.4)
      pen.lineTo(x - reach * 0.6, y + reach * 0.2)
      break
    case 'reply':
      pen.moveTo(x, y)
      pen.lineTo(x, y)
      break
    case 'poll':
      break
  }
  pen.lineCap = 'round'
  pen.lineJoin = 'round'
  pen.lineWidth = 1.6 * scene.scale
  pen.strokeStyle = kind === 'ack' || kind === 'nack' ? inks.surfaceRaised : inks.inkSoft
  pen.stroke()
  scene.drawn.add(flight.message, 'mark', x, y, radius, -1)
}

/** Solid for what settles a message, hollow for what only asks or tells. */
function disc(scene: Scene, kind: MarkKind, x: number, y: number, radius: number): void {
  const { pen, inks } = scene
  pen.beginPath()
  pen.arc(x, y, radius, 0, 2 * Math.PI)
  pen.fillStyle = kind === 'ack' ? inks.ok : kind === 'nack' ? inks.danger : inks.canvas
  pen.fill()
  pen.lineWidth = 1.4 * scene.scale
  pen.strokeStyle = kind === 'ack' || kind === 'nack' ? inks.canvas : inks.quiet
  pen.stroke()
}
