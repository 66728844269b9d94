/**
 * Where the consistent-hash exchange puts a key: the jump hash of Lamping and Veach over buckets, of which
 * each binding brings as many as its key says (the README of rabbitmq_consistent_hash_exchange). Erlang's
 * own hash and random stream are reproduced, so that a key lands where RabbitMQ 3.10 puts it.
 */
import { headerTerm, phash2, type Term, UNDEFINED } from './erlangHash.ts'
import { hashing } from './hashing.ts'

hashing.bucket = {
  ofText: bucketOf,
  ofHeader: (value, buckets) =>
    bucketOf(value === undefined ? UNDEFINED : headerTerm(value), buckets),
}

/** Bucket of a routing key, or of what stands for it, from 0, among `buckets`. */
export function bucketOf(key: Term, buckets: number): number {
  if (buckets === 1) return 0
  const stream = new Exs1024(phash2(key))
  let bucket = -1
  let jump = 0
  while (jump < buckets) {
    bucket = jump
    jump = Math.trunc((bucket + 1) / stream.next())
  }
  return bucket
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
