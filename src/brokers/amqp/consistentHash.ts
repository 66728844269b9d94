/**
 * Where the consistent-hash exchange puts a key: the jump hash of Lamping and Veach over buckets, of which
 * each binding brings as many as its key says (the README of rabbitmq_consistent_hash_exchange). Erlang's
 * own hash and random stream are reproduced, so that a key lands where RabbitMQ 3.10 puts it.
 */
import { utf8 } from '../../base/utf8.ts'

/** Bucket of a key, from 0, among `buckets`. */
export function bucketOf(key: string, buckets: number): number {
  if (buckets === 1) return 0
  const stream = new Exs1024(hashText(key))
  let bucket = -1
  let jump = 0
  while (jump < buckets) {
    bucket = jump
    jump = Math.trunc((bucket + 1) / stream.next())
  }
  return bucket
}

/** 2^32 divided by the golden ratio: where Bob Jenkins' hash begins. */
const GOLDEN = 0x9e3779b9 | 0
/** What Erlang mixes into the hash of a binary. */
const BINARY_SALT = Math.imul(13, GOLDEN)
const MASK_27 = (1 << 27) - 1

/** `erlang:phash2/1` of a binary: Bob Jenkins' hash of its bytes, cut to 27 bits. */
export function hashText(text: string): number {
  const bytes = utf8(text)
  if (bytes.length === 0) return BINARY_SALT & MASK_27
  const state: Words = [GOLDEN, GOLDEN, BINARY_SALT]
  let at = 0
  for (; bytes.length - at >= 12; at += 12) {
    add(state, word(bytes, at), word(bytes, at + 4), word(bytes, at + 8))
  }
  // In the last block the length takes the lowest byte of the third word.
  add(state, word(bytes, at), word(bytes, at + 4), (word(bytes, at + 8) << 8) + bytes.length)
  return state[2] & MASK_27
}

type Words = [number, number, number]

function word(bytes: readonly number[], at: number): number {
  const byte = (i: number) => bytes[at + i] ?? 0
  return byte(0) | (byte(1) << 8) | (byte(2) << 16) | (byte(3) << 24)
}

/** Adds a block and stirs (Bob Jenkins, "A hash function for hash table lookup"). */
function add(state: Words, first: number, second: number, third: number): void {
  let [a, b, c] = state
  a = (a + first) | 0
  b = (b + second) | 0
  c = (c + third) | 0
  a = (a - b - c) ^ (c >>> 13)
  b = (b - c - a) ^ (a << 8)
  c = (c - a - b) ^ (b >>> 13)
  a = (a - b - c) ^ (c >>> 12)
  b = (b - c - a) ^ (a << 16)
  c = (c - a - b) ^ (b >>> 5)
  a = (a - b - c) ^ (c >>> 3)
  b = (b - c - a) ^ (a << 10)
  c = (c - a - b) ^ (b >>> 15)
  state[0] = a
  state[1] = b
  state[2] = c
}

const MASK_64 = (1n << 64n) - 1n
const TWO_64 = Number(1n << 64n)
const MASK_21 = (1n << 21n) - 1n

/** Erlang's random stream `exs1024`, seeded with one number three times (`rand:seed_s/2`). */
class Exs1024 {
  private ahead: bigint[] = []
  private behind: bigint[] = []

  constructor(seed: number) {
    const part = (prime: bigint) => (((BigInt(seed) & MASK_21) + 1n) * prime) & MASK_21
    let state = (part(2097131n) << 43n) | (part(2097133n) << 22n) | (part(2097143n) << 1n) | 1n
    for (let i = 0; i < 16; i++) {
      state ^= state >> 12n
      state ^= (state << 25n) & MASK_64
      state ^= state >> 27n
      this.ahead.unshift((state * 2685821657736338717n) & MASK_64)
    }
  }

  /** The next number from 0 up to, not including, 1. */
  next(): number {
    if (this.ahead.length === 1) {
      this.ahead.push(...this.behind.reverse())
      this.behind = []
    }
    const first = this.ahead.shift() ?? 0n
    let second = this.ahead[0] ?? 0n
    second ^= (second << 31n) & MASK_64
    second ^= second >> 11n
    const mixed = first ^ (first >> 30n) ^ second
    this.ahead[0] = mixed
    this.behind.unshift(first)
    return Number((mixed * 1181783497276652981n) & MASK_64) / TWO_64
  }
}
