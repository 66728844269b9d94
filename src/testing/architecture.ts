/**
 * The rules of the house, as data and as functions over a file's text: which room may import which, and what a pure
 * room may not contain. There is no list of exceptions; a rule that is wrong is changed here, for everyone.
 */

import { posix } from 'node:path'
import { type ESTree, parseSync, Visitor } from 'vite'

/** A file of src: its path from the root of the project, with slashes, and its text. */
export type Source = { readonly path: string; readonly text: string }

type Arrows = { readonly values: readonly string[]; readonly types: readonly string[] }
/** Without a `target` it names no file that can be checked. */
type Import = { readonly target: string | undefined; readonly isType: boolean }

/** Each may import those before it, and nothing else. */
const pureRooms = ['base', 'engine', 'brokers', 'clients', 'scenario', 'history', 'lessons']
const upstairs = ['base', 'scenario', 'history', 'session', 'ui']
const page = [
  'session',
  'canvas',
  'timeline',
  'inspector',
  'classroom',
  'embed',
  'lab',
  'fold',
  'ui',
]

const values = (...rooms: string[]): Arrows => ({ values: rooms, types: [] })
/** Types of every pure room may be named upstairs: they leave nothing in what runs. */
const withPureTypes = (...rooms: string[]): Arrows => ({ values: rooms, types: pureRooms })

/** Every room of src, and the rooms that it may import; its own is always allowed. */
export const arrows: Readonly<Record<string, Arrows>> = {
  ...Object.fromEntries(pureRooms.map((room, i) => [room, values(...pureRooms.slice(0, i))])),
  worker: values(...pureRooms),
  session: withPureTypes('base', 'scenario', 'history', 'worker'),
  canvas: withPureTypes(...upstairs),
  timeline: withPureTypes(...upstairs),
  inspector: withPureTypes(...upstairs),
  classroom: withPureTypes(...upstairs, 'lessons'),
  embed: withPureTypes(...upstairs),
  lab: withPureTypes(...upstairs),
  fold: withPureTypes(...upstairs),
  ui: values('base'),
  app: values(...pureRooms, 'worker', ...page),
  cli: values(...pureRooms),
  testing: values(...pureRooms),
}

const roomOf = (path: string) => /^src\/([^/]+)\//.exec(path)?.[1] ?? ''
const isScript = (path: string) => /\.(ts|tsx|mjs)$/.test(path)
const isTest = (path: string) => /\.spec\.tsx?$/.test(path) || roomOf(path) === 'testing'

function parse({ path, text }: Source) {
  const { program, module, comments, errors } = parseSync(path, text)
  if (errors.length > 0) throw new Error(`${path} cannot be parsed: ${errors[0]?.message}`)
  return { program, module, comments }
}

/** Static and dynamic imports, re-exports, types named by `import('…')`, and what `new URL('…', import.meta.url)` names. */
function importsOf(source: Source): Import[] {
  const found: Import[] = []
  const add = (node: { type: string } | undefined, isType: boolean) => {
    const isText = node?.type === 'Literal'
    found.push({ target: isText ? (node as ESTree.StringLiteral).value : undefined, isType })
  }
  const { program, module } = parse(source)
  for (const { moduleRequest, entries } of module.staticImports) {
    const isType = entries.length > 0 && entries.every((entry) => entry.isType)
    found.push({ target: moduleRequest.value, isType })
  }
  for (const { moduleRequest, isType } of module.staticExports.flatMap(({ entries }) => entries)) {
    if (moduleRequest) found.push({ target: moduleRequest.value, isType })
  }
  new Visitor({
    ImportExpression: (node) => add(node.source, false),
    TSImportType: (node) => add(node.source, true),
    NewExpression: ({ callee, arguments: [address, base] }) => {
      const isFile = base?.type === 'MemberExpression' && base.object.type === 'MetaProperty'
      if (callee.type === 'Identifier' && callee.name === 'URL' && isFile) add(address, false)
    },
  }).visit(program)
  return found
}

function isPackageAllowed(source: Source, name: string): boolean {
  const room = roomOf(source.path)
  if (isTest(source.path)) return true
  if (name.startsWith('node:')) return room === 'cli'
  if (name.startsWith('@xyflow/')) return room === 'canvas'
  return !pureRooms.includes(room) || name === 'valibot'
}

function isRoomAllowed(source: Source, target: string, isType: boolean): boolean {
  const own = roomOf(source.path)
  const other = roomOf(target)
  const rule = arrows[own]
  if (other === own || rule?.values.includes(other)) return true
  if (isType && rule?.types.includes(other)) return true
  // What lies outside src (package.json, the built product, recorded traces) is for tests and the command line.
  if (other === '') return own === 'cli' || isTest(source.path)
  return other === 'testing' && isTest(source.path)
}

/** The imports of a file that go against the arrows, one sentence each. */
export function importsAgainstTheArrows(source: Source): string[] {
  if (!isScript(source.path)) return []
  return importsOf(source).flatMap(({ target, isType }) => {
    if (target === undefined) {
      const isAllowed = roomOf(source.path) === 'cli' || isTest(source.path)
      return isAllowed ? [] : [`${source.path} may not import what only the run decides`]
    }
    const isFile = target.startsWith('.')
    const path = isFile ? posix.join(posix.dirname(source.path), target) : target
    const isAllowed = isFile
      ? isRoomAllowed(source, path, isType)
      : isPackageAllowed(source, target)
    return isAllowed ? [] : [`${source.path} may not import ${path}`]
  })
}

/** What every engine computes to the last bit; the rest of Math is left to the engine's taste. */
const exactMath = /^(abs|ceil|clz32|floor|fround|imul|max|min|round|sign|sqrt|trunc)$/
const impureNames =
  /^(Date|Intl|console|performance|crypto|globalThis|setTimeout|setInterval|queueMicrotask|structuredClone|WeakRef)$/
const localeDependent = /^(toLocale.*|localeCompare)$/

/** The dice, clocks, locales and inexact arithmetic in a file of a pure room, one sentence each. */
export function impurities(source: Source): string[] {
  if (!pureRooms.includes(roomOf(source.path)) || isTest(source.path)) return []
  const found: string[] = []
  const say = (start: number, what: string) => {
    const line = source.text.slice(0, start).split('\n').length
    found.push(`${source.path}:${line} uses ${what}`)
  }
  const justNames = new Set<number>()
  const skipKey = (node: { computed: boolean; key: { start: number } }) => {
    if (!node.computed) justNames.add(node.key.start)
  }
  new Visitor({
    MemberExpression: ({ object, property, computed }) => {
      const name = !computed && property.type === 'Identifier' ? property.name : '(computed)'
      if (!computed) justNames.add(property.start)
      if (localeDependent.test(name)) say(property.start, name)
      if (object.type !== 'Identifier' || object.name !== 'Math') return
      justNames.add(object.start)
      if (!exactMath.test(name)) say(object.start, `Math.${name}`)
    },
    Property: (node) => {
      if (!node.shorthand) skipKey(node)
    },
    PropertyDefinition: skipKey,
    MethodDefinition: skipKey,
    TSPropertySignature: skipKey,
    TSMethodSignature: skipKey,
    Identifier: ({ name, start }) => {
      if (justNames.has(start)) return
      if (name === 'Math' || impureNames.test(name)) say(start, name)
    },
    BinaryExpression: ({ operator, start }) => {
      if (operator === '**') say(start, operator)
    },
    AssignmentExpression: ({ operator, start }) => {
      if (operator === '**=') say(start, operator)
    },
  }).visit(parse(source).program)
  // The key and the value of a shorthand property are the same word.
  return [...new Set(found)]
}

const lineLimit = 500

/** Files that are too long to be read, or that do not open by saying what they are. */
export function untidiness({ path, text }: Source): string[] {
  if (path.endsWith('.json') || path.endsWith('.md')) return []
  const lines = text.trimEnd().split('\n').length
  const complaints: string[] = []
  if (lines > lineLimit) complaints.push(`${path} has ${lines} lines: ${lineLimit} is the limit`)
  if (isScript(path) && !/^(#!.*\n)?\s*\/[*/]/.test(text)) {
    complaints.push(`${path} does not open with a comment that says what it is`)
  }
  return complaints
}
