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

/** How many strips an event store of this size has room for. */
export function streamRows(body: Box): number {
  return Math.max(1, Math.round(body.height / STREAM.height))
}

/** Streams for which there is no strip: a line each, in the place of the last strip. */
export interface StreamLines {
  left: number
  right: number
  top: number
  height: number
  /** How many there is room for. */
  count: number
}

const LINE_HEIGHT = 20

/** How so many streams are shown: the first ones as strips, the others as lines. */
export function streamLayout(body: Box, streams: number): { strips: number; lines: StreamLines } {
  const rows = streamRows(body)
  const strips = streams <= rows ? streams : rows - 1
  const top = body.y + strips * STREAM.height + 8
  return {
    strips,
    lines: {
      left: body.x + 14,
      right: body.x + body.width - 20,
      top,
      height: LINE_HEIGHT,
      count: Math.floor((body.y + body.height - 4 - top) / LINE_HEIGHT),
    },
  }
}
