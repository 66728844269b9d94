/**
 * Old facts in a quarter of their memory. A fact is told by how it differs from what was likely: the same
 * time as the fact before it, the same message, and numbers near those of the last fact of its kind and
 * part. One byte says how many bytes each difference takes; a fact of a busy queue takes four in all.
 */
import { assert } from '../base/assert.ts'

/** Words of a fact: time, kind << 16 | part, message, aux. */
const WORDS = 4
/** Most bytes of a packed fact: one that says how long the others are, two and three times four. */
const BYTES_MAX = 15
/** Places of the hash table of heads: a power of two, twice as many as a chunk can have heads. */
const TABLE_BITS = 15

/** Kind and part of facts, and what the last fact of each said. Numbered in the order of their first fact. */
class Heads {
  count = 0
  heads = new Int32Array(256)
  messages = new Int32Array(256)
  auxes = new Int32Array(256)

  /** Gives a head the next number. */
  add(head: number): void {
    if (this.count === this.heads.length) {
      this.heads = twice(this.heads)
      this.messages = twice(this.messages)
      this.auxes = twice(this.auxes)
    }
    this.heads[this.count] = head
    this.messages[this.count] = 0
    this.auxes[this.count++] = 0
  }
}

/** Where each head lies in `Heads`: its number + 1 by its hash, 0 where there is none. */
const table = new Int32Array(1 << TABLE_BITS)
let bytes = new Uint8Array(1 << 16)

export interface PackedFacts {
  readonly bytes: Uint8Array
  /** Kind and part of each kind of fact in it. */
  readonly heads: Int32Array
}

/** Packs `count` facts, at most half as many as the table has places. */
export function packFacts(words: Int32Array, count: number): PackedFacts {
  assert(count <= 1 << (TABLE_BITS - 1), `${count} facts to pack`)
  if (bytes.length < count * BYTES_MAX) bytes = new Uint8Array(count * BYTES_MAX)
  const out = bytes
  const known = new Heads()
  let lastUs = 0
  let lastMessage = 0
  let at = 0
  for (let w = 0; w < count * WORDS; w += WORDS) {
    const head = words[w + 1] as number
    const message = words[w + 2] as number
    const number = numberOf(known, head)
    const us = ((words[w] as number) - lastUs) | 0
    const nearMessage = (message - (known.messages[number] as number)) | 0
    const nearAux = ((words[w + 3] as number) - (known.auxes[number] as number)) | 0
    const control = at++
    const usLength = us === 0 ? 0 : lengthOf(us)
    const messageLength = message === lastMessage ? 0 : lengthOf(nearMessage)
    const auxLength = nearAux === 0 ? 0 : lengthOf(nearAux)
    out[control] =
      usLength | (messageLength << 2) | (auxLength << 4) | (number < 256 ? 0 : NUMBER_IS_LONG)
    out[at++] = number
    if (number >= 256) out[at++] = number >> 8
    if (usLength > 0) at = write(out, at, us, usLength)
    if (messageLength > 0) at = write(out, at, nearMessage, messageLength)
    if (auxLength > 0) at = write(out, at, nearAux, auxLength)
    lastUs = words[w] as number
    lastMessage = message
    known.messages[number] = message
    known.auxes[number] = words[w + 3] as number
  }
  forget(known)
  return { bytes: out.slice(0, at), heads: known.heads.slice(0, known.count) }
}

/** Writes `count` facts back as words. */
export function unpackFacts(packed: PackedFacts, into: Int32Array, count: number): void {
  const { bytes: from, heads } = packed
  const messages = new Int32Array(heads.length)
  const auxes = new Int32Array(heads.length)
  let us = 0
  let message = 0
  let at = 0
  for (let w = 0; w < count * WORDS; w += WORDS) {
    const control = from[at++] as number
    let number = from[at++] as number
    if ((control & NUMBER_IS_LONG) !== 0) number |= (from[at++] as number) << 8
    const usLength = control & 3
    if (usLength > 0) {
      us = (us + read(from, at, usLength)) | 0
      at += SIZES[usLength] as number
    }
    const messageLength = (control >> 2) & 3
    if (messageLength > 0) {
      message = ((messages[number] as number) + read(from, at, messageLength)) | 0
      at += SIZES[messageLength] as number
    }
    const auxLength = (control >> 4) & 3
    if (auxLength > 0) {
      auxes[number] = (auxes[number] as number) + read(from, at, auxLength)
      at += SIZES[auxLength] as number
    }
    messages[number] = message
    into[w] = us
    into[w + 1] = heads[number] as number
    into[w + 2] = message
    into[w + 3] = auxes[number] as number
  }
}

/** Bit of the control byte. */
const NUMBER_IS_LONG = 64
/** Bytes of a difference by the two bits that tell its length. */
const SIZES = [0, 1, 2, 4]

/** Which length a difference needs: 1, 2 or 4 bytes, signed. */
function lengthOf(value: number): number {
  if (value === (value << 24) >> 24) return 1
  return value === (value << 16) >> 16 ? 2 : 3
}

function write(out: Uint8Array, at: number, value: number, length: number): number {
  out[at] = value
  if (length === 1) return at + 1
  out[at + 1] = value >> 8
  if (length === 2) return at + 2
  out[at + 2] = value >> 16
  out[at + 3] = value >> 24
  return at + 4
}

function read(from: Uint8Array, at: number, length: number): number {
  const low = from[at] as number
  if (length === 1) return (low << 24) >> 24
  const two = low | ((from[at + 1] as number) << 8)
  if (length === 2) return (two << 16) >> 16
  return two | ((from[at + 2] as number) << 16) | ((from[at + 3] as number) << 24)
}

function numberOf(known: Heads, head: number): number {
  let place = placeOf(head)
  for (;;) {
    const number = (table[place] as number) - 1
    if (number === -1) break
    if (known.heads[number] === head) return number
    place = (place + 1) & (table.length - 1)
  }
  table[place] = known.count + 1
  known.add(head)
  return known.count - 1
}

function placeOf(head: number): number {
  return Math.imul(head, 0x9e3779b1) >>> (32 - TABLE_BITS)
}

/** Clears the table for the next: its collisions lie behind the places of heads that were there before. */
function forget({ heads, count }: Heads): void {
  for (let number = 0; number < count; number++) {
    let place = placeOf(heads[number] as number)
    while (table[place] !== 0) {
      table[place] = 0
      place = (place + 1) & (table.length - 1)
    }
  }
}

function twice(values: Int32Array): Int32Array<ArrayBuffer> {
  const wider = new Int32Array(values.length * 2)
  wider.set(values)
  return wider
}
