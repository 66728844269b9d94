/**
 * The first look at anything from outside, before a schema touches it: is it plain JSON of a bearable
 * size? Iterative, so that no nesting exhausts the stack, and it reads own data properties only.
 */
import { LIMITS } from './limits.ts'
import { type Path, type Refused, refuse, shown } from './problem.ts'

interface Place {
  value: unknown
  key: string | number
  above: Place | null
  depth: number
}

/** Names that reach into JavaScript's prototypes when a careless program uses them as keys. */
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype'])

/** Null if `input` is plain JSON within the limits, else what to say. */
export function refuseUnlessPlain(input: unknown): Refused | null {
  const waiting: Place[] = [{ value: input, key: '', above: null, depth: 0 }]
  let seen = 0
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    if (++seen > LIMITS.values) {
      return refuse([], `holds more than ${LIMITS.values} values; make it smaller`)
    }
    const { value } = place
    if (value === null || typeof value === 'string' || typeof value === 'boolean') continue
    if (typeof value === 'number') {
      if (Number.isFinite(value)) continue
      return refuse(pathOf(place), `is ${value}; give a number that JSON can hold`)
    }
    if (typeof value !== 'object') {
      return refuse(pathOf(place), `is ${shown(value)}; give plain JSON`)
    }
    if (place.depth === LIMITS.depth) {
      return refuse(pathOf(place), `is nested more than ${LIMITS.depth} deep; make it flatter`)
    }
    const refused = open(place, value, waiting)
    if (refused) return refused
  }
  return null
}

function open(place: Place, value: object, waiting: Place[]): Refused | null {
  if (Array.isArray(value)) {
    if (value.length > LIMITS.values) {
      return refuse(pathOf(place), `is a list of ${value.length}; make it shorter`)
    }
    for (let i = value.length - 1; i >= 0; i--) waiting.push(below(place, i, value[i]))
    return null
  }
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) {
    return refuse(pathOf(place), 'is not a plain object; give plain JSON')
  }
  const properties = Object.entries(Object.getOwnPropertyDescriptors(value))
  for (let i = properties.length - 1; i >= 0; i--) {
    const [key, property] = properties[i] as [string, PropertyDescriptor]
    const next = below(place, key, property.value)
    if (FORBIDDEN.has(key)) return refuse(pathOf(next), 'is a forbidden name; remove it')
    if (property.get || property.set) return refuse(pathOf(next), 'is computed; give plain JSON')
    waiting.push(next)
  }
  return null
}

function below(above: Place, key: string | number, value: unknown): Place {
  return { value, key, above, depth: above.depth + 1 }
}

function pathOf(place: Place): Path {
  const path: (string | number)[] = []
  for (let at: Place = place; at.above !== null; at = at.above) path.unshift(at.key)
  return path
}
