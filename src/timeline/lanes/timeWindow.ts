/** The stretch of the run that the lanes show, and how it is zoomed, moved and kept with the playhead. */

export interface TimeWindow {
  fromUs: number
  toUs: number
}

/** One message's hop of a millisecond still fills the view. */
const LEAST_US = 200
/** A playhead that plays is kept left of this share of the window. */
const LEAD = 0.85
/** Around a playhead that is far away, this much of the window lies before it. */
const BEFORE = 0.35

export function wholeRun(endUs: number): TimeWindow {
  return { fromUs: 0, toUs: Math.max(LEAST_US, endUs) }
}

/** `factor` above 1 zooms in; the moment at `share` of the window stays where it is. */
export function zoomed(
  window: TimeWindow,
  factor: number,
  share: number,
  endUs: number,
): TimeWindow {
  const { fromUs, toUs } = window
  const longestUs = Math.max(LEAST_US, endUs)
  const lengthUs = Math.min(longestUs, Math.max(LEAST_US, (toUs - fromUs) / factor))
  const atUs = fromUs + (toUs - fromUs) * share
  return within(atUs - lengthUs * share, lengthUs, endUs)
}

export function moved(window: TimeWindow, byUs: number, endUs: number): TimeWindow {
  return within(window.fromUs + byUs, window.toUs - window.fromUs, endUs)
}

/** The window in which a playhead that plays stays in view; the same one where it does. */
export function followed(window: TimeWindow, timeUs: number, endUs: number): TimeWindow {
  const lengthUs = window.toUs - window.fromUs
  if (timeUs < window.fromUs || timeUs > window.toUs) {
    return within(timeUs - lengthUs * BEFORE, lengthUs, endUs)
  }
  const leadUs = timeUs - (window.fromUs + lengthUs * LEAD)
  if (leadUs <= 0 || window.toUs >= endUs) return window
  return within(window.fromUs + leadUs, lengthUs, endUs)
}

/** As a link holds it: `12000000-18500000`. */
export function windowText({ fromUs, toUs }: TimeWindow): string {
  return `${fromUs}-${toUs}`
}

/** The window behind such a text, within the run; null if it is none. */
export function readWindow(text: string, endUs: number): TimeWindow | null {
  const match = /^(\d{1,12})-(\d{1,12})$/.exec(text)
  if (!match) return null
  const [fromUs, toUs] = [Number(match[1]), Number(match[2])]
  if (toUs <= fromUs) return null
  return zoomed({ fromUs, toUs }, 1, 0, endUs)
}

function within(fromUs: number, lengthUs: number, endUs: number): TimeWindow {
  const longUs = Math.round(lengthUs)
  const lastUs = Math.max(LEAST_US, endUs) - longUs
  const start = Math.round(Math.min(Math.max(0, fromUs), Math.max(0, lastUs)))
  return { fromUs: start, toUs: start + longUs }
}
