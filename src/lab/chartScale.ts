/** Axes: round steps that cover a range, and where a value lies along them. */

export interface Axis {
  min: number
  max: number
  /** Where it is labelled, from first to last. */
  ticks: number[]
}

/** An axis over a range with about `count` steps; with `whole`, steps are whole numbers. */
export function axisOver(min: number, max: number, count: number, whole = false): Axis {
  const span = max > min ? max - min : Math.max(1, Math.abs(max))
  const step = Math.max(whole ? 1 : 0, roundStep(span / count))
  const first = Math.floor(min / step + 1e-9)
  const last = Math.ceil((max > min ? max : min + span) / step - 1e-9)
  const ticks = Array.from({ length: last - first + 1 }, (_, i) => clean((first + i) * step))
  return { min: ticks[0] ?? min, max: ticks.at(-1) ?? max, ticks }
}

/** The same range with no room beside it, labelled where round numbers lie. */
export function axisWithin(min: number, max: number, count: number, whole = false): Axis {
  const wide = axisOver(min, max, count, whole)
  const slack = (max - min) * 1e-6
  const ticks = wide.ticks.filter((tick) => tick >= min - slack && tick <= max + slack)
  return { min, max: max > min ? max : min + 1, ticks: ticks.length > 0 ? ticks : [min] }
}

/** 0 at the beginning of an axis, 1 at its end. */
export function along({ min, max }: Axis, value: number): number {
  return (value - min) / (max - min)
}

/** The least of 1, 2, 5 times a power of ten that is not below. */
function roundStep(step: number): number {
  let power = 1
  while (power > step) power /= 10
  while (power * 10 <= step) power *= 10
  const factor = [1, 2, 5, 10].find((each) => each * power >= step * (1 - 1e-9)) ?? 10
  return factor * power
}

/** Without what binary fractions leave behind: 0.30000000000000004 is 0.3. */
function clean(value: number): number {
  return Number(value.toPrecision(12))
}
