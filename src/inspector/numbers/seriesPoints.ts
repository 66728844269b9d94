/** From the slices of a series, as the engine answers, to the points of a small chart and the numbers beside it. */
import type { Series } from '../../session/session.ts'

export interface Points {
  timesUs: Float64Array
  values: Float64Array
}

/** Least, greatest and last value of each slice as three points inside it; slices without a value are left out. */
export function seriesPoints({ endUs, min, max, last }: Series): Points {
  const slices = last.length
  const timesUs: number[] = []
  const values: number[] = []
  for (let slice = 0; slice < slices; slice += 1) {
    const three = [min[slice], max[slice], last[slice]]
    if (three.some((value) => value === undefined || Number.isNaN(value))) continue
    three.forEach((value, place) => {
      timesUs.push(((slice + (place + 1) / 4) * endUs) / slices)
      values.push(value as number)
    })
  }
  return { timesUs: Float64Array.from(timesUs), values: Float64Array.from(values) }
}

/** What the number ranges over in the slice of a moment; null where nothing is known. */
export function rangeAt(series: Series, timeUs: number): { min: number; max: number } | null {
  const slices = series.last.length
  const slice = Math.min(slices - 1, Math.floor((timeUs / series.endUs) * slices))
  const min = series.min[slice]
  const max = series.max[slice]
  if (min === undefined || max === undefined || Number.isNaN(min) || Number.isNaN(max)) return null
  return { min, max }
}

/** The greatest value of the whole series; null where it has none. */
export function greatest({ max }: Series): number | null {
  let most = Number.NEGATIVE_INFINITY
  for (const value of max) if (value > most) most = value
  return most === Number.NEGATIVE_INFINITY ? null : most
}
