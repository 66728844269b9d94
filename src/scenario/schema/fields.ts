/** The fields that documents are made of. Each says in its message what to give instead of what was given. */
import * as v from 'valibot'
import { LIMITS } from './limits.ts'

/** A whole number within bounds. */
export function whole(min: number, max: number) {
  const wanted = `give a whole number from ${min} to ${max}`
  return v.pipe(
    v.number(wanted),
    v.integer(wanted),
    v.minValue(min, wanted),
    v.maxValue(max, wanted),
  )
}

/** Any number within bounds. */
export function amount(min: number, max: number) {
  const wanted = `give a number from ${min} to ${max}`
  return v.pipe(v.number(wanted), v.minValue(min, wanted), v.maxValue(max, wanted))
}

/** Text of a length within bounds. */
export function text(minChars: number, maxChars: number) {
  const wanted =
    minChars === 0
      ? `give a text of at most ${maxChars} characters`
      : `give a text of ${minChars} to ${maxChars} characters`
  return v.pipe(v.string(wanted), v.minLength(minChars, wanted), v.maxLength(maxChars, wanted))
}

/** One of a few words. */
export function oneOf<const Words extends readonly string[]>(words: Words) {
  return v.picklist(words, `give ${words.map((word) => `"${word}"`).join(' or ')}`)
}

/** A list with bounds on how much it holds. */
export function list<Item extends v.GenericSchema>(item: Item, min: number, max: number) {
  const wanted = min === 0 ? `give a list of at most ${max}` : `give a list of ${min} to ${max}`
  return v.pipe(
    v.array(item, wanted),
    v.minLength(min, `${wanted} entries`),
    v.maxLength(max, `${wanted} entries`),
  )
}

/** Headers of a message, or what a binding asks of them (`null`: any value). */
export function headers<Nullable extends boolean>(nullable: Nullable) {
  const wanted = nullable
    ? 'give a text, a number, true, false or null'
    : 'give a text, a number, true or false'
  const value = v.union([text(0, LIMITS.keyChars), v.number(), v.boolean()], wanted)
  const most = `give at most ${LIMITS.headers} headers`
  return v.pipe(
    v.record(text(1, LIMITS.keyChars), (nullable ? v.nullable(value) : value) as Value<Nullable>),
    v.maxEntries(LIMITS.headers, most),
  )
}

type Plain = string | number | boolean
type Value<Nullable> = Nullable extends true
  ? v.GenericSchema<Plain | null>
  : v.GenericSchema<Plain>

const ID_WANTED = `give 1 to ${LIMITS.idChars} letters, digits, "-" or "_", beginning with a letter or digit`

/** An id. It may not begin with `_`, so that no id is the name of something in JavaScript's prototypes. */
export const id = v.pipe(
  v.string(ID_WANTED),
  v.regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, ID_WANTED),
)

export const delayMs = amount(0, LIMITS.delayMs)
export const pauseMs = amount(LIMITS.pauseMinMs, LIMITS.delayMs)

/** How long something takes. */
export const duration = v.variant('kind', [
  v.strictObject({ kind: v.literal('fixed'), ms: delayMs }),
  v.strictObject({ kind: v.literal('uniform'), minMs: delayMs, maxMs: delayMs }),
  v.strictObject({ kind: v.literal('exponential'), meanMs: pauseMs }),
  v.strictObject({ kind: v.literal('lognormal'), meanMs: pauseMs, cv: amount(0.01, 10) }),
  v.strictObject({ kind: v.literal('trace'), ms: list(delayMs, 1, LIMITS.traceEntries) }),
])

const count = v.exactOptional(whole(1, LIMITS.arrivals))
const firstMs = v.exactOptional(delayMs)

/** When things come. */
export const arrivals = v.variant('kind', [
  v.strictObject({ kind: v.literal('interval'), every: duration, firstMs, count }),
  v.strictObject({
    kind: v.literal('bursts'),
    size: whole(1, LIMITS.burst),
    gapMs: delayMs,
    everyMs: pauseMs,
    firstMs,
    count,
  }),
  v.strictObject({
    kind: v.literal('onOff'),
    every: duration,
    onMs: pauseMs,
    offMs: delayMs,
    count,
  }),
  v.strictObject({ kind: v.literal('trace'), atMs: list(delayMs, 0, LIMITS.traceEntries) }),
  v.strictObject({ kind: v.literal('manual') }),
])
