/**
 * The streams of a Redis server as one pure state machine: every stream, its groups, and the clients
 * that wait for entries. It has the operations of Redis 7.0 (redis.io/docs/latest/commands, group
 * "stream"); README.md says what is left out. `Words` in `command.ts` turn into these operations.
 */
import { must } from '../../../base/assert.ts'
import { type Archive, archiveAll } from '../../../engine/archive.ts'
import type { Part, Simulation } from '../../../engine/simulation.ts'
import { RedisError } from './errors.ts'
import { REDIS_STREAM_FACTS as FACTS } from './facts.ts'
import {
  type Claim,
  Consumer,
  type ConsumerRow,
  Group,
  type GroupRow,
  type Pending,
} from './group.ts'
import { compareIds, type EntryId, idAfter, MAX_HALF, MAX_ID, MIN_ID } from './id.ts'
import { Reader, type ReadRequest, type Slice, STEP_TIMER, type StreamsWire } from './reader.ts'
import { Stream, type StreamIds, type StreamRow, type Trim } from './stream.ts'

/** What a client asks for when it adds an entry: a whole id, only its milliseconds, or nothing. */
export type IdRequest = EntryId | { ms: number } | 'auto'

export interface ClaimRequest {
  consumer: string
  minIdleUs: number
  /** When it counts as delivered. */
  deliveredUs: number
  /** RETRYCOUNT; -1 = one more than it was. */
  count: number
  justId: boolean
  force: boolean
}

export interface StreamsOptions {
  /** Milliseconds that the clock shows at the start of the run: automatic ids are made from it. */
  epochMs: number
}

export class RedisStreams implements Part {
  /** All there have ever been. */
  readonly streams: Stream[] = []
  readonly groups: Group[] = []
  readonly consumers: Consumer[] = []
  private readonly reader: Reader
  /** Does what was planned with `later`. */
  onStep: (step: number) => void = () => undefined
  readonly sim: Simulation
  readonly node: number
  private readonly options: StreamsOptions

  constructor(sim: Simulation, node: number, wire: StreamsWire, options: StreamsOptions) {
    this.sim = sim
    this.node = node
    this.reader = new Reader(this, wire)
    this.options = options
    sim.enlist(this)
  }

  get nowMs(): number {
    return this.options.epochMs + Math.floor(this.sim.nowUs / 1000)
  }

  // ——— streams ———

  stream(key: string): Stream | undefined {
    return this.streams.find((stream) => stream.alive && stream.key === key)
  }

  /** XADD. Null with NOMKSTREAM and no stream. */
  add(key: string, id: IdRequest, message: number, trim?: Trim, makes = true): EntryId | null {
    const known = this.stream(key)
    const given = this.nextId(known, id)
    if (!known && !makes) return null
    const stream = known ?? this.createStream(key)
    this.sim.emit(stream, FACTS.added, message, stream.book(given, message))
    if (trim) this.trim(stream, trim)
    this.reader.serve(stream)
    return given
  }

  /** A stream without entries, as XGROUP CREATE makes one with MKSTREAM. */
  createStream(key: string, part = this.sim.nextNode()): Stream {
    const row: StreamRow = { part, key }
    this.sim.emit(this, FACTS.streamCreated, -1, this.sim.records.row(row))
    return must(this.streams.at(-1), 'the stream just created')
  }

  /** XTRIM. Returns how many entries went. */
  trim(stream: Stream, trim: Trim): number {
    const before = stream.length
    const from = stream.first
    const first = stream.trimPoint(trim)
    if (first <= from) return 0
    const gone = stream.thereIn(from, first)
    this.sim.emit(stream, FACTS.trimmed, -1, first)
    this.missOut(stream, gone)
    return before - stream.length
  }

  /** XDEL. Returns how many were there. */
  delete(stream: Stream, ids: readonly EntryId[]): number {
    let count = 0
    for (const id of ids) {
      const position = stream.positionOf(id)
      if (position === -1 || !stream.isThere(position)) continue
      this.sim.emit(stream, FACTS.deleted, stream.messageAt(position), position)
      this.missOut(stream, [position])
      count++
    }
    return count
  }

  /** XSETID (redis.io/docs/latest/commands/xsetid); what is not given stays as it is. */
  setId(stream: Stream, last: EntryId, given: Partial<Omit<StreamIds, 'last'>>): void {
    const { added, maxDeleted } = given
    if (maxDeleted && compareIds(last, maxDeleted) < 0) {
      throw new RedisError(
        'ERR The ID specified in XSETID is smaller than the provided max_deleted_entry_id',
      )
    }
    if (stream.length > 0 && compareIds(last, stream.topId) < 0) {
      throw new RedisError(
        'ERR The ID specified in XSETID is smaller than the target stream top item',
      )
    }
    if (stream.length > 0 && added !== undefined && added < stream.length) {
      throw new RedisError(
        'ERR The entries_added specified in XSETID is smaller than the target stream length',
      )
    }
    const ids: StreamIds = {
      last,
      added: added ?? stream.added,
      maxDeleted: maxDeleted && !isMin(maxDeleted) ? maxDeleted : stream.maxDeleted,
    }
    this.sim.emit(stream, FACTS.idSet, -1, this.sim.records.row(ids))
  }

  /** DEL: the stream goes with its groups; clients waiting in one of them are refused. */
  deleteStream(key: string): boolean {
    const stream = this.stream(key)
    if (!stream) return false
    for (const group of this.groupsOf(stream)) this.sim.emit(group, FACTS.groupDestroyed, -1, -1)
    this.sim.emit(stream, FACTS.streamDeleted, -1, -1)
    const gone = new RedisError('UNBLOCKED the stream key no longer exists')
    this.reader.refuseWaits(({ keys, group }) => group !== undefined && keys.includes(key), gone)
    return true
  }

  // ——— reading ———

  /** XREAD and XREADGROUP. Null if there is nothing; `waiting` if the answer comes by the wire. */
  read(request: ReadRequest): Slice[] | null | 'waiting' {
    return this.reader.read(request)
  }

  /** Clients that wait for entries, the longest waiting first. */
  get waiting(): readonly ReadRequest[] {
    return this.reader.waiting
  }

  /** CLIENT UNBLOCK: a client that waits is answered as if its time was up. */
  unblock(client: string): void {
    this.reader.unblock(client)
  }

  /** The client's connection ended: it waits no longer. */
  disconnect(client: string): void {
    this.reader.disconnect((one) => one === client)
  }

  /**
   * A clean restart with the append-only file on: what was written is there again, connections are not
   * (redis.io/docs/latest/operate/oss_and_stack/management/persistence). Not written are looks at one's own pending
   * entries, with the counts that they raise, and how many entries a group has read; seen of Redis 7.0.15.
   */
  restart(): void {
    this.reader.disconnect(() => true)
    for (const group of this.groups.filter(({ alive }) => alive)) {
      for (const consumer of group.consumers.filter(({ isKept }) => !isKept)) {
        this.sim.emit(consumer, FACTS.consumerDeleted, -1, 0)
      }
      const { recovery } = group
      if (recovery) this.sim.emit(group, FACTS.recovered, -1, this.sim.records.row(recovery))
    }
  }

  // ——— groups ———

  groupsOf(stream: Stream): Group[] {
    return this.groups
      .filter((group) => group.alive && group.stream === stream)
      .toSorted((a, b) => (a.name < b.name ? -1 : 1))
  }
  group(stream: Stream, name: string): Group | undefined {
    return this.groups.find((g) => g.alive && g.stream === stream && g.name === name)
  }

  /**
   * XGROUP CREATE. `last` null stands for `$`. A scenario's groups have their parts' numbers beforehand: one that is
   * made again after XGROUP DESTROY is the same part.
   */
  createGroup(
    key: string,
    name: string,
    last: EntryId | null,
    makes: boolean,
    read = -1,
    part = this.sim.nextNode(),
  ): void {
    const stream = this.stream(key) ?? (makes ? this.createStream(key) : refuseNoKey())
    if (this.group(stream, name)) {
      throw new RedisError('BUSYGROUP Consumer Group name already exists')
    }
    const row: GroupRow = {
      part,
      name,
      stream: stream.node,
      last: last ?? stream.last,
      entriesRead: read,
    }
    const before = this.groups.find(({ node }) => node === part)
    if (before) this.sim.emit(before, FACTS.groupMadeAgain, -1, this.sim.records.row(row))
    else this.sim.emit(this, FACTS.groupCreated, -1, this.sim.records.row(row))
  }

  /** Calls `onStep` after a delay: what a scenario has planned for it. */
  later(delayUs: number, step: number): void {
    this.sim.after(delayUs, this, STEP_TIMER, step)
  }

  /** XGROUP SETID. `last` null stands for `$`. */
  moveGroup(group: Group, last: EntryId | null, read = -1): void {
    const row = this.sim.records.row({ last: last ?? group.stream.last, entriesRead: read })
    this.sim.emit(group, FACTS.groupMoved, -1, row)
  }

  /** XGROUP DESTROY: pending entries go with it; clients waiting in it are refused. */
  destroyGroup(stream: Stream, name: string): boolean {
    const group = this.group(stream, name)
    if (!group) return false
    this.sim.emit(group, FACTS.groupDestroyed, -1, -1)
    const gone = new RedisError(
      'NOGROUP the consumer group this client was blocked on no longer exists',
    )
    this.reader.refuseWaits(
      (wait) => wait.group?.name === name && wait.keys.includes(stream.key),
      gone,
    )
    this.reader.serve(stream)
    return true
  }

  /**
   * XGROUP CREATECONSUMER. False if it is known. One that a read makes is not written to the append-only file, unless
   * by a read with NOACK or along with an entry.
   */
  createConsumer(group: Group, name: string, isKept = true): boolean {
    if (group.consumer(name)) return false
    const kept = isKept ? { kept: true } : {}
    const row: ConsumerRow = { part: this.sim.nextNode(), name, group: group.node, ...kept }
    this.sim.emit(this, FACTS.consumerCreated, -1, this.sim.records.row(row))
    return true
  }

  /** XGROUP DELCONSUMER. Returns how many pending entries the group lost with it. */
  deleteConsumer(group: Group, name: string): number {
    const consumer = group.consumer(name)
    if (!consumer) return 0
    const { pending } = consumer
    this.sim.emit(consumer, FACTS.consumerDeleted, -1, pending)
    return pending
  }

  /** XACK. Returns how many were pending; anyone may acknowledge for anyone. */
  acknowledge(group: Group, ids: readonly EntryId[]): number {
    let count = 0
    for (const id of ids) {
      const position = group.stream.positionOf(id)
      if (position === -1 || !group.pendingAt(position)) continue
      this.sim.emit(group, FACTS.acked, group.stream.messageAt(position), position)
      count++
    }
    return count
  }

  /** XCLAIM: takes pending entries over that have been idle long enough. Returns their positions. */
  claim(group: Group, ids: readonly EntryId[], request: ClaimRequest): number[] {
    const claimed: number[] = []
    for (const id of ids) {
      const position = group.stream.positionOf(id)
      if (position === -1) continue
      if (!group.stream.isThere(position)) this.dropPending(group, position)
      else if (this.claimOne(group, position, request)) claimed.push(position)
    }
    return claimed
  }

  /**
   * XAUTOCLAIM: walks the pending entries from `start` on and claims at most `count`; it looks at ten
   * times as many. Returns where to go on, null at the end.
   */
  autoClaim(group: Group, start: EntryId, count: number, request: ClaimRequest) {
    const claimed: number[] = []
    const deleted: number[] = []
    const { stream } = group
    let attempts = count * 10
    for (const { position } of group.pendingFrom(stream.positionFrom(start))) {
      if (attempts-- === 0 || claimed.length + deleted.length === count) {
        return { next: stream.idAt(position), claimed, deleted }
      }
      if (!stream.isThere(position)) {
        this.dropPending(group, position)
        deleted.push(position)
      } else if (this.claimOne(group, position, request)) claimed.push(position)
    }
    return { next: null, claimed, deleted }
  }

  /** XCLAIM LASTID: moves the group forwards only. */
  raiseLast(group: Group, last: EntryId): void {
    if (compareIds(last, group.last) > 0) this.moveGroup(group, last, group.entriesRead)
  }

  /** A group that must be there: NOGROUP otherwise. */
  mustGroup(key: string, name: string): Group {
    const stream = this.stream(key)
    const group = stream && this.group(stream, name)
    if (!group) throw new RedisError(`NOGROUP No such key '${key}' or consumer group '${name}'`)
    return group
  }

  // ——— facts ———

  due(timer: number, arg: number): void {
    if (timer === STEP_TIMER) this.onStep(arg)
    else this.reader.endInTime(arg)
  }

  apply(kind: number, _message: number, aux: number): void {
    switch (kind) {
      case FACTS.streamCreated:
        this.streams.push(this.makeStream(aux))
        break
      case FACTS.groupCreated:
        this.groups.push(this.makeGroup(aux))
        break
      case FACTS.consumerCreated: {
        const consumer = this.makeConsumer(aux)
        this.consumers.push(consumer)
        consumer.group.join(consumer)
        break
      }
      case FACTS.waitStarted:
      case FACTS.waitServed:
      case FACTS.waitTimedOut:
      case FACTS.waitRefused:
      case FACTS.waitDropped:
        this.reader.apply(kind, aux)
        break
    }
  }

  archive(io: Archive): void {
    const save = (part: Part) => part.archive(io)
    const row = (part: { row: number }) => part.row
    const drop = (part: Part) => this.sim.delist(part)
    archiveAll(io, this.streams, row, (r) => this.makeStream(r), save, drop)
    archiveAll(io, this.groups, row, (r) => this.makeGroup(r), save, drop)
    archiveAll(io, this.consumers, row, (r) => this.makeConsumer(r), save, drop)
    for (const group of this.groups) group.archivePending(io)
    this.reader.archive(io)
  }

  // ——— inside ———

  private makeStream(row: number): Stream {
    return new Stream(this.sim, row, this.sim.records.rowAt<StreamRow>(row))
  }
  private makeGroup(row: number): Group {
    return new Group(this.sim, row, this.sim.records.rowAt<GroupRow>(row))
  }
  private makeConsumer(row: number): Consumer {
    const created = this.sim.records.rowAt<ConsumerRow>(row)
    return new Consumer(this.sim, row, created, this.sim.parts[created.group] as Group)
  }

  /** The id of the next entry (redis.io/docs/latest/commands/xadd, "Specifying a Stream ID as an argument"). */
  private nextId(stream: Stream | undefined, id: IdRequest): EntryId {
    const last = stream?.last ?? MIN_ID
    if (id === 'auto') {
      if (this.nowMs > last.ms) return { ms: this.nowMs, seq: 0 }
      return idAfter(last) ?? refuseExhausted()
    }
    if ('seq' in id && isMin(id)) {
      throw new RedisError('ERR The ID specified in XADD must be greater than 0-0')
    }
    if (compareIds(last, MAX_ID) === 0) refuseExhausted()
    const given = 'seq' in id ? id : { ms: id.ms, seq: id.ms === last.ms ? last.seq + 1 : 0 }
    if (
      compareIds(given, last) <= 0 ||
      (!('seq' in id) && last.ms === id.ms && last.seq === MAX_HALF)
    ) {
      throw new RedisError(
        'ERR The ID specified in XADD is equal or smaller than the target stream top item',
      )
    }
    return given
  }

  /** The consumer, known from now on if it was not, and seen now. */
  seenConsumer(group: Group, name: string, isKept = false): Consumer {
    if (!this.createConsumer(group, name, isKept)) {
      this.sim.emit(must(group.consumer(name), name), FACTS.seen, -1, -1)
    }
    return must(group.consumer(name), name)
  }

  private claimOne(group: Group, position: number, request: ClaimRequest): boolean {
    const pending = group.pendingAt(position)
    if (!pending && !request.force) return false
    if (pending && this.sim.nowUs - pending.deliveredUs < request.minIdleUs) return false
    const consumer = this.seenConsumer(group, request.consumer)
    const claim: Claim = {
      position,
      deliveredUs: request.deliveredUs,
      count: countAfter(pending, request),
    }
    const message = group.stream.messageAt(position)
    this.sim.emit(consumer, FACTS.claimed, message, this.sim.records.row(claim))
    return true
  }

  /** What these entries were to the groups of their stream, now that they are gone. */
  private missOut(stream: Stream, gone: readonly number[]): void {
    for (const group of this.groups) {
      if (!group.alive || group.stream !== stream) continue
      const next = group.nextPosition
      for (const position of gone) {
        const message = stream.messageAt(position)
        if (position >= next) this.sim.emit(group, FACTS.goneUnread, message, position)
        else if (group.pendingAt(position)) {
          this.sim.emit(group, FACTS.gonePending, message, position)
        }
      }
    }
  }

  private dropPending(group: Group, position: number): void {
    if (!group.pendingAt(position)) return
    this.sim.emit(group, FACTS.pendingDropped, group.stream.messageAt(position), position)
  }
}

function isMin({ ms, seq }: EntryId): boolean {
  return ms === 0 && seq === 0
}

function countAfter(pending: Pending | undefined, { count, justId }: ClaimRequest): number {
  if (count >= 0) return count
  return (pending?.count ?? 1) + (justId ? 0 : 1)
}

function refuseNoKey(): never {
  throw new RedisError('ERR The XGROUP subcommand requires the key to exist.')
}

function refuseExhausted(): never {
  throw new RedisError(
    'ERR The stream has exhausted the last possible ID, unable to add more items',
  )
}
