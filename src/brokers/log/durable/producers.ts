/**
 * What a partition remembers of those who write to it: the next sequence number of each producer (KIP-98:
 * a batch that it has already is dropped, one that comes too early is refused), their open
 * transactions, and which offsets belong to transactions that were aborted. All of it follows from the
 * records, and is built anew when some of them are lost. Kafka remembers the last five batches of a
 * producer, here every earlier number is known as a duplicate.
 */
import type { IntColumn } from '../../../base/column.ts'
import type { Archive } from '../../../engine/archive.ts'
import type { Records } from '../../../engine/records.ts'
import { LOG_ERRORS } from '../errors.ts'
import { LOG_FACTS } from '../facts.ts'
import { DURABLE_FACTS } from './facts.ts'

/** Who writes a batch: -1 stands for a producer without an id. */
export interface Writer {
  producer: number
  epoch: number
  transactional: boolean
  /** Sequence number of its first record. */
  sequence: number
}

export const ANYONE: Writer = { producer: -1, epoch: -1, transactional: false, sequence: -1 }

/** Words of a producer: id, epoch, next sequence number. Of an open transaction: id, first offset. */
const WORDS = 3
const OPEN = 2
/** Of an aborted transaction: id, first offset, offset of its marker. */
const ABORTED = 3
/** What an entry is. */
const KIND = { plain: 0, transactional: 1, commit: 2, abort: 3 } as const

export class Producers {
  private readonly known: number[] = []
  private readonly open: number[] = []
  private readonly aborted: number[] = []
  private readonly ids: IntColumn
  private readonly epochs: IntColumn
  private readonly sequences: IntColumn
  private readonly kinds: IntColumn

  constructor(records: Records, node: number) {
    this.ids = records.ints(node, 'producerId')
    this.epochs = records.ints(node, 'producerEpoch')
    this.sequences = records.ints(node, 'sequence')
    this.kinds = records.ints(node, 'entryKind')
  }

  /** Whether a batch may be written: `none`, a code that refuses it, or that it is there already. */
  check({ producer, epoch, sequence }: Writer): number {
    if (producer === -1) return LOG_ERRORS.none
    const at = find(this.known, WORDS, producer)
    if (at === -1) return sequence === 0 ? LOG_ERRORS.none : LOG_ERRORS.outOfOrderSequence
    const knownEpoch = this.known[at + 1] as number
    if (epoch < knownEpoch) return LOG_ERRORS.invalidProducerEpoch
    const next = epoch > knownEpoch ? 0 : (this.known[at + 2] as number)
    if (sequence < next) return LOG_ERRORS.duplicateSequence
    return sequence > next ? LOG_ERRORS.outOfOrderSequence : LOG_ERRORS.none
  }

  /** Writes down who writes an entry, before the fact that counts it. */
  book(entry: number, { producer, epoch, transactional, sequence }: Writer): void {
    this.write(entry, producer, epoch, sequence, transactional ? KIND.transactional : KIND.plain)
  }

  bookMarker(entry: number, producer: number, epoch: number, commit: boolean): void {
    this.write(entry, producer, epoch, -1, commit ? KIND.commit : KIND.abort)
  }

  /** The first offset of the oldest open transaction; Infinity if none is open. */
  get firstOpen(): number {
    let first = Number.POSITIVE_INFINITY
    for (let at = 0; at < this.open.length; at += OPEN) {
      first = Math.min(first, this.open[at + 1] as number)
    }
    return first
  }

  isMarker(entry: number): boolean {
    return (this.kinds.get(entry) | 0) >= KIND.commit
  }

  /** The state of the transaction that an entry belongs to; null if it belongs to none. */
  transactionOf(entry: number, offset: number): 'open' | 'committed' | 'aborted' | null {
    const kind = this.kinds.get(entry) | 0
    if (kind === KIND.plain) return null
    if (kind === KIND.commit) return 'committed'
    if (kind === KIND.abort) return 'aborted'
    const producer = this.ids.get(entry)
    const at = find(this.open, OPEN, producer)
    if (at !== -1 && offset >= (this.open[at + 1] as number)) return 'open'
    return this.isAborted(entry, offset) ? 'aborted' : 'committed'
  }

  isAborted(entry: number, offset: number): boolean {
    const { aborted } = this
    if ((this.kinds.get(entry) | 0) !== KIND.transactional) return false
    const producer = this.ids.get(entry)
    for (let at = aborted.length - ABORTED; at >= 0; at -= ABORTED) {
      if ((aborted[at + 2] as number) < offset) return false
      if (aborted[at] === producer && (aborted[at + 1] as number) <= offset) return true
    }
    return false
  }

  producerOf(entry: number): number {
    return this.ids.get(entry) | 0
  }

  /** An entry is there: `appended` or a marker. */
  apply(kind: number, entry: number, offset: number): void {
    const producer = this.ids.get(entry)
    if (kind === LOG_FACTS.appended) this.applyRecord(producer, entry, offset)
    else {
      const at = find(this.open, OPEN, producer)
      const first = at === -1 ? offset : (this.open[at + 1] as number)
      if (at !== -1) this.open.splice(at, OPEN)
      if (kind === DURABLE_FACTS.abortMarker) this.aborted.push(producer, first, offset)
      this.learn(producer, this.epochs.get(entry), -1)
    }
  }

  /** Builds everything anew from the entries that are left, in their order. */
  rebuild(start: number, end: number, entryOf: (offset: number) => number): void {
    this.known.length = 0
    this.open.length = 0
    this.aborted.length = 0
    for (let offset = start; offset < end; offset++) {
      const entry = entryOf(offset)
      const kind = this.kinds.get(entry) | 0
      if (kind === KIND.commit) this.apply(DURABLE_FACTS.commitMarker, entry, offset)
      else if (kind === KIND.abort) this.apply(DURABLE_FACTS.abortMarker, entry, offset)
      else this.apply(LOG_FACTS.appended, entry, offset)
    }
  }

  archive(io: Archive): void {
    io.list(this.known)
    io.list(this.open)
    io.list(this.aborted)
  }

  private applyRecord(producer: number, entry: number, offset: number): void {
    if (producer === -1) return
    this.learn(producer, this.epochs.get(entry), this.sequences.get(entry))
    const isTransactional = this.kinds.get(entry) === KIND.transactional
    if (isTransactional && find(this.open, OPEN, producer) === -1) this.open.push(producer, offset)
  }

  /** -1 for a sequence number leaves it as it is. */
  private learn(producer: number, epoch: number, sequence: number): void {
    const { known } = this
    const at = find(known, WORDS, producer)
    if (at === -1) known.push(producer, epoch, sequence + 1)
    else {
      if (sequence !== -1) known[at + 2] = sequence + 1
      else if (epoch > (known[at + 1] as number)) known[at + 2] = 0
      known[at + 1] = epoch
    }
  }

  private write(
    entry: number,
    producer: number,
    epoch: number,
    sequence: number,
    kind: number,
  ): void {
    this.ids.put(entry, producer)
    this.epochs.put(entry, epoch)
    this.sequences.put(entry, sequence)
    this.kinds.put(entry, kind)
  }
}

/** Where the row that begins with `first` is, -1 if there is none. */
function find(words: readonly number[], size: number, first: number): number {
  for (let at = 0; at < words.length; at += size) if (words[at] === first) return at
  return -1
}
