/**
 * What an append-only log keeps at a moment, and what it costs to erase somebody from it: how many bytes nobody can
 * read any more and that stay all the same, and who else still holds what was erased.
 */
import type { RecordedEvent } from '../../brokers/eventstore/eventLog.ts'
import type { EventStore } from '../../brokers/eventstore/store.ts'
import { Topic } from '../../brokers/log/topic.ts'
import { Client } from '../../clients/client.ts'
import { CommandHandler } from '../../clients/commandHandler/commandHandler.ts'
import type { SnapshotRow } from '../../clients/commandHandler/facts.ts'
import { Projection } from '../../clients/projection/projection.ts'
import type { World } from '../../scenario/world.ts'

/** Where personal data lies in the clear outside the store. */
export interface PersonalCopy {
  /** Scenario id. */
  node: string
  what: 'rows' | 'snapshots' | 'records' | 'effects'
  count: number
}

export interface PersonKept {
  name: string
  hasKey: boolean
  /** Events with data of the person, and the bytes of all their personal fields. */
  events: number
  bytes: number
  copies: PersonalCopy[]
}

export interface LogKept {
  events: number
  bytes: number
  /** What reads leave out, as its stream was deleted or is limited: kept all the same. */
  hiddenEvents: number
  hiddenBytes: number
  /** Keys that are kept, one a person. */
  keys: number
  keysDeleted: number
  /** Personal fields that nobody can read any more, as their keys are gone. */
  unreadableBytes: number
  /** Snapshots of the store's command handlers: what they keep besides. */
  snapshots: number
  snapshotBytes: number
  persons: PersonKept[]
}

/** Events with personal data, found once: a log only grows. */
interface Personal {
  seen: number
  /** Bytes of the first so many events, by every `SPACING`th. */
  bytes: number[]
  events: { person: string; position: number; values: string[] }[]
}

const SPACING = 256
const KNOWN = new WeakMap<EventStore, Personal>()

export function keptBy(world: World, id: string): LogKept {
  const store = world.part(id) as EventStore
  const personal = personalIn(store)
  const known = personal.events.filter(({ position }) => position < store.count)
  const names = [...new Set(known.map(({ person }) => person))]
  const persons = names.map((name): PersonKept => {
    const own = known.filter(({ person }) => person === name)
    const values = own.flatMap((event) => event.values)
    const hasKey = store.hasKey(name)
    const bytes = sizeOf(values)
    const copies = copiesOf(world, id, store, new Set(values), own)
    return { name, hasKey, events: own.length, bytes, copies }
  })
  const gone = persons.filter(({ hasKey }) => !hasKey)
  return {
    events: store.count,
    bytes: bytesBefore(store, personal, store.count),
    ...hiddenIn(store),
    keys: persons.length - gone.length,
    keysDeleted: gone.length,
    unreadableBytes: gone.reduce((sum, { bytes }) => sum + bytes, 0),
    ...snapshotsOf(world, id),
    persons,
  }
}

function personalIn(store: EventStore): Personal {
  const personal = KNOWN.get(store) ?? { seen: 0, bytes: [0], events: [] }
  KNOWN.set(store, personal)
  const { log } = store
  let bytes = bytesBefore(store, personal, personal.seen)
  for (; personal.seen < store.count; personal.seen++) {
    const message = log.messageAt(personal.seen)
    bytes += log.bytes(message)
    if ((personal.seen + 1) % SPACING === 0) personal.bytes.push(bytes)
    const { person, personal: fields = [] } = log.metadata(message)
    if (person === undefined || fields.length === 0) continue
    const values = valuesOf(log.event(personal.seen), fields)
    personal.events.push({ person, position: personal.seen, values })
  }
  return personal
}

/** What the first `count` events weigh; no more than were seen. */
function bytesBefore(store: EventStore, { bytes }: Personal, count: number): number {
  const at = Math.min(Math.floor(count / SPACING), bytes.length - 1)
  let sum = bytes[at] ?? 0
  for (let position = at * SPACING; position < count; position++) {
    sum += store.log.bytes(store.log.messageAt(position))
  }
  return sum
}

/** The personal fields of an event in the clear. */
function valuesOf({ data }: RecordedEvent, fields: readonly string[]): string[] {
  const cells = (data ?? {}) as Record<string, unknown>
  return fields.flatMap((field) => (cells[field] === undefined ? [] : [String(cells[field])]))
}

function hiddenIn(store: EventStore): { hiddenEvents: number; hiddenBytes: number } {
  const hidden = { hiddenEvents: 0, hiddenBytes: 0 }
  store.sizes.forEach((size, stream) => {
    const isDeleted = store.deletion(stream) !== 'no'
    const first = isDeleted ? size : store.firstVersion(store.log.streamName(stream))
    for (let version = 0; version < first; version++) {
      hidden.hiddenEvents++
      hidden.hiddenBytes += store.log.bytes(
        store.log.messageAt(store.log.positionAt(stream, version)),
      )
    }
  })
  return hidden
}

function handlersOf(world: World, store: string): CommandHandler[] {
  return world.scenario.links.flatMap(({ from, to }) => {
    const found = to === store ? world.part(from) : undefined
    return found instanceof CommandHandler ? [found] : []
  })
}

function snapshotRows(world: World, { states }: CommandHandler): SnapshotRow[] {
  return states.snapshotRows.map((row) => world.records.rowAt<SnapshotRow>(row))
}

function snapshotsOf(world: World, store: string): { snapshots: number; snapshotBytes: number } {
  const rows = handlersOf(world, store).flatMap((handler) => snapshotRows(world, handler))
  return { snapshots: rows.length, snapshotBytes: sizeOf(rows.map(({ state }) => state)) }
}

/** Who holds one of these values, or a message with one, outside the store. */
function copiesOf(
  world: World,
  storeId: string,
  store: EventStore,
  values: ReadonlySet<string>,
  events: readonly { position: number }[],
): PersonalCopy[] {
  const messages = messagesWith(world, store, values, events)
  const handlers = new Set(handlersOf(world, storeId))
  return world.scenario.nodes.flatMap(({ id }): PersonalCopy[] => {
    const part = world.part(id)
    if (part instanceof Projection) {
      const rows = part.rows(Number.POSITIVE_INFINITY)
      const held = rows.filter((row) => Object.values(row).some((cell) => isIn(cell, values)))
      return copy(id, 'rows', held.length)
    }
    if (part instanceof CommandHandler && handlers.has(part)) {
      const held = snapshotRows(world, part).filter(({ state }) => isIn(state, values))
      return copy(id, 'snapshots', held.length)
    }
    if (part instanceof Topic) return copy(id, 'records', recordsIn(part, messages))
    return part instanceof Client ? copy(id, 'effects', effectsIn(part, messages)) : []
  })
}

function copy(node: string, what: PersonalCopy['what'], count: number): PersonalCopy[] {
  return count === 0 ? [] : [{ node, what, count }]
}

/** Messages that were made of a person's events and say one of the values in the clear. */
function messagesWith(
  { records }: World,
  { log }: EventStore,
  values: ReadonlySet<string>,
  events: readonly { position: number }[],
): Set<number> {
  const origins = new Set(events.map(({ position }) => log.messageAt(position)))
  const found = new Set<number>()
  if (origins.size === 0) return found
  const { messages } = records
  for (let id = Math.min(...origins) + 1; id < messages.count; id++) {
    const parent = messages.parent(id)
    if (!origins.has(parent) && !found.has(parent)) continue
    if (log.firstPosition(id) === -1 && isIn(records.body(id), values)) found.add(id)
  }
  return found
}

function recordsIn({ partitions }: Topic, messages: ReadonlySet<number>): number {
  let count = 0
  if (messages.size === 0) return count
  for (const partition of partitions) {
    for (let offset = partition.start; offset < partition.end; offset++) {
      if (messages.has(partition.messageAt(offset))) count++
    }
  }
  return count
}

function effectsIn({ ledger }: Client<object>, messages: ReadonlySet<number>): number {
  let count = 0
  if (messages.size === 0) return count
  for (let at = 0; at < ledger.count; at++) if (messages.has(ledger.messageAt(at))) count++
  return count
}

function isIn(cell: unknown, values: ReadonlySet<string>): boolean {
  const text = String(cell)
  for (const value of values) if (value !== '' && text.includes(value)) return true
  return false
}

function sizeOf(texts: readonly string[]): number {
  return texts.reduce((sum, { length }) => sum + length, 0)
}
