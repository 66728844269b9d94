/**
 * The contents of an event store: columns that are only ever added to. Whoever knows a position or a
 * version may read what lies below it; the store's own state is nothing but counts over these columns.
 */
import { assert } from '../../base/assert.ts'
import type { IntColumn, TimeColumn } from '../../base/column.ts'
import type { Records } from '../../engine/records.ts'

/** What is said about an event beside its data; the row that its message's `props` names. */
export interface EventMetadata {
  /** Which shape its data has, for types whose shape has changed. 1 if nothing is said. */
  schemaVersion?: number
  /** Names from outside, of an imported event. Within a run the message's parents say the same. */
  correlationId?: string
  causationId?: string
  [name: string]: unknown
}

/** An event as it was recorded. Frozen: the log hands the same data to all who read it. */
export interface RecordedEvent {
  /** Its row in the message table, which is also its event id. */
  message: number
  stream: string
  type: string
  data: unknown
  /** Its number in its stream, from 0 without gaps. */
  version: number
  /** Its number in the whole store, from 0 without gaps. */
  position: number
  /** Which shape its data has: 1 unless its metadata say otherwise. */
  schemaVersion: number
  /** The message that it came of (a command, an event), -1 if none: its causation id. */
  causation: number
  /** When it was appended. */
  recordedUs: number
  metadata: EventMetadata
}

const NO_METADATA: EventMetadata = Object.freeze({})
/** Bodies are few (templates), so that what was parsed once is kept; the limit is for logs that have many. */
const PARSED_MAX = 8192

export class EventLog {
  private readonly messages: IntColumn
  private readonly streams: IntColumn
  private readonly versions: IntColumn
  /** Interned name of each stream, and its index + 1 by interned name. */
  private readonly names: IntColumn
  private readonly indexes: IntColumn
  /** Position + 1 at which an event, by its message, was first written. */
  private readonly firsts: IntColumn
  private readonly times: TimeColumn
  /** Positions of each stream's events by version. */
  private readonly positions: IntColumn[] = []
  /** Data by interned body. */
  private readonly parsed = new Map<number, unknown>()
  private readonly records: Records
  private readonly node: number

  constructor(records: Records, node: number) {
    this.records = records
    this.node = node
    this.messages = records.ints(node, 'message')
    this.streams = records.ints(node, 'stream')
    this.versions = records.ints(node, 'version')
    this.names = records.ints(node, 'name')
    this.indexes = records.ints(node, 'index')
    this.firsts = records.ints(node, 'first')
    this.times = records.times(node, 'recordedUs')
  }

  /** Writes down the name of a new stream. */
  putStream(stream: number, name: number): void {
    this.names.put(stream, name)
    this.indexes.put(name, stream + 1)
  }

  /** Writes down an event. */
  putEvent(
    position: number,
    stream: number,
    version: number,
    message: number,
    nowUs: number,
  ): void {
    // The first place of an event stays: a later copy must not hide it from an earlier playhead.
    const known = this.firstPosition(message)
    if (known === -1 || known > position) this.firsts.put(message, position + 1)
    this.messages.put(position, message)
    this.streams.put(position, stream)
    this.versions.put(position, version)
    this.times.put(position, nowUs)
    this.positionsOf(stream).put(version, position)
  }

  /** Index of the stream `name`, -1 if it is none of the first `count` streams. */
  streamIndex(name: string, count = Number.POSITIVE_INFINITY): number {
    const id = this.records.strings.find(name)
    const stream = (this.indexes.get(id) || 0) - 1
    return stream < count && stream >= 0 && this.names.get(stream) === id ? stream : -1
  }

  streamName(stream: number): string {
    return this.records.strings.text(this.names.get(stream))
  }

  /** Where the event `message` was first written, -1 if nowhere. */
  firstPosition(message: number): number {
    const position = (this.firsts.get(message) || 0) - 1
    return position >= 0 && this.messages.get(position) === message ? position : -1
  }

  messageAt(position: number): number {
    return this.messages.get(position)
  }
  streamAt(position: number): number {
    return this.streams.get(position)
  }
  versionAt(position: number): number {
    return this.versions.get(position)
  }
  /** Position of the event `version` of a stream. */
  positionAt(stream: number, version: number): number {
    return this.positionsOf(stream).get(version)
  }

  /** The type of an event. */
  type(message: number): string {
    return this.records.key(message)
  }

  /** The event at `position`, which must have been written. */
  event(position: number): RecordedEvent {
    const message = this.messages.get(position)
    assert(message !== undefined, `position ${position} was never written`)
    const metadata = this.metadata(message)
    return {
      message,
      stream: this.streamName(this.streams.get(position)),
      type: this.type(message),
      data: this.data(message),
      version: this.versions.get(position),
      position,
      schemaVersion: metadata.schemaVersion ?? 1,
      causation: this.records.messages.parent(message),
      recordedUs: this.times.get(position),
      metadata,
    }
  }

  /**
   * The message with which the chain that led to `message` began: all that one request brought about
   * has it in common. KurrentDB docs, "Metadata": `$correlationId`.
   */
  correlation(message: number): number {
    const { messages } = this.records
    let root = message
    for (let cause = messages.parent(root); cause !== -1; cause = messages.parent(root)) {
      root = cause
    }
    return root
  }

  private metadata(message: number): EventMetadata {
    const row = this.records.messages.props(message)
    return row === -1 ? NO_METADATA : this.records.rowAt<EventMetadata>(row)
  }

  private data(message: number): unknown {
    const body = this.records.bodyId(message)
    if (this.parsed.has(body)) return this.parsed.get(body)
    const data = frozen(JSON.parse(this.records.strings.text(body)))
    if (this.parsed.size >= PARSED_MAX) this.parsed.clear()
    this.parsed.set(body, data)
    return data
  }

  private positionsOf(stream: number): IntColumn {
    const known = this.positions[stream]
    if (known) return known
    const column = this.records.ints(this.node, `stream ${stream}`)
    this.positions[stream] = column
    return column
  }
}

function frozen(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  for (const inner of Object.values(value)) frozen(inner)
  return Object.freeze(value)
}
