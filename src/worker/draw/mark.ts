/** The small marks and named packets that go back along a link: acknowledged, refused, polled, committed, confirmed, answered. */
import type { Flight } from '../../history/frame.ts'
import { type Scene, type Type, widthOf, write } from './scene.ts'

export type MarkKind = 'packet' | 'ack' | 'nack' | 'poll' | 'commit' | 'confirm' | 'reply'

const RADIUS = 5.5
const PACKET: Type = { size: 8.5, weight: 650, role: 'inkSoft', align: 'center' }
const PACKET_HEIGHT = 13

export function drawMark(scene: Scene, kind: MarkKind, flight: Flight, x: number, y: number): void {
  if (kind === 'packet') {
    drawPacket(scene, flight, x, y)
    return
  }
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

/** A packet of a handshake: its name on a small tag, a dot where that cannot be read. */
function drawPacket(scene: Scene, flight: Flight, x: number, y: number): void {
  const { pen, inks, scale } = scene
  const name = flight.name ?? ''
  const type: Type = { ...PACKET, size: PACKET.size * scale }
  const readable = type.size * scene.zoom >= PACKET_LEAST_PX
  const width = readable ? widthOf(scene, name, type) + 8 * scale : PACKET_HEIGHT * scale * 0.6
  const height = PACKET_HEIGHT * scale * (readable ? 1 : 0.6)
  pen.beginPath()
  pen.roundRect(x - width / 2, y - height / 2, width, height, 3 * scale)
  pen.fillStyle = inks.surfaceRaised
  pen.fill()
  pen.lineWidth = 1.2 * scale
  pen.strokeStyle = /ACK|COMP/.test(name) ? inks.ok : inks.quiet
  pen.stroke()
  if (readable) write(scene, name, x, y, type)
  scene.drawn.add(flight.message, 'mark', x, y, width / 2, -1)
}

const PACKET_LEAST_PX = 5.5

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
