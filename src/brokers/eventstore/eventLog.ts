/**
 * The contents of an event store: columns that are only ever added to. Whoever knows a position or a
 * version may read what lies below it; the store's own state is nothing but counts over these columns.
 */
import { assert } from '../../base/assert.ts'
import type { IntColumn, TimeColumn } from '../../base/column.ts'
import type { Records } from '../../engine/records.ts'
import { categoryOf } from './category.ts'

/** What is said about an event beside its data; the row that its message's `props` names. */
export interface EventMetadata {
  /** Which shape its data has, for types whose shape has changed. 1 if nothing is said. */
  schemaVersion?: number
  /** Names from outside, of an imported event. Within a run the message's parents say the same. */
  correlationId?: string
  causationId?: string
  /** Whose personal data it holds, and the fields that are encrypted with this person's key. */
  person?: string
  personal?: readonly string[]
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

/** What of an event a fold may look at: the less it is, the faster long histories are folded. */
export type FoldedEvent = Pick<
  RecordedEvent,
  'message' | 'position' | 'type' | 'data' | 'schemaVersion' | 'recordedUs'
>

const NO_METADATA: EventMetadata = Object.freeze({})
/** Bodies are few (templates), so that what was parsed once is kept; the limit is for logs that have many. */
const PARSED_MAX = 8192

/** Events that are read at once, at most. */
export const BATCH_EVENTS = 256
/** What a batch is read into; nothing of it is kept. */
const batch = {
  positions: new Int32Array(BATCH_EVENTS),
  messages: new Int32Array(BATCH_EVENTS),
  times: new Float64Array(BATCH_EVENTS),
  templates: new Int32Array(BATCH_EVENTS),
  keys: new Int32Array(BATCH_EVENTS),
  props: new Int32Array(BATCH_EVENTS),
}

/** Bodies and types are few: those of so many templates and keys are found without looking them up. */
const NEAR = 64

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
  /** By stream: the number of its category; by category: its interned name, and positions of its events. */
  private readonly categories: IntColumn
  private readonly categoryIndexes: IntColumn
  private readonly categoryNames: IntColumn
  private readonly categoryPositions: IntColumn[] = []
  /** Interned names of the persons whose keys were deleted, in that order. */
  private readonly deletedKeys: IntColumn
  /** What lies near: by the last bits of a template its data, by those of a key the type. */
  private readonly nearTemplates = new Int32Array(NEAR).fill(-1)
  private readonly nearData: unknown[] = []
  private readonly nearKeys = new Int32Array(NEAR).fill(-1)
  private readonly nearTypes: string[] = []
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
    this.categories = records.ints(node, 'category')
    this.categoryIndexes = records.ints(node, 'categoryIndex')
    this.categoryNames = records.ints(node, 'categoryName')
    this.deletedKeys = records.ints(node, 'deletedKey')
  }

  /** Writes down the name of a new stream while there are `categories`, and returns the number of its category. */
  putStream(stream: number, name: number, categories: number): number {
    this.names.put(stream, name)
    this.indexes.put(name, stream + 1)
    const category = categoryOf(this.records.strings.text(name))
    const known = this.categoryIndex(category, categories)
    const index = known === -1 ? categories : known
    if (known === -1) {
      const id = this.records.strings.id(category)
      this.categoryNames.put(index, id)
      this.categoryIndexes.put(id, index + 1)
    }
    this.categories.put(stream, index)
    return index
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

  /** Writes down an event as the next of its category. */
  putInCategory(category: number, at: number, position: number): void {
    this.positionsOfCategory(category).put(at, position)
  }

  /** Writes down that the key of a person is gone. */
  putDeletedKey(at: number, person: number): void {
    this.deletedKeys.put(at, person)
  }

  /** Number of a category, -1 if it is none of the first `count`. */
  categoryIndex(name: string, count: number): number {
    const id = this.records.strings.find(name)
    const index = (this.categoryIndexes.get(id) || 0) - 1
    return index >= 0 && index < count && this.categoryNames.get(index) === id ? index : -1
  }

  /** Whether the key of a person is among the first `count` deleted ones. */
  isKeyDeleted(person: string, count: number): boolean {
    const id = this.records.strings.find(person)
    for (let at = 0; at < count; at++) if (this.deletedKeys.get(at) === id) return true
    return false
  }

  /** Category of a stream. */
  categoryAt(stream: number): number {
    return this.categories.get(stream)
  }

  /** Position of the `at`th event of a category. */
  positionInCategory(category: number, at: number): number {
    return this.positionsOfCategory(category).get(at)
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

  /** When the event at a position was appended. */
  recordedUs(position: number): number {
    return this.times.get(position)
  }

  /** Size of an event in bytes: its type and its data. */
  bytes(message: number): number {
    return this.type(message).length + this.records.body(message).length
  }

  /**
   * The event at `position`, which must have been written. What is encrypted with a key of the first
   * `keysDeleted` deleted ones cannot be read: those fields are null. The stored bytes are the same.
   */
  event(position: number, keysDeleted = 0): RecordedEvent {
    const message = this.messages.get(position)
    assert(message !== undefined, `position ${position} was never written`)
    const metadata = this.metadata(message)
    return {
      message,
      stream: this.streamName(this.streams.get(position)),
      type: this.type(message),
      data: keysDeleted === 0 ? this.data(message) : this.open(message, metadata, keysDeleted),
      version: this.versions.get(position),
      position,
      schemaVersion: metadata.schemaVersion ?? 1,
      causation: this.records.messages.parent(message),
      recordedUs: this.times.get(position),
      metadata,
    }
  }

  /** What a fold sees of the events from one position up to another, at most `BATCH_EVENTS`; `lent` is filled anew. */
  events(from: number, to: number, lent?: FoldedEvent[]): FoldedEvent[] {
    const positions = batch.positions.subarray(0, to - from)
    for (let i = 0; i < positions.length; i++) positions[i] = from + i
    return this.eventsAt(positions, undefined, lent)
  }

  /** The same of a stream, by version. */
  eventsOf(stream: number, from: number, to: number, lent?: FoldedEvent[]): FoldedEvent[] {
    const positions = batch.positions.subarray(0, to - from)
    this.positionsOf(stream).copy(from, positions)
    return this.eventsAt(positions, undefined, lent)
  }

  /** The same at these positions, each with what was encrypted for so many deleted keys left out. */
  eventsAt(
    positions: Int32Array,
    keysDeleted?: Int32Array,
    lent: FoldedEvent[] = [],
  ): FoldedEvent[] {
    const count = positions.length
    const messages = batch.messages.subarray(0, count)
    const times = batch.times.subarray(0, count)
    if (isRow(positions)) {
      this.messages.copy(positions[0] as number, messages)
      this.times.copy(positions[0] as number, times)
    } else {
      for (let i = 0; i < count; i++) messages[i] = this.messages.get(positions[i] as number)
      for (let i = 0; i < count; i++) times[i] = this.times.get(positions[i] as number)
    }
    const [templates, keys, props] = this.bodiesOf(messages)
    for (let i = 0; i < count; i++) {
      const message = messages[i] as number
      const deleted = keysDeleted === undefined ? 0 : (keysDeleted[i] as number)
      const row = props[i] as number
      if (i === lent.length) lent.push(blankEvent())
      const event = lent[i] as FoldedEvent
      event.message = message
      event.position = positions[i] as number
      event.type = this.typeOf(keys[i] as number)
      event.data =
        deleted === 0 || row === -1
          ? this.dataOf(message, templates[i] as number)
          : this.open(message, this.metadata(message), deleted)
      event.schemaVersion =
        row === -1 ? 1 : (this.records.rowAt<EventMetadata>(row).schemaVersion ?? 1)
      event.recordedUs = times[i] as number
    }
    return lent
  }

  /** Templates, keys and properties of a batch of messages. */
  private bodiesOf(ids: Int32Array): readonly [Int32Array, Int32Array, Int32Array] {
    const { messages } = this.records
    const templates = batch.templates.subarray(0, ids.length)
    const keys = batch.keys.subarray(0, ids.length)
    const props = batch.props.subarray(0, ids.length)
    if (isRow(ids)) messages.copyBodies(ids[0] as number, templates, keys, props)
    else {
      for (let i = 0; i < ids.length; i++) {
        const message = ids[i] as number
        templates[i] = messages.template(message)
        keys[i] = messages.key(message)
        props[i] = messages.props(message)
      }
    }
    return [templates, keys, props]
  }

  private typeOf(key: number): string {
    const near = key & (NEAR - 1)
    if (this.nearKeys[near] === key && key !== -1) return this.nearTypes[near] as string
    const type = this.records.strings.text(key)
    this.nearKeys[near] = key
    this.nearTypes[near] = type
    return type
  }

  /** The data of a message, by its template where that is a body. */
  private dataOf(message: number, template: number): unknown {
    const near = template & (NEAR - 1)
    if (this.nearTemplates[near] === template && template !== -1) return this.nearData[near]
    const data = this.data(message)
    // A template with a number in it is another body for each message.
    if (!this.parsed.has(template)) return data
    this.nearTemplates[near] = template
    this.nearData[near] = data
    return data
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

  metadata(message: number): EventMetadata {
    const row = this.records.messages.props(message)
    return row === -1 ? NO_METADATA : this.records.rowAt<EventMetadata>(row)
  }

  private data(message: number): unknown {
    // A template that was parsed has no number in it: it is the body itself.
    const template = this.records.messages.template(message)
    const known = this.parsed.get(template)
    if (known !== undefined) return known
    const body = this.records.bodyId(message)
    if (this.parsed.has(body)) return this.parsed.get(body)
    const data = frozen(JSON.parse(this.records.strings.text(body)))
    if (this.parsed.size >= PARSED_MAX) this.parsed.clear()
    this.parsed.set(body, data)
    return data
  }

  /** The data without what is encrypted with a deleted key. */
  private open(message: number, { person, personal }: EventMetadata, keysDeleted: number): unknown {
    const data = this.data(message)
    if (person === undefined || personal === undefined) return data
    if (!this.isKeyDeleted(person, keysDeleted)) return data
    const gone = Object.fromEntries(personal.map((field) => [field, null]))
    return Object.freeze({ ...(data as object), ...gone })
  }

  private positionsOfCategory(category: number): IntColumn {
    const known = this.categoryPositions[category]
    if (known) return known
    const column = this.records.ints(this.node, `category ${category}`)
    this.categoryPositions[category] = column
    return column
  }

  private positionsOf(stream: number): IntColumn {
    const known = this.positions[stream]
    if (known) return known
    const column = this.records.ints(this.node, `stream ${stream}`)
    this.positions[stream] = column
    return column
  }
}

function blankEvent(): FoldedEvent {
  return { message: -1, position: -1, type: '', data: null, schemaVersion: 1, recordedUs: 0.5 }
}

/** Whether positions follow one another. */
function isRow(positions: Int32Array): boolean {
  const first = positions[0] as number
  for (let i = 1; i < positions.length; i++) if (positions[i] !== first + i) return false
  return positions.length > 0
}

function frozen(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  for (const inner of Object.values(value)) frozen(inner)
  return Object.freeze(value)
}
