/** An event store at the playhead: its streams, and the fold of each after each event. */
import type { FoldedEvent } from '../../brokers/eventstore/eventLog.ts'
import { foldOfStream } from '../../brokers/eventstore/folds.ts'
import type { PrefixFold } from '../../brokers/eventstore/prefixFold.ts'
import { EventStore } from '../../brokers/eventstore/store.ts'
import type { World } from '../../scenario/world.ts'
import { deciderOf, writersOf } from '../../scenario/writers.ts'
import { CONFLICTS_LISTED, type StoreConflict } from '../conflict.ts'
import { LISTED_MAX } from '../frame.ts'
import type { EventStoreState } from '../sourcingStates.ts'
import { viewConflict } from './conflict.ts'
import { partBase } from './view.ts'

type StreamState = EventStoreState['streams'][number]

/** A stream as it was shown last: it stays so until the stream grows or the playhead goes back. */
interface Shown {
  fold: PrefixFold<unknown, FoldedEvent>
  state: StreamState
  keysDeleted: number
}

/** By store and index of the stream. A fold is a pure function, so keeping it changes nothing but time. */
const SHOWN = new WeakMap<EventStore, Shown[]>()

export function viewEventStore(world: World, id: string): EventStoreState {
  const store = world.part(id)
  if (!(store instanceof EventStore)) throw new Error(`${id} is no event store`)
  return {
    ...partBase(id),
    kind: 'eventStore',
    position: store.count,
    streams: store.sizes.slice(0, LISTED_MAX).map((size, stream) => {
      return viewStream(world, id, store, stream, size)
    }),
    streamCount: store.sizes.length,
    conflicts: conflictsOf(world, store),
    conflictCount: store.conflicts,
    keysDeleted: store.keysDeleted,
  }
}

/** The latest conflicts, newest first. */
function conflictsOf(world: World, store: EventStore): StoreConflict[] {
  const listed = Math.min(store.conflicts, CONFLICTS_LISTED)
  return Array.from({ length: listed }, (_, i) =>
    viewConflict(world, store.log, store.conflict(store.conflicts - 1 - i)),
  )
}

function viewStream(
  world: World,
  id: string,
  store: EventStore,
  stream: number,
  size: number,
): StreamState {
  const shown = SHOWN.get(store) ?? []
  SHOWN.set(store, shown)
  const known = shown[stream]
  const deleted = store.deletion(stream)
  const first = store.firstVersion(store.log.streamName(stream))
  const same = known?.keysDeleted === store.keysDeleted
  if (known && same && known.state.version === size - 1) {
    // What can be read changes without an event.
    if (known.state.deleted === deleted && known.state.first === first) return known.state
  }
  const fold = known?.fold ?? foldOf(world, id, store, stream)
  const state = streamState(store, stream, size, fold)
  shown[stream] = { fold, state, keysDeleted: store.keysDeleted }
  return state
}

function streamState(
  store: EventStore,
  stream: number,
  size: number,
  fold: PrefixFold<unknown, FoldedEvent>,
): StreamState {
  const { log } = store
  const state: StreamState = {
    name: log.streamName(stream),
    version: size - 1,
    events: [],
    folds: [],
    deleted: store.deletion(stream),
    first: store.firstVersion(log.streamName(stream)),
  }
  for (let at = Math.max(0, size - LISTED_MAX); at < size; at++) {
    const event = log.event(log.positionAt(stream, at), store.keysDeleted)
    const { message, type, data, version, position, schemaVersion } = event
    state.events.push({ message, type, data, version, position, schemaVersion })
    state.folds.push(fold.after(at + 1))
  }
  return state
}

/** The fold of the command handler that a stream is written by. */
function foldOf(
  { scenario }: World,
  id: string,
  { log }: EventStore,
  stream: number,
): PrefixFold<unknown, FoldedEvent> {
  const { initialState, evolve } = deciderOf(writersOf(scenario, id), log.streamName(stream))
  return foldOfStream(log, stream, { initialState, evolve, copy: (state) => state })
}
