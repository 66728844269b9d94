/** How a series of values is put into the columns of a small chart. */
import { expect, test } from 'vitest'
import { sparklineColumns } from './sparklineColumns.ts'

const series = (pairs: readonly (readonly [number, number])[]) => ({
  timesUs: Float64Array.from(pairs, ([timeUs]) => timeUs),
  values: Float64Array.from(pairs, ([, value]) => value),
})

test('given a value that changed long ago, when columns are made, then it holds until the next one', () => {
  const columns = sparklineColumns(
    series([
      [0, 3],
      [30, 5],
    ]),
    0,
    40,
    4,
  )
  expect([...columns.last]).toEqual([3, 3, 3, 5])
  expect([...columns.min]).toEqual([3, 3, 3, 5])
})

test('given several values within one column, then the band spans what held in it', () => {
  const columns = sparklineColumns(
    series([
      [0, 2],
      [11, 9],
      [12, 1],
      [13, 4],
    ]),
    0,
    20,
    2,
  )
  expect([columns.min[1], columns.max[1], columns.last[1]]).toEqual([1, 9, 4])
})

test('given values from before the span, then the span starts with the last of them', () => {
  const columns = sparklineColumns(
    series([
      [0, 1],
      [5, 7],
    ]),
    10,
    20,
    2,
  )
  expect([...columns.last]).toEqual([7, 7])
  expect([...columns.min]).toEqual([7, 7])
})

test('given nothing yet, then columns are empty, not zero', () => {
  const columns = sparklineColumns(series([[15, 4]]), 0, 20, 2)
  expect([...columns.last]).toEqual([Number.NaN, 4])
})

test('given a value exactly at the end, then the last column shows it', () => {
  expect([
    ...sparklineColumns(
      series([
        [0, 1],
        [20, 8],
      ]),
      0,
      20,
      2,
    ).last,
  ]).toEqual([1, 8])
})
