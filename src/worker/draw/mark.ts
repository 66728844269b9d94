/** The small marks and named packets that go back along a link: acknowledged, refused, polled, committed, confirmed, answered. */
import type { Flight } from '../../history/frame.ts'
import { type Scene, type Type, widthOf, write } from './scene.ts'

export type MarkKind = 'packet' | 'ack' | 'nack' | 'poll' | 'commit' | 'confirm' | 'reply'

const RADIUS = 5.5
const PACKET: Type = { size: 8.5, weight: 650, role: 'inkSoft', align: 'center' }
const PACKET_HEIGHT = 13

/** `room` is the length of its link, in flow units. */
export function drawMark(
  scene: Scene,
  kind: MarkKind,
  flight: Flight,
  x: number,
  y: number,
  room: number,
): void {
  if (kind === 'packet') {
    drawPacket(scene, flight, x, y, room)
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

/**
 * A packet of a handshake: its name on a small tag. The name keeps a size that can be read, however far the view is zoomed
 * out; where it would be longer than its link, a dot stands for it.
 */
function drawPacket(scene: Scene, flight: Flight, x: number, y: number, room: number): void {
  const { pen, inks } = scene
  const name = flight.name ?? ''
  const scale = Math.max(scene.scale, PACKET_LEAST_PX / (PACKET.size * scene.zoom))
  const type = packetType(PACKET.size * scale)
  const named = widthOf(scene, name, type) + 8 * scale
  const isNamed = named <= room
  const width = isNamed ? named : PACKET_HEIGHT * scene.scale * 0.6
  const height = isNamed ? PACKET_HEIGHT * scale : width
  pen.beginPath()
  pen.roundRect(x - width / 2, y - height / 2, width, height, 3 * scale)
  pen.fillStyle = inks.surfaceRaised
  pen.fill()
  pen.lineWidth = 1.2 * scene.scale
  pen.strokeStyle = /ACK|COMP/.test(name) ? inks.ok : inks.quiet
  pen.stroke()
  if (isNamed) write(scene, name, x, y, type)
  scene.drawn.add(flight.message, 'mark', x, y, width / 2, -1)
}

const PACKET_LEAST_PX = 7.5

/** One for each half unit: what is measured is kept by the type. */
const packetTypes = new Map<number, Type>()

function packetType(size: number): Type {
  const rounded = Math.ceil(size * 2) / 2
  let type = packetTypes.get(rounded)
  if (!type) {
    type = { ...PACKET, size: rounded }
    packetTypes.set(rounded, type)
  }
  return type
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
