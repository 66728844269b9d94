/** The records that a producer holds: batches that still grow, and those that the broker is not known to have. */
import type { IntColumn, TimeColumn } from '../../../base/column.ts'
import type { Archive } from '../../../engine/archive.ts'
import type { Records } from '../../../engine/records.ts'

/** A batch that takes records. */
export interface OpenBatch {
  partition: number
  openedUs: number
  bytes: number
  messages: number[]
}

/** What a batch holds at most. One record fits in whatever its size. */
export interface Room {
  records: number
  bytes: number
}

export function hasRoom({ bytes, messages }: OpenBatch, more: number, room: Room): boolean {
  return messages.length < room.records && bytes + more <= room.bytes
}

/** A batch that was closed and is not acknowledged: in flight (`request`), or to be sent (-1). */
export interface PendingBatch {
  batch: number
  partition: number
  request: number
  attempts: number
  sequence: number
  /** Not before this moment. */
  dueUs: number
}

export class Batches {
  readonly open: OpenBatch[] = []
  readonly pending: PendingBatch[] = []
  /** Batches closed and requests sent so far, and the records in all batches. */
  closed = 0
  requests = 0
  private records = 0
  /** By partition: the sequence number of the next record. */
  private readonly sequences: number[] = []
  private readonly first: IntColumn
  private readonly count: IntColumn
  private readonly partition: IntColumn
  private readonly bornUs: TimeColumn
  private readonly messages: IntColumn
  private readonly requestBatch: IntColumn
  private readonly requestSequence: IntColumn
  private readonly requestProducer: IntColumn
  private readonly requestEpoch: IntColumn
  private readonly requestFate: IntColumn

  constructor(records: Records, node: number) {
    this.first = records.ints(node, 'batchFirst')
    this.count = records.ints(node, 'batchCount')
    this.partition = records.ints(node, 'batchPartition')
    this.bornUs = records.times(node, 'batchUs')
    this.messages = records.ints(node, 'batchMessage')
    this.requestBatch = records.ints(node, 'requestBatch')
    this.requestSequence = records.ints(node, 'requestSequence')
    this.requestProducer = records.ints(node, 'requestProducer')
    this.requestEpoch = records.ints(node, 'requestEpoch')
    this.requestFate = records.ints(node, 'requestFate')
  }

  // ——— what was written down: it never changes ———

  messagesOf(batch: number): number[] {
    const from = this.first.get(batch)
    return Array.from({ length: this.count.get(batch) }, (_, i) => this.messages.get(from + i))
  }
  countOf(batch: number): number {
    return this.count.get(batch)
  }
  firstOf(batch: number): number {
    return this.messages.get(this.first.get(batch))
  }
  partitionOf(batch: number): number {
    return this.partition.get(batch)
  }
  bornUsOf(batch: number): number {
    return this.bornUs.get(batch)
  }
  batchOf(request: number): number {
    return this.requestBatch.get(request)
  }
  sequenceOf(request: number): number {
    return this.requestSequence.get(request)
  }
  /** The producer id that it was sent with, -1 for none. */
  producerOf(request: number): number {
    return this.requestProducer.get(request)
  }
  epochOf(request: number): number {
    return this.requestEpoch.get(request)
  }
  /** 1: its answer is going to be lost. */
  fateOf(request: number): number {
    return this.requestFate.get(request) | 0
  }

  /** Writes a batch down, before the fact that closes it. */
  bookBatch({ partition, openedUs, messages }: OpenBatch): number {
    const batch = this.closed
    this.first.put(batch, this.records)
    this.count.put(batch, messages.length)
    this.partition.put(batch, partition)
    this.bornUs.put(batch, openedUs)
    messages.forEach((message, i) => {
      this.messages.put(this.records + i, message)
    })
    return batch
  }

  bookRequest(
    batch: number,
    sequence: number,
    producer: number,
    epoch: number,
    fate: number,
  ): number {
    const request = this.requests
    this.requestBatch.put(request, batch)
    this.requestSequence.put(request, sequence)
    this.requestProducer.put(request, producer)
    this.requestEpoch.put(request, epoch)
    this.requestFate.put(request, fate)
    return request
  }

  // ——— state ———

  get inFlight(): number {
    let count = 0
    for (const { request } of this.pending) if (request !== -1) count++
    return count
  }

  byRequest(request: number): PendingBatch | undefined {
    return this.pending.find((each) => each.request === request)
  }

  applyBatched(message: number, bytes: number, partition: number, room: Room, nowUs: number): void {
    const known = this.open.findLast((each) => each.partition === partition)
    if (known && hasRoom(known, bytes, room)) {
      known.messages.push(message)
      known.bytes += bytes
    } else this.open.push({ partition, openedUs: nowUs, bytes, messages: [message] })
  }

  applyClosed(first: number): void {
    const at = this.open.findIndex(({ messages }) => messages[0] === first)
    const [batch] = this.open.splice(at, 1)
    if (!batch) return
    const { partition, messages } = batch
    const sequence = this.sequences[partition] ?? 0
    while (this.sequences.length <= partition) this.sequences.push(0)
    this.sequences[partition] = sequence + messages.length
    this.pending.push({
      batch: this.closed,
      partition,
      request: -1,
      attempts: 0,
      sequence,
      dueUs: 0,
    })
    this.closed++
    this.records += messages.length
  }

  applySent(request: number): void {
    this.requests = request + 1
    const pending = this.ofBatch(this.batchOf(request))
    if (!pending) return
    pending.request = request
    pending.attempts++
  }

  /** It is to be sent again. */
  applyBack(first: number, dueUs: number): void {
    const pending = this.pending.find(({ batch }) => this.firstOf(batch) === first)
    if (!pending) return
    pending.request = -1
    pending.dueUs = dueUs
  }

  applySettled(first: number): void {
    const at = this.pending.findIndex(({ batch }) => this.firstOf(batch) === first)
    if (at !== -1) this.pending.splice(at, 1)
  }

  /** Sequence numbers begin at 0 again, with what is not acknowledged yet. */
  applyRenumbered(): void {
    this.sequences.length = 0
    for (const pending of this.pending) {
      const { partition, batch } = pending
      while (this.sequences.length <= partition) this.sequences.push(0)
      pending.sequence = this.sequences[partition] as number
      this.sequences[partition] = pending.sequence + this.countOf(batch)
    }
  }

  clear(): void {
    this.open.length = 0
    this.pending.length = 0
    this.sequences.length = 0
  }

  archive(io: Archive): void {
    this.closed = io.int(this.closed)
    this.requests = io.int(this.requests)
    this.records = io.int(this.records)
    io.list(this.sequences)
    archiveEach(
      io,
      this.open,
      () => ({ partition: 0, openedUs: 0, bytes: 0, messages: [] }),
      (each) => {
        each.partition = io.int(each.partition)
        each.openedUs = io.int(each.openedUs)
        each.bytes = io.int(each.bytes)
        io.list(each.messages)
      },
    )
    archiveEach(io, this.pending, noBatch, (each) => {
      each.batch = io.int(each.batch)
      each.partition = io.int(each.partition)
      each.request = io.int(each.request)
      each.attempts = io.int(each.attempts)
      each.sequence = io.int(each.sequence)
      each.dueUs = io.int(each.dueUs)
    })
  }

  private ofBatch(batch: number): PendingBatch | undefined {
    return this.pending.find((each) => each.batch === batch)
  }
}

function noBatch(): PendingBatch {
  return { batch: 0, partition: 0, request: -1, attempts: 0, sequence: 0, dueUs: 0 }
}

function archiveEach<T>(io: Archive, list: T[], fresh: () => T, each: (item: T) => void): void {
  const count = io.int(list.length)
  if (io.loading) list.splice(0, list.length, ...Array.from({ length: count }, fresh))
  for (const item of list) each(item)
}
