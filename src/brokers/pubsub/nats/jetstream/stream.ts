/**
 * A JetStream stream (docs.nats.io/nats-concepts/jetstream/streams): messages at sequences that are never
 * used again, as append-only columns; what is gone is a first sequence and the gaps behind it.
 */
import type { IntColumn, TimeColumn } from '../../../../base/column.ts'
import { placeOf } from '../../../../base/sorted.ts'
import type { Archive } from '../../../../engine/archive.ts'
import type { Records } from '../../../../engine/records.ts'
import type { Part, Simulation } from '../../../../engine/simulation.ts'
import { NATS_FACTS as FACTS } from '../facts.ts'
import { matchesSubject } from '../subjects.ts'
import type { StreamConfig } from './config.ts'
import { Gaps } from './gaps.ts'
import { messageBytes } from './size.ts'

/** Row behind `streamCreated`. */
export interface StreamRow {
  part: number
  name: string
  config: StreamConfig
}

/** Properties of a message: its headers. The id by which duplicates are known is one of them. */
export interface NatsProps {
  headers: Readonly<Record<string, string>>
}

/** Whom its timer is for: messages become too old. */
interface Keeper {
  expire(stream: Stream): void
}

export const MESSAGE_ID = 'Nats-Msg-Id'

export class Stream implements Part {
  alive = true
  /** First and last sequence: 0 and 0 before the first message; an empty stream's first is its last + 1. */
  first = 0
  last = 0
  bytes = 0
  /** Messages that came again, that were refused, that went by a limit or by age, and because they were settled. */
  duplicates = 0
  refused = 0
  limited = 0
  settled = 0
  /** Id of the last message that came, as an interned string; -1 if it had none. */
  lastId = -1
  private readonly gaps = new Gaps()
  /** Message ids there have been: interned id, sequence. */
  private ids = 0
  private readonly idLog: IntColumn
  private readonly idTimes: TimeColumn
  private readonly latestId = new Map<number, number>()
  private readonly messages: IntColumn
  private readonly times: TimeColumn
  /** Sequences of each interned subject, made when first asked for. */
  private subjects: Map<number, number[]> | null = null
  readonly node: number
  readonly name: string
  readonly config: StreamConfig
  readonly row: number
  private readonly sim: Simulation
  private readonly records: Records
  private readonly keeper: Keeper

  constructor(sim: Simulation, row: number, keeper: Keeper, { part, name, config }: StreamRow) {
    this.sim = sim
    this.keeper = keeper
    this.records = sim.records
    this.node = part
    this.name = name
    this.config = config
    this.row = row
    this.messages = sim.records.ints(part, 'messages')
    this.times = sim.records.times(part, 'times')
    this.idLog = sim.records.ints(part, 'ids')
    this.idTimes = sim.records.times(part, 'idTimes')
    sim.enlist(this)
  }

  get count(): number {
    return this.first === 0 ? 0 : this.last - this.first + 1 - this.gaps.count
  }
  has(sequence: number): boolean {
    return (
      sequence >= this.first && sequence <= this.last && this.first > 0 && !this.gaps.has(sequence)
    )
  }
  messageAt(sequence: number): number {
    return this.messages.get(sequence)
  }
  storedUs(sequence: number): number {
    return this.times.get(sequence)
  }
  subjectAt(sequence: number): string {
    return this.records.key(this.messageAt(sequence))
  }
  matches(subject: string): boolean {
    return this.config.subjects.some((pattern) => matchesSubject(pattern, subject))
  }

  /** The first sequence from `from` on that a filter lets through; 0 if there is none. */
  next(filter: string, from: number): number {
    for (let at = this.start(from); at <= this.last; at = this.gaps.next(at + 1)) {
      if (filter === '' || matchesSubject(filter, this.subjectAt(at))) return at
    }
    return 0
  }

  /** The first sequence that was stored at a time or later; one after the last if there is none. */
  firstSince(us: number): number {
    let at = this.start(0)
    while (at <= this.last && this.storedUs(at) < us) at = this.gaps.next(at + 1)
    return at
  }

  /** How many messages from `from` on a filter lets through. */
  countFrom(filter: string, from: number): number {
    const start = this.start(from)
    if (start > this.last) return 0
    if (filter === '') return this.last - start + 1 - this.gaps.countFrom(start)
    let count = 0
    for (const sequences of this.subjectsOf(filter)) {
      count += sequences.length - placeOf(sequences, start)
    }
    return count
  }

  /** The last sequence of each subject that a filter lets through, ascending. */
  lastOfEach(filter: string): number[] {
    const lasts = this.subjectsOf(filter).map((sequences) => sequences.at(-1) as number)
    return lasts.sort((a, b) => a - b)
  }

  /** Sequences of one subject, oldest first. */
  sequencesOf(subject: string): readonly number[] {
    return this.bySubject().get(this.records.strings.id(subject)) ?? []
  }

  /** Sequences that a filter lets through, oldest first. */
  matching(filter: string): number[] {
    const sequences: number[] = []
    for (let at = this.next(filter, 0); at !== 0; at = this.next(filter, at + 1)) sequences.push(at)
    return sequences
  }

  /** The sequence under which a message id came inside the duplicate window; -1 if it did not. */
  sequenceOfId(id: string): number {
    const at = this.latestId.get(this.records.strings.id(id))
    if (at === undefined || at >= this.ids) return -1
    const age = this.sim.nowUs - this.idTimes.get(at)
    return age < this.config.duplicateWindowUs ? this.idLog.get(at * 2 + 1) : -1
  }

  /**
   * Writes the next message down, before the fact that stores it or passes it over. Returns its sequence.
   * The 2.9 server answers a duplicate of one that was passed over with sequence 0.
   */
  book(message: number, isKept: boolean): number {
    const sequence = this.last + 1
    this.messages.put(sequence, message)
    this.times.put(sequence, this.sim.nowUs)
    const id = this.idOf(message)
    if (id !== -1) {
      this.idLog.put(this.ids * 2, id)
      this.idLog.put(this.ids * 2 + 1, isKept ? sequence : 0)
      this.idTimes.put(this.ids, this.sim.nowUs)
    }
    return sequence
  }

  sizeOf(message: number): number {
    return messageBytes(this.records, message, this.config.storage)
  }

  due(): void {
    if (this.alive) this.keeper.expire(this)
  }

  apply(kind: number, message: number, aux: number): void {
    switch (kind) {
      case FACTS.stored:
        this.take(message, aux)
        if (this.first === 0 || this.first === aux) this.first = aux
        this.bytes += this.sizeOf(message)
        this.addSubject(message, aux)
        break
      case FACTS.passedOver:
        this.take(message, aux)
        if (this.first === 0 || this.first === aux) this.first = aux + 1
        else this.gaps.add(aux)
        break
      case FACTS.duplicate:
        this.duplicates++
        break
      case FACTS.refused:
        this.refused++
        break
      case FACTS.limited:
      case FACTS.expired:
        this.limited++
        this.remove(aux)
        break
      case FACTS.settled:
        this.settled++
        this.remove(aux)
        break
      case FACTS.deleted:
        this.remove(aux)
        break
      case FACTS.purged:
        this.purgeTo(aux)
        break
      case FACTS.streamDeleted:
        this.alive = false
        break
    }
  }

  archive(io: Archive): void {
    this.alive = io.flag(this.alive)
    this.first = io.int(this.first)
    this.last = io.int(this.last)
    this.bytes = io.int(this.bytes)
    this.duplicates = io.int(this.duplicates)
    this.refused = io.int(this.refused)
    this.limited = io.int(this.limited)
    this.settled = io.int(this.settled)
    this.lastId = io.int(this.lastId)
    this.ids = io.int(this.ids)
    this.gaps.archive(io)
    if (!io.loading) return
    this.subjects = null
    this.recallIds()
  }

  private start(from: number): number {
    return this.gaps.next(Math.max(1, from, this.first))
  }

  /** What storing and passing over have in common. */
  private take(message: number, sequence: number): void {
    this.last = sequence
    this.lastId = this.idOf(message)
    if (this.lastId === -1) return
    this.latestId.set(this.lastId, this.ids)
    this.ids++
  }

  private idOf(message: number): number {
    const props = this.records.messages.props(message)
    if (props === -1) return -1
    const id = this.records.rowAt<Partial<NatsProps>>(props).headers?.[MESSAGE_ID]
    return id === undefined ? -1 : this.records.strings.id(String(id))
  }

  /** After a seek: the ids that are still in the window, so that later ones do not hide them. */
  private recallIds(): void {
    this.latestId.clear()
    for (let at = this.ids - 1; at >= 0; at--) {
      if (this.sim.nowUs - this.idTimes.get(at) > this.config.duplicateWindowUs) break
      const id = this.idLog.get(at * 2)
      if (!this.latestId.has(id)) this.latestId.set(id, at)
    }
  }

  private addSubject(message: number, sequence: number): void {
    const key = this.records.messages.key(message)
    const known = this.subjects?.get(key)
    if (known) known.push(sequence)
    else this.subjects?.set(key, [sequence])
  }

  private bySubject(): Map<number, number[]> {
    if (this.subjects) return this.subjects
    const subjects = new Map<number, number[]>()
    for (let at = this.start(0); at <= this.last; at = this.gaps.next(at + 1)) {
      const key = this.records.messages.key(this.messageAt(at))
      const known = subjects.get(key)
      if (known) known.push(at)
      else subjects.set(key, [at])
    }
    this.subjects = subjects
    return subjects
  }

  private subjectsOf(filter: string): readonly number[][] {
    const found: number[][] = []
    for (const [key, sequences] of this.bySubject()) {
      if (matchesSubject(filter, this.records.strings.text(key))) found.push(sequences)
    }
    return found
  }

  private remove(sequence: number): void {
    const message = this.messageAt(sequence)
    this.bytes -= this.sizeOf(message)
    const key = this.records.messages.key(message)
    const sequences = this.subjects?.get(key)
    sequences?.splice(placeOf(sequences, sequence), 1)
    if (sequences?.length === 0) this.subjects?.delete(key)
    if (sequence !== this.first) {
      this.gaps.add(sequence)
      return
    }
    this.first = this.gaps.next(sequence + 1)
    this.gaps.dropBefore(this.first)
  }

  private purgeTo(first: number): void {
    const end = Math.min(first, this.last + 1)
    for (let at = this.start(0); at < end; at = this.gaps.next(at + 1)) {
      this.bytes -= this.sizeOf(this.messageAt(at))
    }
    this.first = this.gaps.next(first)
    // Purging past the end spends the sequences up to there.
    this.last = Math.max(this.last, first - 1)
    this.gaps.dropBefore(this.first)
    this.subjects = null
  }
}
