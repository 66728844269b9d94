/** The schedule of a run in TypeScript: lists that are gone through in turn, the loop over messages with the pause before each, durations. */
import type { Arrivals, Duration } from '../../../engine/distributions.ts'
import type { NodeOf } from '../../document.ts'
import { type Line, line } from '../program.ts'
import { lognormalOf, pausesBetween, type Rhythm, type Scheduled } from '../schedule.ts'
import type { Sheet } from '../sheet.ts'
import { tsString, tsTemplate, tsValue } from './text.ts'

/** A list that is gone through in turn: what is its turn at message `n`. */
export function inTurn(
  setUp: Line[],
  name: string,
  values: readonly unknown[],
  first: number,
): string {
  setUp.push(line(`const ${name} = ${tsValue([...values])}`))
  const nth = first === 0 ? 'n' : `(n - ${first})`
  return `${name}[${nth} % ${values.length}]`
}

export function bodyOf(
  setUp: Line[],
  { bodies, firstNumber = 1 }: Pick<NodeOf<'producer'>, 'bodies' | 'firstNumber'>,
): string {
  const [only = ''] = bodies
  if (bodies.length === 1) return tsTemplate(only, /\{(n)\}/, () => 'n')
  const functions = bodies.map((body) => `(n: number) => ${tsTemplate(body, /\{(n)\}/, () => 'n')}`)
  setUp.push(line('const bodies = ['), ...functions.map((each) => line(`  ${each},`)), line(']'))
  const nth = firstNumber === 0 ? 'n' : `(n - ${firstNumber})`
  return `bodies[${nth} % ${bodies.length}]!(n)`
}

export function keyOf(setUp: Line[], { keys, firstNumber = 1 }: NodeOf<'producer'>): string | null {
  if (!keys || keys.kind === 'none') return null
  const [only = ''] = keys.of
  if (keys.of.length === 1) return tsString(only)
  if (keys.kind === 'turn') return `${inTurn(setUp, 'keys', keys.of, firstNumber)}!`
  setUp.push(line(`const keys = ${tsValue(keys.of)}`))
  return 'keys[Math.floor(Math.random() * keys.length)]!'
}

export function rhythmOf(setUp: Line[], producer: Scheduled): Rhythm {
  const { arrivals, firstNumber: first = 1 } = producer
  const sleeping = (pause: string): Line[] => [line(`await sleep(${pause})`)]
  switch (arrivals.kind) {
    case 'manual':
      return {
        before: [
          line('// Publishes one for each line that is typed.'),
          line(`let n = ${first - 1}`),
        ],
        head: 'for await (const _line of process.stdin) {',
        pause: [line('n += 1')],
      }
    case 'trace':
      setUp.push(line(`const pauses = ${tsValue(pausesBetween(arrivals.atMs))}`))
      return {
        before: [],
        head: `for (const [i, pause] of pauses.entries()) {`,
        pause: [line(`const n = ${first} + i`), ...sleeping('pause')],
      }
    case 'onOff':
      return { ...silences(setUp, arrivals, first), head: headOf(first, arrivals.count) }
    default:
      return {
        before: [],
        head: headOf(first, arrivals.count),
        pause: sleeping(pauseBefore(setUp, arrivals, first)),
      }
  }
}

function headOf(first: number, count: number | undefined): string {
  const until = count === undefined ? '' : ` n <= ${first + count - 1};`
  return `for (let n = ${first};${until === '' ? ' ;' : until} n++) {`
}

function pauseBefore(
  setUp: Line[],
  arrivals: Extract<Arrivals, { kind: 'interval' | 'bursts' }>,
  first: number,
): string {
  if (arrivals.kind === 'interval') {
    const every = durationOf(setUp, 'pauses', arrivals.every, `n - ${first}`)
    const { firstMs } = arrivals
    if (firstMs === undefined || every === String(firstMs)) return every
    return `n === ${first} ? ${firstMs} : ${every}`
  }
  const { size, gapMs, everyMs, firstMs = everyMs } = arrivals
  const between = everyMs - (size - 1) * gapMs
  return `n === ${first} ? ${firstMs} : (n - ${first}) % ${size} ? ${gapMs} : ${between}`
}

function silences(
  setUp: Line[],
  { every, onMs, offMs }: Extract<Arrivals, { kind: 'onOff' }>,
  first: number,
): Omit<Rhythm, 'head'> {
  return {
    before: [line('let on = 0')],
    pause: [
      line(`let pause = ${durationOf(setUp, 'pauses', every, `n - ${first}`)}`),
      line('on += pause'),
      line(`for (; on >= ${onMs}; on -= ${onMs}) pause += ${offMs}`),
      line('await sleep(pause)'),
    ],
  }
}

/** An expression in milliseconds; `turn` is one that counts the draws from 0. */
export function durationOf(
  setUp: Line[],
  wished: string,
  duration: Duration,
  turn: string,
): string {
  switch (duration.kind) {
    case 'fixed':
      return String(duration.ms)
    case 'trace':
      if (duration.ms.length === 1) return String(duration.ms[0])
      setUp.push(line(`const ${wished} = ${tsValue(duration.ms)}`))
      return `${wished}[${/ /.test(turn) ? `(${turn})` : turn} % ${duration.ms.length}]`
    case 'uniform':
      return `${duration.minMs} + ${duration.maxMs - duration.minMs} * Math.random()`
    case 'exponential':
      return `-${duration.meanMs} * Math.log(1 - Math.random())`
    case 'lognormal': {
      const { mu, sigma } = lognormalOf(duration.meanMs, duration.cv)
      return `Math.exp(${mu} + ${sigma} * Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random()))`
    }
  }
}

export function sleeps(sheet: Sheet): void {
  sheet.import("import { setTimeout as sleep } from 'node:timers/promises'")
}
