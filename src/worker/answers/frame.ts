/**
 * Everything at a moment, as the page's panels and screen readers need it: of a crowded link the frame
 * holds the first few, as it does of a long queue, so that it stays small however much is under way.
 */
import type { Moment } from '../../history/answers.ts'
import { type Frame, LISTED_MAX, type MessageLook } from '../../history/frame.ts'
import { looksOf } from '../../history/looks.ts'
import type { Asked } from './answer.ts'

/** `message` is listed wherever it is, however many others there are. */
type Ask = Moment & { message?: number }

export function answerFrame({ history }: Asked, ask: Ask): { frame: Frame; looks: MessageLook[] } {
  history.seek(ask)
  const frame = withFlightsListed(history.frame(), ask.message ?? -1)
  return { frame, looks: looksOf(history.live.records, frame) }
}

function withFlightsListed(frame: Frame, message: number): Frame {
  const listed = frame.links.map(() => 0)
  const flights = frame.flights.filter((flight) => {
    const before = listed[flight.link] ?? 0
    listed[flight.link] = before + 1
    return before < LISTED_MAX || (message >= 0 && flight.message === message)
  })
  return { ...frame, flights }
}
