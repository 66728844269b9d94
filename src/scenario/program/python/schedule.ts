/**
 * The schedule of a run in Python: lists that are gone through in turn, the loop over messages with the pause before each,
 * durations. `sleep` is the call by which a library waits.
 */
import type { Arrivals, Duration } from '../../../engine/distributions.ts'
import type { NodeOf } from '../../document.ts'
import { type Line, line } from '../program.ts'
import { lognormalOf, pausesBetween, type Rhythm, type Scheduled } from '../schedule.ts'
import type { Sheet } from '../sheet.ts'
import type { Text } from './publish.ts'
import { pyTemplate, pyValue } from './text.ts'

/** Lists that are gone through in turn, each set up once. */
export class Turns {
  private readonly sheet: Sheet
  private readonly setUp: Line[]

  constructor(sheet: Sheet, setUp: Line[]) {
    this.sheet = sheet
    this.setUp = setUp
  }

  next(wished: string, values: readonly unknown[]): string {
    this.sheet.import('import itertools')
    const name = this.sheet.name(wished)
    this.setUp.push(line(`${name} = itertools.cycle(${pyValue([...values])})`))
    return `next(${name})`
  }

  chosen(wished: string, values: readonly unknown[]): string {
    this.sheet.import('import random')
    const name = this.sheet.name(wished)
    this.setUp.push(line(`${name} = ${pyValue([...values])}`))
    return `random.choice(${name})`
  }

  import(statement: string): void {
    this.sheet.import(statement)
  }
}

export function bodyOf(each: Turns, { bodies }: Pick<NodeOf<'producer'>, 'bodies'>): Text {
  const [only = ''] = bodies
  if (bodies.length > 1) {
    return { expression: `${each.next('bodies', bodies)}.replace('{n}', str(n))` }
  }
  return only.includes('{n}')
    ? { expression: pyTemplate(only, /\{(n)\}/, () => 'n') }
    : { literal: only }
}

export function keyOf(each: Turns, { keys }: NodeOf<'producer'>): Text | null {
  if (!keys || keys.kind === 'none') return null
  const [only = ''] = keys.of
  if (keys.of.length === 1) return { literal: only }
  return {
    expression: keys.kind === 'turn' ? each.next('keys', keys.of) : each.chosen('keys', keys.of),
  }
}

export function rhythmOf(each: Turns, producer: Scheduled, sleep: string): Rhythm {
  const { arrivals, firstNumber: first = 1 } = producer
  const sleeping = (pause: string): Line[] => [line(`${sleep}(${pause})`)]
  switch (arrivals.kind) {
    case 'manual':
      each.import('import itertools')
      return {
        before: [],
        head: `for n in itertools.count(${first}):`,
        pause: [line("input('Press Enter to publish one.')")],
      }
    case 'trace': {
      const pauses = pausesBetween(arrivals.atMs).map(secondsOf).join(', ')
      return {
        before: [],
        head: `for n, pause in enumerate([${pauses}], ${first}):`,
        pause: sleeping('pause'),
      }
    }
    case 'onOff':
      return { ...silences(each, arrivals, sleep), head: headOf(each, first, arrivals.count) }
    default:
      return {
        before: [],
        head: headOf(each, first, arrivals.count),
        pause: sleeping(pauseBefore(each, arrivals, first)),
      }
  }
}

function headOf(each: Turns, first: number, count: number | undefined): string {
  if (count !== undefined) return `for n in range(${first}, ${first + count}):`
  each.import('import itertools')
  return `for n in itertools.count(${first}):`
}

function pauseBefore(
  each: Turns,
  arrivals: Extract<Arrivals, { kind: 'interval' | 'bursts' }>,
  first: number,
): string {
  if (arrivals.kind === 'interval') {
    const every = durationOf(each, 'pauses', arrivals.every)
    const { firstMs } = arrivals
    if (firstMs === undefined || every === secondsOf(firstMs)) return every
    return `${secondsOf(firstMs)} if n == ${first} else ${every}`
  }
  const { size, gapMs, everyMs, firstMs = everyMs } = arrivals
  const between = secondsOf(everyMs - (size - 1) * gapMs)
  const nth = first === 0 ? 'n' : `(n - ${first})`
  return `${secondsOf(firstMs)} if n == ${first} else ${secondsOf(gapMs)} if ${nth} % ${size} else ${between}`
}

function silences(
  each: Turns,
  arrivals: Extract<Arrivals, { kind: 'onOff' }>,
  sleep: string,
): Omit<Rhythm, 'head'> {
  const [onS, offS] = [secondsOf(arrivals.onMs), secondsOf(arrivals.offMs)]
  return {
    before: [line('on = 0')],
    pause: [
      line(`pause = ${durationOf(each, 'pauses', arrivals.every)}`),
      line('on += pause'),
      line(`while on >= ${onS}:`),
      line(`    on -= ${onS}`),
      line(`    pause += ${offS}`),
      line(`${sleep}(pause)`),
    ],
  }
}

/** An expression in seconds. */
export function durationOf(each: Turns, wished: string, duration: Duration): string {
  switch (duration.kind) {
    case 'fixed':
      return secondsOf(duration.ms)
    case 'trace':
      return duration.ms.length === 1
        ? secondsOf(duration.ms[0] ?? 0)
        : each.next(
            wished,
            duration.ms.map((ms) => ms / 1000),
          )
    case 'uniform':
      each.import('import random')
      return `random.uniform(${secondsOf(duration.minMs)}, ${secondsOf(duration.maxMs)})`
    case 'exponential':
      each.import('import random')
      return `random.expovariate(1 / ${secondsOf(duration.meanMs)})`
    case 'lognormal': {
      each.import('import random')
      const { mu, sigma } = lognormalOf(duration.meanMs / 1000, duration.cv)
      return `random.lognormvariate(${mu}, ${sigma})`
    }
  }
}

export function secondsOf(ms: number): string {
  return String(ms / 1000)
}
