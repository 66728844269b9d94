/**
 * Kafka's key hash: 32-bit MurmurHash2 with seed 0x9747b28c over the key's UTF-8 bytes, exactly as
 * org.apache.kafka.common.utils.Utils.murmur2 computes it.
 */
const SEED = 0x9747b28c
const MULTIPLIER = 0x5bd1e995
const ROTATION = 24

/** The signed 32-bit hash of some bytes. */
export function murmur2(bytes: readonly number[]): number {
  const { length } = bytes
  const words = length >> 2
  let hash = SEED ^ length
  for (let word = 0; word < words; word++) {
    let k = Math.imul(wordAt(bytes, word * 4), MULTIPLIER)
    k ^= k >>> ROTATION
    hash = Math.imul(hash, MULTIPLIER) ^ Math.imul(k, MULTIPLIER)
  }
  const rest = words * 4
  if (rest < length) {
    for (let i = length - 1; i >= rest; i--) hash ^= (bytes[i] as number) << ((i - rest) * 8)
    hash = Math.imul(hash, MULTIPLIER)
  }
  hash ^= hash >>> 13
  hash = Math.imul(hash, MULTIPLIER)
  return hash ^ (hash >>> 15)
}

function wordAt(bytes: readonly number[], at: number): number {
  return (
    (bytes[at] as number) |
    ((bytes[at + 1] as number) << 8) |
    ((bytes[at + 2] as number) << 16) |
    ((bytes[at + 3] as number) << 24)
  )
}
