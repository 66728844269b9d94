/** Where the cards of the streams of an event store lie. Pure, as `shapes.ts` is. */
import { type Box, STREAM } from './shapes.ts'

/** A stream: a strip of cards and the fold under each of them. */
export interface Strip {
  left: number
  top: number
  columns: number
  cardWidth: number
  cardHeight: number
  gap: number
  foldTop: number
  height: number
}

export function streamStrip(body: Box, row: number): Strip {
  const left = body.x + 14
  const gap = 8
  const columns = 4
  return {
    left,
    top: body.y + row * STREAM.height + 26,
    columns,
    cardWidth: (body.width - 28 - gap * (columns - 1)) / columns,
    cardHeight: 46,
    gap,
    foldTop: body.y + row * STREAM.height + 78,
    height: STREAM.height,
  }
}

/** How many streams an event store of this size has room for. */
export function streamRows(body: Box): number {
  return Math.max(1, Math.round(body.height / STREAM.height))
}
