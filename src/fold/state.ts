/** A state as its leaves: each with the path that leads there, so that two states can be told apart by what differs. */

export interface Leaf {
  path: readonly string[]
  value: unknown
}

/** What lies deeper is one value. */
const DEPTH_MAX = 32

/** The values in a state that have no parts, in order; an empty list or object is one too. */
export function leavesOf(state: unknown, path: readonly string[] = []): Leaf[] {
  if (typeof state !== 'object' || state === null || path.length === DEPTH_MAX)
    return [{ path, value: state }]
  const entries = Object.entries(state)
  if (entries.length === 0) return [{ path, value: state }]
  return entries.flatMap(([name, value]) => leavesOf(value, [...path, name]))
}

/** A leaf of a state with what it was before: `undefined` where there was none. */
export interface Difference extends Leaf {
  before: unknown
  change: 'same' | 'new' | 'other' | 'gone'
}

/** The leaves after an event and those that it took away, each with what became of it. */
export function differencesOf(before: string, after: string): Difference[] {
  const was = new Map(leavesOf(JSON.parse(before)).map((leaf) => [pathText(leaf.path), leaf]))
  const is = leavesOf(JSON.parse(after)).map((leaf): Difference => {
    const old = was.get(pathText(leaf.path))
    was.delete(pathText(leaf.path))
    if (!old) return { ...leaf, before: undefined, change: 'new' }
    const isSame = JSON.stringify(old.value) === JSON.stringify(leaf.value)
    return { ...leaf, before: old.value, change: isSame ? 'same' : 'other' }
  })
  const gone = [...was.values()].map(
    ({ path, value }): Difference => ({ path, value: undefined, before: value, change: 'gone' }),
  )
  // What was empty, or nothing at all before the first event, is no part that goes.
  return [...is, ...gone.filter(({ path, before }) => path.length > 0 && !isEmpty(before))]
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0
}

/** `items.2.price`; a state without parts has no name. */
export function pathText(path: readonly string[]): string {
  return path.join('.')
}

/** A value as it is written in one place. */
export function valueText(value: unknown): string {
  if (value === undefined) return '–'
  if (value === null) return 'nothing'
  return typeof value === 'string' ? value : JSON.stringify(value)
}
