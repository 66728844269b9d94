/** Literals and names of TypeScript. */
import { cut, wordsOf } from '../words.ts'

const RESERVED = new Set(
  'await break case catch class const continue debugger default delete do else enum export extends false finally for function if implements import in instanceof interface let new null package private protected public return static super switch this throw true try typeof var void while with yield amqp Kafka kafka connection channel producer admin command event message batch balance evolve decide body key console past stream balances counts commands EventStore Data Event Stored Command offset Buffer String BigInt Map JSON Error undefined arguments eval'.split(
    ' ',
  ),
)

export function tsString(text: string): string {
  const inner = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")
  return `'${inner}'`
}

/** A template literal, or a plain string if nothing is filled in. `fill` gives the expression for a name. */
export function tsTemplate(
  template: string,
  names: RegExp,
  fill: (name: string) => string,
): string {
  const pieces = cut(template, names)
  if (pieces.length === 1) return tsString(template)
  const text = pieces.map((piece, i) =>
    i % 2 === 1
      ? `\${${fill(piece)}}`
      : JSON.stringify(piece)
          .slice(1, -1)
          .replaceAll('\\"', '"')
          .replace(/`|\$\{/g, '\\$&'),
  )
  return `\`${text.join('')}\``
}

/** JSON as TypeScript writes it. */
export function tsValue(value: unknown): string {
  if (typeof value === 'string') return tsString(value)
  if (Array.isArray(value)) return `[${value.map(tsValue).join(', ')}]`
  if (value !== null && typeof value === 'object') {
    const cells = Object.entries(value).map(([key, cell]) => `${tsKey(key)}: ${tsValue(cell)}`)
    return `{ ${cells.join(', ')} }`
  }
  return String(value)
}

/** An identifier in camel case. */
export function tsName(name: string): string {
  const [first = 'node', ...rest] = wordsOf(name)
  const camel = first.toLowerCase() + rest.map(capital).join('')
  const safe = /^\d/.test(camel) ? `n${camel}` : camel
  return RESERVED.has(safe) ? `${safe}_` : safe
}

export function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1)
}

function tsKey(key: string): string {
  return /^[A-Za-z_]\w*$/.test(key) ? key : tsString(key)
}
