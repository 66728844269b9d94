/** Round moments for the ruler above a window. */

const S = 1_000_000
const STEPS_US = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500].map((ms) => ms * 1000),
  ...[1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1800].map((s) => s * S),
  ...[1, 2, 6, 12, 24, 48, 120].map((h) => h * 3600 * S),
]

/** Moments at least `apartPx` from one another. */
export function ticksIn(fromUs: number, toUs: number, widthPx: number, apartPx: number) {
  const spanUs = Math.max(1, toUs - fromUs)
  const last = STEPS_US.at(-1) ?? spanUs
  const stepUs = STEPS_US.find((us) => (us / spanUs) * widthPx >= apartPx) ?? last
  const ticks: { timeUs: number; label: string }[] = []
  for (let timeUs = Math.ceil(fromUs / stepUs) * stepUs; timeUs <= toUs; timeUs += stepUs) {
    ticks.push({ timeUs, label: tickLabel(timeUs, stepUs) })
  }
  return ticks
}

/** `0`, `400 ms`, `12.40 s`, `1:02`: as exact as the step needs, all with the same digits. */
function tickLabel(timeUs: number, stepUs: number): string {
  if (timeUs === 0) return '0'
  if (stepUs < 1000) return `${fraction(timeUs, 1000, stepUs)} ms`
  if (timeUs < 60 * S) return `${fraction(timeUs, S, stepUs)} s`
  const wholeS = Math.floor(timeUs / S)
  const hours = Math.floor(wholeS / 3600)
  const minutes = Math.floor(wholeS / 60) % 60
  const seconds = pad(wholeS % 60)
  if (hours > 0) return `${hours}:${pad(minutes)}:${seconds}`
  return `${minutes}:${seconds}${fraction(timeUs % S, S, stepUs).slice(1)}`
}

/** With as many digits as tell one step from the next. */
function fraction(valueUs: number, unitUs: number, stepUs: number): string {
  let digits = 0
  for (let stepsUs = stepUs; stepsUs % unitUs !== 0; stepsUs *= 10) digits++
  return (valueUs / unitUs).toFixed(digits)
}

function pad(value: number): string {
  return String(value).padStart(2, '0')
}
