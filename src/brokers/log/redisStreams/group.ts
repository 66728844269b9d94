/**
 * A consumer group of a stream: how far it has come, its consumers, and the pending entries list: what
 * was delivered and not acknowledged (redis.io/docs/latest/develop/data-types/streams, "Consumer groups").
 */
import type { IntColumn } from '../../../base/column.ts'
import { placeOf } from '../../../base/sorted.ts'
import type { Archive } from '../../../engine/archive.ts'
import type { Part, Simulation } from '../../../engine/simulation.ts'
import { REDIS_STREAM_FACTS as FACTS } from './facts.ts'
import { type EntryId, idAfter } from './id.ts'
import { archiveId, type Stream } from './stream.ts'

/** Row behind `groupCreated`. */
export interface GroupRow extends GroupIds {
  part: number
  name: string
  stream: number
}

/** Row behind `groupMoved`. */
export interface GroupIds {
  last: EntryId
  /** How many entries it has read; -1 if that cannot be known. */
  entriesRead: number
}

/** Row behind `consumerCreated`. */
export interface ConsumerRow {
  part: number
  name: string
  group: number
  /** It was made by a command that is written to the append-only file. */
  kept?: boolean
}

/** Row behind `claimed`: what the pending entry is from now on. */
export interface Claim {
  position: number
  deliveredUs: number
  count: number
}

/** A pending entry: whose it is, when it was last delivered, and how often. */
export interface Pending {
  position: number
  consumer: Consumer
  deliveredUs: number
  count: number
  /** What the append-only file has of it: a look at one's own pending entries is not written there. */
  kept: { deliveredUs: number; count: number }
}

/** Row behind `recovered`: what the append-only file has that memory had otherwise. */
export interface Recovery {
  entriesRead: number
  /** Pending entries, each by its position. */
  pendings: { position: number; deliveredUs: number; count: number }[]
}

export class Consumer implements Part {
  alive = true
  seenUs = 0
  /** Entries pending under its name. */
  pending = 0
  /** The append-only file knows it: it was made by name, for a read with NOACK, or had an entry pending. */
  isKept: boolean
  readonly node: number
  readonly name: string
  readonly row: number
  readonly group: Group
  private readonly sim: Simulation

  constructor(sim: Simulation, row: number, { part, name, kept }: ConsumerRow, group: Group) {
    this.isKept = kept === true
    this.sim = sim
    this.node = part
    this.name = name
    this.row = row
    this.group = group
    this.seenUs = sim.nowUs
    sim.enlist(this)
  }

  apply(kind: number, _message: number, aux: number): void {
    const { nowUs, records } = this.sim
    switch (kind) {
      case FACTS.seen:
        this.seenUs = nowUs
        break
      case FACTS.delivered:
        this.take({ position: aux, deliveredUs: nowUs, count: 1 })
        break
      case FACTS.redelivered:
        this.group.redeliver(aux)
        break
      case FACTS.claimed:
        this.take(records.rowAt<Claim>(aux))
        break
      case FACTS.consumerDeleted:
        this.group.forget(this)
        this.alive = false
        break
    }
  }

  private take({ position, deliveredUs, count }: Claim): void {
    this.isKept = true
    const kept = { deliveredUs, count }
    this.group.assign({ position, consumer: this, deliveredUs, count, kept })
  }

  archive(io: Archive): void {
    this.alive = io.flag(this.alive)
    this.seenUs = io.int(this.seenUs)
    this.pending = io.int(this.pending)
    this.isKept = io.flag(this.isKept)
  }
}

export class Group implements Part {
  alive = true
  /** Entries acknowledged; gone before it was given them; gone while they were pending. */
  ackedCount = 0
  unreadGone = 0
  pendingGone = 0
  last: EntryId
  entriesRead: number
  /** What the append-only file says of that: it is written by XGROUP and by reads with NOACK alone. */
  keptRead: number
  private reads = 0
  /** Three words a read: position it came to, entries read, whether it was with NOACK. */
  private readonly read: IntColumn
  /** Pending positions in order, and what is known of each. */
  private readonly positions: number[] = []
  private readonly pendings: Pending[] = []
  /** Those that are there, in the order of their names. */
  readonly consumers: Consumer[] = []
  readonly node: number
  readonly name: string
  readonly row: number
  readonly stream: Stream
  private readonly sim: Simulation

  constructor(sim: Simulation, row: number, created: GroupRow) {
    this.sim = sim
    this.row = row
    this.node = created.part
    this.name = created.name
    this.stream = sim.parts[created.stream] as Stream
    this.last = created.last
    this.entriesRead = created.entriesRead
    this.keptRead = created.entriesRead
    this.read = sim.records.ints(this.node, 'reads')
    sim.enlist(this)
  }

  /** The position of the first entry that it was not given. */
  get nextPosition(): number {
    const next = idAfter(this.last)
    return next ? this.stream.positionFrom(next) : this.stream.tail
  }
  get pendingCount(): number {
    return this.positions.length
  }
  pendingAt(position: number): Pending | undefined {
    const place = placeOf(this.positions, position)
    return this.positions[place] === position ? this.pendings[place] : undefined
  }
  /** Pending entries from a position on, at most so many. */
  pendingFrom(position: number, most = this.positions.length): readonly Pending[] {
    const place = placeOf(this.positions, position)
    return this.pendings.slice(place, place + most)
  }
  consumer(name: string): Consumer | undefined {
    return this.consumers.find((consumer) => consumer.name === name)
  }

  /** Writes down how far it comes, before the fact that says so. */
  bookRead(position: number, entriesRead: number, noAck: boolean): number {
    this.read.put(this.reads * 3, position)
    this.read.put(this.reads * 3 + 1, entriesRead)
    this.read.put(this.reads * 3 + 2, noAck ? 1 : 0)
    return this.reads
  }

  /** What a restart with the append-only file finds otherwise than it was; null if nothing. */
  get recovery(): Recovery | null {
    const pendings = this.pendings
      .filter(({ count, deliveredUs, kept }) => {
        return count !== kept.count || deliveredUs !== kept.deliveredUs
      })
      .map(({ position, kept }) => ({ position, ...kept }))
    if (pendings.length === 0 && this.keptRead === this.entriesRead) return null
    return { entriesRead: this.keptRead, pendings }
  }

  /** A consumer is there from now on. Called while a fact is applied. */
  join(consumer: Consumer): void {
    const after = this.consumers.findIndex(({ name }) => name > consumer.name)
    this.consumers.splice(after === -1 ? this.consumers.length : after, 0, consumer)
  }

  /** Called while a fact is applied. */
  assign(pending: Pending): void {
    const place = placeOf(this.positions, pending.position)
    const known = this.positions[place] === pending.position ? this.pendings[place] : undefined
    if (known) known.consumer.pending--
    else this.positions.splice(place, 0, pending.position)
    this.pendings.splice(place, known ? 1 : 0, pending)
    pending.consumer.pending++
  }

  /** Called while a fact is applied. */
  redeliver(position: number): void {
    const pending = this.pendingAt(position)
    if (!pending) return
    pending.count++
    pending.deliveredUs = this.sim.nowUs
  }

  /** A consumer goes with all that was pending under its name. Called while a fact is applied. */
  forget(consumer: Consumer): void {
    for (const { position } of this.pendings.filter((each) => each.consumer === consumer)) {
      this.settle(position)
    }
    this.consumers.splice(this.consumers.indexOf(consumer), 1)
  }

  apply(kind: number, _message: number, aux: number): void {
    switch (kind) {
      case FACTS.groupDestroyed:
        this.alive = false
        this.forgetAll()
        break
      case FACTS.groupMadeAgain:
        this.alive = true
        this.ackedCount = 0
        this.unreadGone = 0
        this.pendingGone = 0
        this.moveTo(aux)
        break
      case FACTS.groupMoved:
        this.moveTo(aux)
        break
      case FACTS.advanced:
        this.last = this.stream.idAt(this.read.get(aux * 3))
        this.entriesRead = this.read.get(aux * 3 + 1)
        if (this.read.get(aux * 3 + 2) === 1) this.keptRead = this.entriesRead
        this.reads++
        break
      case FACTS.recovered:
        this.recover(this.sim.records.rowAt<Recovery>(aux))
        break
      case FACTS.acked:
        this.ackedCount++
        this.settle(aux)
        break
      case FACTS.pendingDropped:
        this.settle(aux)
        break
      case FACTS.goneUnread:
        this.unreadGone++
        break
      case FACTS.gonePending:
        this.pendingGone++
        break
    }
  }

  archive(io: Archive): void {
    this.alive = io.flag(this.alive)
    this.last = archiveId(io, this.last)
    this.entriesRead = io.int(this.entriesRead)
    this.keptRead = io.int(this.keptRead)
    this.reads = io.int(this.reads)
    this.ackedCount = io.int(this.ackedCount)
    this.unreadGone = io.int(this.unreadGone)
    this.pendingGone = io.int(this.pendingGone)
  }

  /** Who is there and what is pending: restored after the consumers themselves. */
  archivePending(io: Archive): void {
    const parts = this.consumers.map((consumer) => consumer.node)
    const owners = this.pendings.map(({ consumer }) => consumer.node)
    const times = this.pendings.map(({ deliveredUs }) => deliveredUs)
    const counts = this.pendings.map(({ count }) => count)
    // Mostly the file has the same: then these are zeros.
    const older = this.pendings.map(({ deliveredUs, kept }) => deliveredUs - kept.deliveredUs)
    const fewer = this.pendings.map(({ count, kept }) => count - kept.count)
    for (const list of [parts, this.positions, owners, times, counts, older, fewer]) io.list(list)
    if (!io.loading) return
    const consumer = (part: number | undefined) => this.sim.parts[part as number] as Consumer
    this.consumers.splice(0, this.consumers.length, ...parts.map(consumer))
    this.pendings.length = 0
    for (const [i, position] of this.positions.entries()) {
      const [deliveredUs, count] = [times[i] as number, counts[i] as number]
      const kept = {
        deliveredUs: deliveredUs - (older[i] as number),
        count: count - (fewer[i] as number),
      }
      this.pendings.push({ position, consumer: consumer(owners[i]), deliveredUs, count, kept })
    }
  }

  private moveTo(row: number): void {
    const { last, entriesRead } = this.sim.records.rowAt<GroupIds>(row)
    this.last = last
    this.entriesRead = entriesRead
    this.keptRead = entriesRead
  }

  private recover({ entriesRead, pendings }: Recovery): void {
    this.entriesRead = entriesRead
    for (const { position, count, deliveredUs } of pendings) {
      const pending = this.pendingAt(position)
      if (pending) Object.assign(pending, { count, deliveredUs })
    }
  }

  private forgetAll(): void {
    for (const consumer of this.consumers) {
      consumer.alive = false
      consumer.pending = 0
    }
    this.consumers.length = 0
    this.positions.length = 0
    this.pendings.length = 0
  }

  private settle(position: number): void {
    const place = placeOf(this.positions, position)
    const pending = this.pendings[place]
    if (this.positions[place] !== position || !pending) return
    pending.consumer.pending--
    this.positions.splice(place, 1)
    this.pendings.splice(place, 1)
  }
}
