/** Times of day in a run whose scenario says when it begins: `14:03` is three minutes into one that begins at 14:00. */
import { US_PER_S } from './time.ts'

const DAY_S = 86_400

/** Null where the scenario has no time of day, or the text is none within the run: then it may be a time of the run. */
export function readTimeOfDay(
  text: string,
  beginsAt: string | undefined,
  endUs: number,
): { timeUs: number; problem?: undefined } | null {
  const match = /^([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/.exec(text.trim())
  if (!match || beginsAt === undefined) return null
  const [, hours, minutes, seconds = '0'] = match
  const saidS = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)
  const timeUs = ((saidS - startS(beginsAt) + DAY_S) % DAY_S) * US_PER_S
  return timeUs > endUs ? null : { timeUs }
}

/** `14:03:00` */
export function timeOfDayText(timeUs: number, beginsAt: string): string {
  const s = (startS(beginsAt) + Math.floor(timeUs / US_PER_S)) % DAY_S
  const parts = [Math.floor(s / 3600), Math.floor(s / 60) % 60, s % 60]
  return parts.map((part) => String(part).padStart(2, '0')).join(':')
}

function startS(beginsAt: string): number {
  const [hours = 0, minutes = 0] = beginsAt.split(':').map(Number)
  return hours * 3600 + minutes * 60
}
