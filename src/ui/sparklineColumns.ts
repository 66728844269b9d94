/** Condenses a series to the columns of a small chart: for each, the least, the greatest and the last value that held in it.
 * Values hold from their time until the next one, as queue lengths and balances do. */

export type Columns = {
  readonly min: Float64Array
  readonly max: Float64Array
  readonly last: Float64Array
}

export type Series = {
  /** Ascending. */
  readonly timesUs: Float64Array
  readonly values: Float64Array
}

export function sparklineColumns(
  { timesUs, values }: Series,
  fromUs: number,
  toUs: number,
  count: number,
): Columns {
  const min = new Float64Array(count).fill(Number.NaN)
  const max = new Float64Array(count).fill(Number.NaN)
  const last = new Float64Array(count).fill(Number.NaN)
  let held = Number.NaN
  let index = 0
  for (let column = 0; column < count; column += 1) {
    const endUs = fromUs + ((toUs - fromUs) * (column + 1)) / count
    const isFinal = column === count - 1
    let low = held
    let high = held
    while (
      index < values.length &&
      ((timesUs[index] ?? 0) < endUs || (isFinal && timesUs[index] === endUs))
    ) {
      const startUs = fromUs + ((toUs - fromUs) * column) / count
      held = values[index] ?? Number.NaN
      const beforeColumn = (timesUs[index] ?? 0) <= startUs
      low = beforeColumn || Number.isNaN(low) ? held : Math.min(low, held)
      high = beforeColumn || Number.isNaN(high) ? held : Math.max(high, held)
      index += 1
    }
    min[column] = low
    max[column] = high
    last[column] = held
  }
  return { min, max, last }
}
