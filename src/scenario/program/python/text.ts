/** Literals and names of Python. */
import { cut, wordsOf } from '../words.ts'

const RESERVED = new Set(
  'and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with match case type True False None print len list dict json time pika connection channel producer admin consumer callback command event stream past batch body key balance balances counts evolve decide message messages EventStore'.split(
    ' ',
  ),
)

export function pyString(text: string): string {
  return `'${escaped(text).replaceAll("'", "\\'")}'`
}

/** A bytes literal, where Python lets it be one. */
export function pyBytes(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is what a bytes literal may hold
  return /^[\x00-\x7f]*$/.test(text) ? `b${pyString(text)}` : `${pyString(text)}.encode()`
}

/** An f-string, or a plain one if nothing is filled in. `fill` gives the expression for a name. */
export function pyTemplate(
  template: string,
  names: RegExp,
  fill: (name: string) => string,
): string {
  const pieces = cut(template, names)
  if (pieces.length === 1) return pyString(template)
  const text = pieces.map((piece, i) =>
    i % 2 === 1 ? `{${fill(piece)}}` : escaped(piece).replace(/["{}]/g, escapeInTemplate),
  )
  return `f"${text.join('')}"`
}

/** JSON as Python writes it. */
export function pyValue(value: unknown): string {
  if (value === null || value === undefined) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (typeof value === 'string') return pyString(value)
  if (Array.isArray(value)) return `[${value.map(pyValue).join(', ')}]`
  if (typeof value === 'object') {
    const cells = Object.entries(value).map(([key, cell]) => `${pyString(key)}: ${pyValue(cell)}`)
    return `{${cells.join(', ')}}`
  }
  return String(value)
}

export function pyName(name: string): string {
  const words = wordsOf(name).join('_').toLowerCase() || 'node'
  const safe = /^\d/.test(words) ? `n_${words}` : words
  return RESERVED.has(safe) ? `${safe}_` : safe
}

function escapeInTemplate(letter: string): string {
  return letter === '"' ? '\\"' : letter + letter
}

function escaped(text: string): string {
  let out = ''
  for (const letter of text) {
    const code = letter.codePointAt(0) as number
    if (letter === '\\') out += '\\\\'
    else if (letter === '\n') out += '\\n'
    else if (code < 32 || code === 127) out += `\\x${code.toString(16).padStart(2, '0')}`
    else if (code >= 0xd800 && code <= 0xdfff) out += `\\u${code.toString(16)}`
    else out += letter
  }
  return out
}
