/** Numbers as charts and tables write them: in the unit that fits their size, with the digits that count. */

/** How values are shown: multiplied by `factor`, with `unit` behind. */
export interface Shown {
  factor: number
  unit: string
}

/** The unit for values up to `max`, which are in `unit`. */
export function shownIn(unit: string, max: number): Shown {
  if (unit === '%') return { factor: 100, unit: '%' }
  if (unit !== 'ms') return { factor: 1, unit }
  if (max < 1) return { factor: 1000, unit: 'µs' }
  if (max < 1000) return { factor: 1, unit: 'ms' }
  if (max < 300_000) return { factor: 1 / 1000, unit: 's' }
  return max < 18_000_000
    ? { factor: 1 / 60_000, unit: 'min' }
    : { factor: 1 / 3_600_000, unit: 'h' }
}

const grouped = new Intl.NumberFormat('en', { maximumSignificantDigits: 3, useGrouping: true })
const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })

/** Three digits that count; all of them before the point. */
export function numberText(value: number): string {
  return Math.abs(value) >= 1000 ? whole.format(value) : grouped.format(value)
}

/** `3.21 s`. */
export function valueText(value: number, { factor, unit }: Shown): string {
  const text = numberText(value * factor)
  return unit === '' ? text : `${text} ${unit}`
}

/** `1 run`, `64 runs`. */
export function countsText(count: number, thing: string): string {
  return `${whole.format(count)} ${thing}${count === 1 ? '' : 's'}`
}
