/** Reads a time in a log from elsewhere, which is told in UTC: `14:03`, `14:03:20`, or a date and time. */

const US_PER_DAY = 86_400_000_000

type Reading = { timeUs: number; problem?: undefined } | { timeUs?: undefined; problem: string }

/** A time without a date is one of the day on which the log begins. */
export function readDay(text: string, fromUs: number): Reading {
  const plain = text.trim()
  const clock = /^(\d{1,2}):(\d{2})(?::(\d{2}(?:\.\d+)?))?$/.exec(plain)
  if (clock) {
    const [, hours = '0', minutes = '0', seconds = '0'] = clock
    const isTime = Number(hours) < 24 && Number(minutes) < 60 && Number(seconds) < 60
    const sinceMidnight =
      (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1_000_000
    if (isTime)
      return { timeUs: Math.floor(fromUs / US_PER_DAY) * US_PER_DAY + Math.round(sinceMidnight) }
  }
  const zoned = /[zZ]$|[+-]\d{2}:?\d{2}$/.test(plain) ? plain : `${plain.replace(' ', 'T')}Z`
  const ms = /^\d{4}-\d{2}-\d{2}/.test(plain)
    ? Date.parse(plain.length === 10 ? plain : zoned)
    : Number.NaN
  if (Number.isFinite(ms)) return { timeUs: ms * 1000 }
  return { problem: 'Enter a time such as 14:03 or 2026-11-26 14:03.' }
}
