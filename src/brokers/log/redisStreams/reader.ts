/**
 * Reading: XREAD, XREADGROUP, and the clients that wait for entries. Who has waited longest is served first
 * (redis.io/docs/latest/commands/xreadgroup, /xread).
 */
import { must } from '../../../base/assert.ts'
import type { Archive } from '../../../engine/archive.ts'
import type { Simulation } from '../../../engine/simulation.ts'
import type { RedisError } from './errors.ts'
import { REDIS_STREAM_FACTS as FACTS } from './facts.ts'
import type { Group } from './group.ts'
import { compareIds, type EntryId, idAfter, MAX_ID, MIN_ID } from './id.ts'
import { entriesReadAt } from './lag.ts'
import type { RedisStreams } from './server.ts'
import type { Stream } from './stream.ts'

/** Entries of one stream in an answer; a position whose entry is gone is shown with `null`. */
export interface Slice {
  stream: Stream
  positions: readonly number[]
}

/** XREAD and XREADGROUP. */
export interface ReadRequest {
  client: string
  keys: readonly string[]
  /** From where: `new` is `$` of XREAD and `>` of XREADGROUP. */
  from: readonly (EntryId | 'new')[]
  /** 0 = all. */
  count: number
  /** How long to wait if there is nothing, 0 = for ever; -1 = not at all. */
  blockUs: number
  group?: { name: string; consumer: string; noAck: boolean }
}

/** Row behind `waitStarted`: a request whose `new` has been pinned down. */
export type Wait = ReadRequest

/** Where answers go that come later. */
export interface StreamsWire {
  /** A waiting client gets its entries; null when its time was up. */
  answered(client: string, slices: Slice[] | null): void
  /** A waiting client is refused: its group or its stream is gone. */
  refused(client: string, error: RedisError): void
}

/** Timer of the server: a client's time to wait is up. */
export const WAIT_TIMER = 0
/** Timer of the server: something that was planned is due. */
export const STEP_TIMER = 1

export class Reader {
  /** Rows of the clients that wait, the longest waiting first. */
  private readonly waits: number[] = []
  private readonly server: RedisStreams
  private readonly sim: Simulation
  private readonly wire: StreamsWire

  constructor(server: RedisStreams, wire: StreamsWire) {
    this.server = server
    this.sim = server.sim
    this.wire = wire
  }

  /** XREAD and XREADGROUP. Null if there is nothing; `waiting` if the answer comes by the wire. */
  read(request: ReadRequest): Slice[] | null | 'waiting' {
    const { keys, group: asked } = request
    if (asked) for (const key of keys) this.server.mustGroup(key, asked.name)
    const slices: Slice[] = []
    for (const [i, key] of keys.entries()) {
      const newest = this.server.stream(key)?.topId ?? MIN_ID
      const slice = this.readOne(request, key, request.from[i] ?? 'new', newest)
      if (slice) slices.push(slice)
    }
    if (slices.length > 0) return slices
    if (request.blockUs < 0) return null
    this.wait(request)
    return 'waiting'
  }

  /** Connections ended: these clients wait no longer. */
  disconnect(isGone: (client: string) => boolean): void {
    for (const row of [...this.waits]) {
      if (isGone(this.waitAt(row).client)) this.endWait(row, FACTS.waitDropped)
    }
  }

  /** A timer that `wait` set. */
  endInTime(row: number): void {
    if (this.waits.includes(row)) this.timeOut(row)
  }

  /** CLIENT UNBLOCK (redis.io/docs/latest/commands/client-unblock). */
  unblock(client: string): void {
    for (const row of [...this.waits]) if (this.waitAt(row).client === client) this.timeOut(row)
  }

  private timeOut(row: number): void {
    const { client } = this.waitAt(row)
    this.endWait(row, FACTS.waitTimedOut)
    this.wire.answered(client, null)
  }

  /** Clients that wait, the longest waiting first. */
  get waiting(): readonly Wait[] {
    return this.waits.map((row) => this.waitAt(row))
  }

  private wait(request: ReadRequest): void {
    const from = request.from.map((id, i) => {
      if (request.group || id !== 'new') return id
      return this.server.stream(request.keys[i] as string)?.last ?? MIN_ID
    })
    const row = this.sim.records.row({ ...request, from } satisfies Wait)
    this.sim.emit(this.server, FACTS.waitStarted, -1, row)
    if (request.blockUs > 0) this.sim.after(request.blockUs, this.server, WAIT_TIMER, row)
  }

  /**
   * Clients waiting for a stream are served first come, first served. What counts is its last id, so an
   * entry that was trimmed away at once ends their wait with an empty answer.
   */
  serve(stream: Stream): void {
    for (const row of [...this.waits]) {
      const wait = this.waitAt(row)
      const which = wait.keys.indexOf(stream.key)
      if (which === -1) continue
      const slice = this.readOne(wait, stream.key, wait.from[which] ?? 'new', stream.last)
      if (!slice) continue
      this.endWait(row, FACTS.waitServed)
      this.wire.answered(wait.client, [slice])
    }
  }

  refuseWaits(which: (wait: Wait) => boolean, error: RedisError): void {
    for (const row of [...this.waits]) {
      const wait = this.waitAt(row)
      if (!which(wait)) continue
      this.endWait(row, FACTS.waitRefused)
      this.wire.refused(wait.client, error)
    }
  }

  private endWait(row: number, how: number): void {
    this.sim.emit(this.server, how, -1, row)
  }

  /** Folds the facts about waits. */
  apply(kind: number, row: number): void {
    if (kind === FACTS.waitStarted) this.waits.push(row)
    else this.waits.splice(this.waits.indexOf(row), 1)
  }

  archive(io: Archive): void {
    io.list(this.waits)
  }

  /** What a read gets from one stream whose newest id is `newest`; null if nothing. */
  private readOne(
    request: ReadRequest,
    key: string,
    from: EntryId | 'new',
    newest: EntryId,
  ): Slice | null {
    const stream = this.server.stream(key)
    if (!stream) return null
    const { group: asked, count } = request
    if (!asked) {
      const start = from === 'new' ? stream.last : from
      if (compareIds(newest, start) <= 0) return null
      return { stream, positions: this.after(stream, start, count) }
    }
    const group = this.server.mustGroup(key, asked.name)
    if (from !== 'new') {
      this.server.seenConsumer(group, asked.consumer, asked.noAck)
      return { stream, positions: this.readOwn(group, asked.consumer, from, count) }
    }
    if (compareIds(newest, group.last) <= 0) return null
    this.server.seenConsumer(group, asked.consumer, asked.noAck)
    const positions = this.after(stream, group.last, count)
    this.handOut(group, asked.consumer, positions, asked.noAck)
    return { stream, positions }
  }

  private after(stream: Stream, id: EntryId, count: number): number[] {
    const start = idAfter(id)
    const most = count === 0 ? Number.POSITIVE_INFINITY : count
    return start ? stream.range(start, MAX_ID, most) : []
  }

  /** New entries go to a consumer of a group; without NOACK they are pending. */
  private handOut(group: Group, name: string, positions: readonly number[], noAck: boolean): void {
    const consumer = must(group.consumer(name), name)
    let read = group.entriesRead
    for (const position of positions) {
      read = entriesReadAt(group.stream, position, read)
      const kind = noAck ? FACTS.handed : FACTS.delivered
      this.sim.emit(consumer, kind, group.stream.messageAt(position), position)
    }
    const last = positions.at(-1)
    if (last === undefined) return
    this.sim.emit(
      group,
      FACTS.advanced,
      group.stream.messageAt(last),
      group.bookRead(last, read, noAck),
    )
  }

  /** A consumer's own pending entries again; that counts as a delivery, unless the entry is gone. */
  private readOwn(group: Group, name: string, from: EntryId, count: number): number[] {
    const consumer = must(group.consumer(name), name)
    const start = idAfter(from)
    const positions: number[] = []
    if (!start) return positions
    for (const pending of group.pendingFrom(group.stream.positionFrom(start))) {
      if (count > 0 && positions.length === count) break
      if (pending.consumer === consumer) positions.push(pending.position)
    }
    for (const position of positions) {
      if (!group.stream.isThere(position)) continue
      this.sim.emit(consumer, FACTS.redelivered, group.stream.messageAt(position), position)
    }
    return positions
  }

  private waitAt(row: number): Wait {
    return this.sim.records.rowAt<Wait>(row)
  }
}
