/**
 * Filter policies of Amazon SNS over a message's attributes
 * (docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html): `{"type": ["order", {"prefix": "re"}],
 * "price": [{"numeric": [">=", 100]}]}`. Each name must have one of its values. Left out: policies over bodies, `$or`,
 * IP addresses, and lists as values of an attribute.
 */
import { type Attribute, attributeOf } from './attributes.ts'
import type { Filter } from './filter.ts'
import { FilterError } from './filterError.ts'
import { readJson } from './json.ts'

/** Whether the value of an attribute, undefined where it is not there, is one of those. */
type Condition = (value: Attribute | undefined) => boolean

const NAMES_MAX = 5
const COMBINATIONS_MAX = 150
/** Numbers that SNS compares. */
const NUMBER_MAX = 1e9
const KNOWN = 'anything-but, prefix, suffix, equals-ignore-case, numeric or exists'

/** Whether a text is a policy, and no filter of Google Pub/Sub. */
export function isPolicy(filter: string): boolean {
  return filter.trimStart().startsWith('{')
}

export function readPolicy(text: string): Filter {
  const names = Object.entries(objectAt(readJson(text), 'the policy'))
  if (names.length > NAMES_MAX) {
    throw new FilterError(`it has ${names.length} names, and SNS takes ${NAMES_MAX} at most`)
  }
  let combinations = 1
  const wanted = names.map(([name, values]): [string, Condition[]] => {
    if (name === '$or') throw new FilterError('"$or" is not modelled; give the names themselves')
    if (!Array.isArray(values) || values.length === 0) {
      throw new FilterError(`${shown(name)} wants a list of values, such as ["order"]`)
    }
    combinations *= values.length
    return [name, values.map((value) => conditionOf(value, shown(name)))]
  })
  if (combinations > COMBINATIONS_MAX) {
    throw new FilterError(
      `its values make ${combinations} combinations, and SNS takes ${COMBINATIONS_MAX} at most`,
    )
  }
  return (attributes) =>
    wanted.every(([name, conditions]) => {
      const value = attributeOf(attributes, name)
      return conditions.some((is) => is(value))
    })
}

function conditionOf(given: unknown, at: string): Condition {
  if (isPlain(given)) return (value) => value === given
  const [entry, ...more] = Object.entries(objectAt(given, at))
  if (entry === undefined || more.length > 0) {
    throw new FilterError(`${at} wants one of ${KNOWN} in each object`)
  }
  const [operator, operand] = entry
  const place = `${at}, ${shown(operator)},`
  switch (operator) {
    case 'exists':
      if (typeof operand !== 'boolean') throw new FilterError(`${place} wants true or false`)
      return (value) => (value !== undefined) === operand
    case 'anything-but':
      return anythingBut(operand, place)
    case 'numeric':
      return numeric(operand, place)
    case 'prefix':
    case 'suffix':
    case 'equals-ignore-case':
      return textual(operator, operand, place)
    default:
      throw new FilterError(`${at} has ${shown(operator)}; give ${KNOWN}`)
  }
}

function textual(operator: string, operand: unknown, place: string): Condition {
  if (typeof operand !== 'string' || operand === '') throw new FilterError(`${place} wants a text`)
  if (operator === 'prefix') return (value) => isText(value) && value.startsWith(operand)
  if (operator === 'suffix') return (value) => isText(value) && value.endsWith(operand)
  const lower = operand.toLowerCase()
  return (value) => isText(value) && value.toLowerCase() === lower
}

/** The attribute has to be there. */
function anythingBut(operand: unknown, place: string): Condition {
  const listed: unknown[] = Array.isArray(operand) ? operand : [operand]
  const [only] = listed
  if (listed.length === 1 && typeof only === 'object' && only !== null && !Array.isArray(only)) {
    const [operator, text] = Object.entries(only)[0] ?? ['', '']
    if (operator !== 'prefix' && operator !== 'suffix') {
      throw new FilterError(`${place} wants a value, a list of values, prefix or suffix`)
    }
    const matches = textual(operator, text, `${place} ${shown(operator)},`)
    return (value) => value !== undefined && !matches(value)
  }
  if (listed.length === 0 || !listed.every(isPlain)) {
    throw new FilterError(`${place} wants a value, a list of values, prefix or suffix`)
  }
  return (value) => value !== undefined && !listed.includes(value)
}

const COMPARE: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  '=': (value, bound) => value === bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
}

/** One comparison, or a range: the lower bound and then the upper one. */
function numeric(operand: unknown, place: string): Condition {
  const wanted = `${place} wants [">=", 100], or a range such as [">", 0, "<=", 100]`
  if (!Array.isArray(operand)) throw new FilterError(wanted)
  const [first, low, second, high] = operand as unknown[]
  const isRange = operand.length === 4
  const isOne = operand.length === 2
  if (!isOne && !(isRange && isBound(first, '>') && isBound(second, '<'))) {
    throw new FilterError(wanted)
  }
  const a = COMPARE[String(first)]
  if (a === undefined) throw new FilterError(wanted)
  const least = numberAt(low, place)
  if (!isRange) return (value) => typeof value === 'number' && a(value, least)
  const b = COMPARE[String(second)] as (typeof COMPARE)[string]
  const most = numberAt(high, place)
  if (most <= least) throw new FilterError(`${place} has a range that ends before it begins`)
  return (value) => typeof value === 'number' && a(value, least) && b(value, most)
}

function isBound(operator: unknown, side: '<' | '>'): boolean {
  return operator === side || operator === `${side}=`
}

function numberAt(given: unknown, place: string): number {
  if (typeof given === 'number' && Math.abs(given) <= NUMBER_MAX) return given
  throw new FilterError(`${place} wants numbers between -1000000000 and 1000000000`)
}

function isPlain(given: unknown): given is Attribute {
  return typeof given === 'string' || typeof given === 'number' || typeof given === 'boolean'
}

function isText(value: Attribute | undefined): value is string {
  return typeof value === 'string'
}

function objectAt(given: unknown, at: string): object {
  if (typeof given === 'object' && given !== null && !Array.isArray(given)) return given
  throw new FilterError(`${at} wants a value or an object, and has ${JSON.stringify(given)}`)
}

function shown(name: string): string {
  return JSON.stringify(name)
}
