/** The ruler above the lanes: round moments, each told as exactly as its neighbours. */
import { expect, test } from 'vitest'
import { ticksIn } from './ticks.ts'

const S = 1_000_000
const labels = (fromUs: number, toUs: number) =>
  ticksIn(fromUs, toUs, 600, 100).map(({ label }) => label)

test.each([
  ['a whole run of a minute', 0, 60 * S, ['0', '10 s', '20 s', '30 s', '40 s', '50 s', '1:00']],
  ['a part of a second', 20_572_000, 20_619_000, ['20.58 s', '20.59 s', '20.60 s', '20.61 s']],
  [
    'a minute later',
    65 * S,
    68 * S,
    ['1:05.0', '1:05.5', '1:06.0', '1:06.5', '1:07.0', '1:07.5', '1:08.0'],
  ],
  [
    'less than a millisecond',
    400,
    1_600,
    ['0.4 ms', '0.6 ms', '0.8 ms', '1.0 ms', '1.2 ms', '1.4 ms', '1.6 ms'],
  ],
  [
    'hours',
    7_200 * S,
    10_800 * S,
    ['2:00:00', '2:10:00', '2:20:00', '2:30:00', '2:40:00', '2:50:00', '3:00:00'],
  ],
])('given %s, then its moments have the same digits', (_, fromUs, toUs, told) => {
  expect(labels(fromUs, toUs)).toEqual(told)
})
