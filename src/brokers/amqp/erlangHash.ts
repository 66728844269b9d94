/**
 * `erlang:phash2/1`: Bob Jenkins' hash of an Erlang term, cut to 27 bits. The consistent-hash exchange puts
 * terms through it (`make_hash2` of the Erlang runtime). Left out: floats.
 */
import { utf8 } from '../../base/utf8.ts'
import type { HeaderValue } from './properties.ts'

/** A text is a binary, a list a list. */
export type Term = string | number | readonly Term[] | { atom: string } | { tuple: readonly Term[] }

export function phash2(term: Term): number {
  return hashTerm(term, 0) & MASK_27
}

/** 2^32 divided by the golden ratio, of which Erlang adds a multiple for each type. */
const GOLDEN = 0x9e3779b9 | 0
const SALT = {
  integer: GOLDEN,
  emptyList: Math.imul(2, GOLDEN),
  atom: Math.imul(3, GOLDEN),
  tuple: Math.imul(9, GOLDEN),
  negative: Math.imul(10, GOLDEN),
  positive: Math.imul(11, GOLDEN),
  binary: Math.imul(13, GOLDEN),
}
const MASK_27 = (1 << 27) - 1
/** What the runtime says for [] before anything else was hashed, and after. */
const EMPTY_LIST_ALONE = 3468870702 | 0
const EMPTY_LIST = 2
/** Integers beyond this are hashed as big ones. */
const SMALL = 1 << 27

function hashTerm(term: Term, hash: number): number {
  if (typeof term === 'string') return hashBinary(utf8(term), (SALT.binary + hash) | 0)
  if (typeof term === 'number') return hashInteger(term, hash)
  if ('atom' in term) {
    const name = hashAtom(utf8(term.atom))
    return hash === 0 ? name : stir(name, 0, SALT.atom, hash)
  }
  if ('tuple' in term) {
    return term.tuple.reduce<number>(
      (sum, part) => hashTerm(part, sum),
      stir(term.tuple.length, 0, SALT.tuple, hash),
    )
  }
  const sum = term.reduce<number>((sum, item) => hashTerm(item, sum), hash)
  return sum === 0 ? EMPTY_LIST_ALONE : stir(EMPTY_LIST, 0, SALT.emptyList, sum)
}

function hashInteger(value: number, hash: number): number {
  if (value < -SMALL || value >= SMALL) {
    const digits = Math.abs(value)
    const salt = value < 0 ? SALT.negative : SALT.positive
    return stir(digits | 0, Math.floor(digits / 0x1_0000_0000) | 0, salt, hash)
  }
  // Negative numbers are stirred twice.
  const sum = value < 0 ? stir(-value, 0, SALT.integer, hash) : hash
  return stir(value, 0, SALT.integer, sum)
}

function hashAtom(bytes: readonly number[]): number {
  let hash = 0
  for (const byte of bytes) {
    hash = (hash << 4) + byte
    const high = hash & 0xf0000000
    hash = (hash ^ (high >>> 24) ^ high) | 0
  }
  return hash
}

function hashBinary(bytes: readonly number[], salt: number): number {
  if (bytes.length === 0) return salt
  let [a, b, c] = [GOLDEN, GOLDEN, salt]
  let at = 0
  for (; bytes.length - at >= 12; at += 12) {
    ;[a, b, c] = mix(
      (a + word(bytes, at)) | 0,
      (b + word(bytes, at + 4)) | 0,
      (c + word(bytes, at + 8)) | 0,
    )
  }
  // In the last block the length takes the lowest byte of the third word.
  const last = (word(bytes, at + 8) << 8) + bytes.length
  return mix((a + word(bytes, at)) | 0, (b + word(bytes, at + 4)) | 0, (c + last) | 0)[2]
}

function word(bytes: readonly number[], at: number): number {
  const byte = (i: number) => bytes[at + i] ?? 0
  return byte(0) | (byte(1) << 8) | (byte(2) << 16) | (byte(3) << 24)
}

function stir(first: number, second: number, salt: number, hash: number): number {
  return mix((salt + first) | 0, (salt + second) | 0, hash)[2]
}

/** Bob Jenkins, "A hash function for hash table lookup". */
function mix(first: number, second: number, third: number): [number, number, number] {
  let [a, b, c] = [first, second, third]
  a = (a - b - c) ^ (c >>> 13)
  b = (b - c - a) ^ (a << 8)
  c = (c - a - b) ^ (b >>> 13)
  a = (a - b - c) ^ (c >>> 12)
  b = (b - c - a) ^ (a << 16)
  c = (c - a - b) ^ (b >>> 5)
  a = (a - b - c) ^ (c >>> 3)
  b = (b - c - a) ^ (a << 10)
  c = (c - a - b) ^ (b >>> 15)
  return [a, b, c]
}

/** How RabbitMQ holds a header's value: with its type on the wire (`rabbit_binary_parser:parse_table/1`). */
export function headerTerm(value: HeaderValue): Term {
  const { type, term } = typedValue(value)
  return { tuple: [{ atom: type }, term] }
}

function typedValue(value: HeaderValue): { type: string; term: Term } {
  if (typeof value === 'string') return { type: 'longstr', term: value }
  if (typeof value === 'boolean') return { type: 'bool', term: { atom: String(value) } }
  if (typeof value === 'number') {
    return { type: value === (value | 0) ? 'signedint' : 'long', term: value }
  }
  if (value === null) return { type: 'void', term: UNDEFINED }
  if (Array.isArray(value)) return { type: 'array', term: value.map(headerTerm) }
  const fields = Object.entries(value).map(([name, field]) => {
    const { type, term } = typedValue(field)
    return { tuple: [name, { atom: type }, term] }
  })
  return { type: 'table', term: fields }
}

export const UNDEFINED: Term = { atom: 'undefined' }
