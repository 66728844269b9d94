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
  if (max > 0 && max < 1) return { factor: 1000, unit: 'µs' }
  if (max < 1000) return { factor: 1, unit: 'ms' }
  if (max < 300_000) return { factor: 1 / 1000, unit: 's' }
  return max < 18_000_000
    ? { factor: 1 / 60_000, unit: 'min' }
    : { factor: 1 / 3_600_000, unit: 'h' }
}

const three = new Intl.NumberFormat('en', {
  minimumSignificantDigits: 3,
  maximumSignificantDigits: 3,
})
const two = new Intl.NumberFormat('en', {
  minimumSignificantDigits: 2,
  maximumSignificantDigits: 2,
})
const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })
const plain = new Intl.NumberFormat('en', { maximumSignificantDigits: 6 })

/** Three digits that count; all of them before the point. */
export function numberText(value: number): string {
  return Number.isInteger(value) || Math.abs(value) >= 1000
    ? whole.format(value)
    : three.format(value)
}

/** A number that somebody chose, such as a tick of an axis: as it is. */
export function chosenText(value: number): string {
  return plain.format(value)
}

/** Half the width of an interval: two digits say how sure a mean is. */
export function widthText(value: number, { factor }: Shown): string {
  const width = value * factor
  return width === 0 || width >= 100 ? whole.format(width) : two.format(width)
}

/** `3.21 s`. */
export function valueText(value: number, { factor, unit }: Shown): string {
  const text = numberText(value * factor)
  return unit === '' ? text : `${text} ${unit}`
}

/** `800 ms`: a value that somebody chose, with its unit. */
export function chosenIn(value: number, { factor, unit }: Shown): string {
  const text = chosenText(value * factor)
  return unit === '' ? text : `${text} ${unit}`
}

/** `1 run`, `64 runs`. */
export function countsText(count: number, thing: string): string {
  return `${whole.format(count)} ${thing}${count === 1 ? '' : 's'}`
}
