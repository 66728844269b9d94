/**
 * A stream: entries in the order of their ids as append-only columns; trimming moves the first
 * position, XDEL leaves a hole (redis.io/docs/latest/develop/data-types/streams).
 */
import type { IntColumn, TimeColumn } from '../../../base/column.ts'
import { placeOf } from '../../../base/sorted.ts'
import type { Archive } from '../../../engine/archive.ts'
import type { Records } from '../../../engine/records.ts'
import type { Part, Simulation } from '../../../engine/simulation.ts'
import { REDIS_STREAM_FACTS as FACTS } from './facts.ts'
import { compareIds, type EntryId, MIN_ID } from './id.ts'

/** Row behind `streamCreated`. */
export interface StreamRow {
  part: number
  key: string
}

/** Row behind `idSet`. */
export interface StreamIds {
  last: EntryId
  added: number
  maxDeleted: EntryId
}

/** Entries that Redis packs into one node (stream-node-max-entries); its limit in bytes is left out. */
const NODE_ENTRIES = 100
/** Most entries that go at once when trimming is approximate: 100 nodes. */
export const APPROXIMATE_LIMIT = 10_000

export interface Trim {
  by: 'MAXLEN' | 'MINID'
  /** MAXLEN: entries to keep. */
  length: number
  /** MINID: the smallest id to keep. */
  id: EntryId
  /** `~`: whole nodes only. */
  approximate: boolean
  /** LIMIT: most entries that go at once; 0 = no limit. */
  limit: number
}

export class Stream implements Part {
  alive = true
  /** Positions from `first` to `tail` are there, except for `holes`. */
  first = 0
  tail = 0
  last: EntryId = MIN_ID
  maxDeleted: EntryId = MIN_ID
  /** Entries ever added (entries-added of XINFO), and those that trimming took. */
  added = 0
  trimmedCount = 0
  private readonly holes: number[] = []
  private readonly ms: TimeColumn
  private readonly seq: TimeColumn
  private readonly messages: IntColumn
  /** Where the node of a position begins. */
  private readonly nodes: IntColumn
  readonly node: number
  readonly key: string
  readonly row: number
  private readonly records: Records

  constructor(sim: Simulation, row: number, { part, key }: StreamRow) {
    this.records = sim.records
    this.node = part
    this.key = key
    this.row = row
    this.ms = sim.records.times(part, 'ms')
    this.seq = sim.records.times(part, 'seq')
    this.messages = sim.records.ints(part, 'messages')
    this.nodes = sim.records.ints(part, 'nodes')
    sim.enlist(this)
  }

  /** XLEN */
  get length(): number {
    return this.tail - this.first - this.holes.length
  }

  idAt(position: number): EntryId {
    return { ms: this.ms.get(position), seq: this.seq.get(position) }
  }
  messageAt(position: number): number {
    return this.messages.get(position)
  }
  isThere(position: number): boolean {
    return position >= this.first && position < this.tail && !has(this.holes, position)
  }

  /** First position whose id is at least `id`, whether the entry is still there or not. */
  positionFrom(id: EntryId): number {
    let low = 0
    let high = this.tail
    while (low < high) {
      const middle = (low + high) >>> 1
      if (compareIds(this.idAt(middle), id) < 0) low = middle + 1
      else high = middle
    }
    return low
  }

  /** The position of exactly this id, deleted or not; -1 if there was none. */
  positionOf(id: EntryId): number {
    const position = this.positionFrom(id)
    return position < this.tail && compareIds(this.idAt(position), id) === 0 ? position : -1
  }

  /** Positions below `to` whose entries are there. */
  thereIn(from: number, to: number): number[] {
    const there: number[] = []
    for (let at = from; at < to; at++) if (this.isThere(at)) there.push(at)
    return there
  }

  /** At most `count` positions from `start` to `end`, both included. */
  range(start: EntryId, end: EntryId, count: number, reverse = false): number[] {
    const positions: number[] = []
    const from = Math.max(this.first, this.positionFrom(start))
    let until = this.positionFrom(end)
    if (until < this.tail && compareIds(this.idAt(until), end) === 0) until++
    for (let i = 0; i < until - from && positions.length < count; i++) {
      const position = reverse ? until - 1 - i : from + i
      if (!has(this.holes, position)) positions.push(position)
    }
    return positions
  }

  /** Id of the first and the last entry that is there; 0-0 if none is. */
  get firstId(): EntryId {
    return this.length === 0 ? MIN_ID : this.idAt(this.first)
  }
  get topId(): EntryId {
    let position = this.tail - 1
    while (position >= this.first && has(this.holes, position)) position--
    return position < this.first ? MIN_ID : this.idAt(position)
  }

  /** Writes the next entry down, before the fact that adds it. Returns its position. */
  book(id: EntryId, message: number): number {
    const at = this.tail
    this.ms.put(at, id.ms)
    this.seq.put(at, id.seq)
    this.messages.put(at, message)
    this.nodes.put(at, this.opensNode() ? at : this.nodes.get(at - 1))
    return at
  }

  /** The first position that stays when the stream is trimmed (redis.io/docs/latest/commands/xtrim). */
  trimPoint(trim: Trim): number {
    let position = this.first
    let left = this.length
    let gone = 0
    while (position < this.tail) {
      const end = trim.approximate ? this.nodeEnd(position) : position + 1
      const entries = this.countThere(position, end)
      const goes =
        trim.by === 'MAXLEN'
          ? left - entries >= trim.length && left > trim.length
          : compareIds(this.lastThereIn(position, end), trim.id) < 0
      if (!goes || (trim.limit > 0 && gone + entries > trim.limit)) break
      position = end
      left -= entries
      gone += entries
    }
    return position
  }

  /** Nodes in use (radix-tree-keys of XINFO STREAM). */
  get nodeCount(): number {
    let count = 0
    for (let at = this.first; at < this.tail; at = this.nodeEnd(at)) {
      if (this.countThere(at, this.nodeEnd(at)) > 0) count++
    }
    return count
  }

  apply(kind: number, _message: number, aux: number): void {
    switch (kind) {
      case FACTS.added:
        this.last = this.idAt(this.tail)
        this.tail++
        this.added++
        break
      case FACTS.trimmed:
        this.trimmedCount += this.countThere(this.first, aux)
        this.moveFirst(aux)
        break
      case FACTS.deleted: {
        const id = this.idAt(aux)
        if (compareIds(id, this.maxDeleted) > 0) this.maxDeleted = id
        this.holes.splice(placeOf(this.holes, aux), 0, aux)
        this.moveFirst(this.first)
        break
      }
      case FACTS.idSet:
        Object.assign(this, this.records.rowAt<StreamIds>(aux))
        break
      case FACTS.streamDeleted:
        this.alive = false
        break
    }
  }

  archive(io: Archive): void {
    this.alive = io.flag(this.alive)
    this.first = io.int(this.first)
    this.tail = io.int(this.tail)
    this.added = io.int(this.added)
    this.trimmedCount = io.int(this.trimmedCount)
    this.last = archiveId(io, this.last)
    this.maxDeleted = archiveId(io, this.maxDeleted)
    io.list(this.holes)
  }

  private moveFirst(to: number): void {
    this.first = to
    while (this.holes.length > 0 && (this.holes[0] as number) <= this.first) {
      if (this.holes.shift() === this.first) this.first++
    }
  }

  private opensNode(): boolean {
    const { tail } = this
    if (tail === 0) return true
    const start = this.nodes.get(tail - 1)
    return tail - start >= NODE_ENTRIES || this.countThere(start, tail) === 0
  }

  private nodeEnd(position: number): number {
    const start = this.nodes.get(position)
    let end = position
    while (end < this.tail && this.nodes.get(end) === start) end++
    return end
  }

  private countThere(from: number, to: number): number {
    let count = 0
    for (let at = from; at < to; at++) if (this.isThere(at)) count++
    return count
  }

  private lastThereIn(from: number, to: number): EntryId {
    for (let at = to - 1; at > from; at--) if (this.isThere(at)) return this.idAt(at)
    return this.idAt(from)
  }
}

export function archiveId(io: Archive, id: EntryId): EntryId {
  return { ms: io.int(id.ms), seq: io.int(id.seq) }
}

function has(sorted: readonly number[], value: number): boolean {
  return sorted.length > 0 && sorted[placeOf(sorted, value)] === value
}
