/** Texts of a scenario as programs need them: templates cut at their placeholders, identifiers, rhythms. */
import type { Arrivals, Duration } from '../../engine/distributions.ts'
import type { ClientOf } from './plan.ts'

/** A template as literal texts and names of placeholders in turn: `a {body}` is `['a ', 'body', '']`. */
export function cut(template: string, names: RegExp): string[] {
  return template.split(names)
}

/** Words of a name, for identifiers and file names. */
export function wordsOf(name: string): string[] {
  return name.split(/[^A-Za-z0-9]+/).filter((word) => word !== '')
}

/** The bodies of a producer's first messages, each of its templates once. */
export function firstBodies(producer: ClientOf<'producer'>): string[] {
  const first = producer.firstNumber ?? 1
  return producer.bodies.map((body, i) => body.replaceAll('{n}', String(first + i)))
}

/** The key of its message number `index`, as far as that is certain. */
export function firstKey(producer: ClientOf<'producer'>, index: number): string | null {
  const { keys } = producer
  if (!keys || keys.kind === 'none') return null
  return keys.of[index % keys.of.length] ?? null
}

/** Whether the handler of a consumer throws at times. */
export function mayFail({ failOn, failureRate = 0 }: ClientOf<'consumer'>): boolean {
  return failOn !== undefined || failureRate > 0
}

/** What a producer goes on to do after its first messages, or null if that was all. */
export function rhythmOf(producer: ClientOf<'producer'>): string | null {
  const { arrivals, bodies, name } = producer
  const much = (count: number | undefined) => count === undefined || count > bodies.length
  switch (arrivals.kind) {
    case 'manual':
      return null
    case 'trace':
      return arrivals.atMs.length > bodies.length ? goesOn(name, 'at set times') : null
    default:
      return much(arrivals.count) ? goesOn(name, paceOf(arrivals)) : null
  }
}

function goesOn(name: string, pace: string): string {
  return `In the run ${name} goes on: ${pace}.`
}

function paceOf(arrivals: Extract<Arrivals, { kind: 'interval' | 'bursts' | 'onOff' }>): string {
  switch (arrivals.kind) {
    case 'interval':
      return `one more ${everyOf(arrivals.every)}`
    case 'bursts':
      return `${arrivals.size} more every ${secondsOf(arrivals.everyMs)}`
    case 'onOff':
      return `one more ${everyOf(arrivals.every)}, with pauses of ${secondsOf(arrivals.offMs)}`
  }
}

function everyOf(every: Duration): string {
  switch (every.kind) {
    case 'fixed':
      return `every ${secondsOf(every.ms)}`
    case 'uniform':
      return `every ${secondsOf(every.minMs)} to ${secondsOf(every.maxMs)}`
    case 'trace':
      return 'after given pauses'
    default:
      return `every ${secondsOf(every.meanMs)} on average`
  }
}

function secondsOf(ms: number): string {
  return ms < 100 ? `${ms} ms` : `${ms / 1000} s`
}

/** A command's JSON, or null if the body is no JSON object. */
export function commandOf(body: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(body)
    const isObject = value !== null && typeof value === 'object' && !Array.isArray(value)
    return isObject ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}

/** Said in a list of commands instead of a body that is none. */
export function noCommand(body: string): string {
  return `${JSON.stringify(body)} is no command: it is turned down.`
}

/** Said instead of a declaration of topics that need none. */
export const NO_SET_UP = 'Topics need no set-up: one is there as soon as somebody uses it.'
/** Said instead of a declaration of a place that keeps nothing. */
export const NOTHING_TO_DECLARE =
  'Nothing to declare: subjects and channels come with what is published.'

/** Said instead of a declaration of the default exchange. */
export const ALWAYS_THERE = 'The default exchange is there in every broker: nothing to declare.'
