/**
 * Which partition a record goes to. With a key: murmur2 of the key, modulo the partitions, as Kafka's
 * default partitioner does. Without: one partition for a whole batch, another one for the next
 * (KIP-480, Kafka 2.4 to 3.2). Left out: KIP-794 (since 3.3) switches after batch.size bytes instead,
 * and may prefer brokers with short queues.
 */

import { utf8 } from '../../base/utf8.ts'
import type { Archive } from '../../engine/archive.ts'
import { Random } from '../../engine/random.ts'
import { murmur2 } from './murmur2.ts'

/** The partition of a key: toPositive(murmur2(bytes)) % partitions. */
export function partitionOfKey(key: string, partitions: number): number {
  return (murmur2(utf8(key)) & 0x7fffffff) % partitions
}

/** When a producer's batch of keyless records is closed. */
export interface Batching {
  /** Most records of one batch; stands for batch.size, which counts bytes. */
  batchRecords: number
  /** How long a batch stays open (linger.ms). At 0 only records of the same moment share one. */
  lingerUs: number
}

/** Numbers of an entry: producer, partition, records in the open batch, when it was opened, batches so far. */
const WORDS = 5

/** The open batches of a topic's producers. A producer has its own partition to stick to. */
export class StickyBatches {
  private readonly entries: number[] = []
  private readonly seed: number
  private readonly topic: string
  private readonly batching: Batching

  constructor(seed: number, topic: string, batching: Batching) {
    this.seed = seed
    this.topic = topic
    this.batching = batching
  }

  /** The partition for the producer's next keyless record. */
  choose(source: number, nowUs: number, partitions: number): number {
    const { entries } = this
    const at = this.entryOf(source)
    if (at < entries.length && this.isOpen(at, nowUs)) return entries[at + 1] as number
    if (partitions === 1) return 0
    // A stream for each batch, so that nothing has to be restored and no other batch is reshuffled.
    const batch = at < entries.length ? (entries[at + 4] as number) : 0
    const random = new Random(this.seed, `${this.topic}/sticky/${at / WORDS}/${batch}`)
    if (at === entries.length) return random.below(partitions)
    const other = random.below(partitions - 1)
    return other < (entries[at + 1] as number) ? other : other + 1
  }

  /** Counts a keyless record into its batch, or opens a batch with it. Called while a fact is applied. */
  count(source: number, partition: number, nowUs: number): void {
    const { entries } = this
    const at = this.entryOf(source)
    if (at === entries.length) entries.push(source, partition, 1, nowUs, 1)
    else if (entries[at + 1] === partition && this.isOpen(at, nowUs)) {
      entries[at + 2] = (entries[at + 2] as number) + 1
    } else {
      entries[at + 1] = partition
      entries[at + 2] = 1
      entries[at + 3] = nowUs
      entries[at + 4] = (entries[at + 4] as number) + 1
    }
  }

  archive(io: Archive): void {
    io.list(this.entries)
  }

  private isOpen(at: number, nowUs: number): boolean {
    return (
      (this.entries[at + 2] as number) < this.batching.batchRecords &&
      nowUs - (this.entries[at + 3] as number) <= this.batching.lingerUs
    )
  }

  /** Where the producer's entry begins; the end of the list if it has none. */
  private entryOf(source: number): number {
    let at = 0
    while (at < this.entries.length && this.entries[at] !== source) at += WORDS
    return at
  }
}
