/** An event store at the playhead: its streams, and the fold of each after each event. */
import type { RecordedEvent } from '../../brokers/eventstore/eventLog.ts'
import { foldOfStream } from '../../brokers/eventstore/folds.ts'
import type { PrefixFold } from '../../brokers/eventstore/prefixFold.ts'
import { EventStore } from '../../brokers/eventstore/store.ts'
import { DOMAINS } from '../../clients/commandHandler/domains.ts'
import type { World } from '../../scenario/world.ts'
import { type EventStoreState, LISTED_MAX } from '../frame.ts'
import { partBase } from './view.ts'

type StreamState = EventStoreState['streams'][number]

/** A stream as it was shown last: it stays so until the stream grows or the playhead goes back. */
interface Shown {
  fold: PrefixFold<unknown, RecordedEvent>
  state: StreamState
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
      return viewStream(store, stream, size)
    }),
  }
}

function viewStream(store: EventStore, stream: number, size: number): StreamState {
  const shown = SHOWN.get(store) ?? []
  SHOWN.set(store, shown)
  const known = shown[stream]
  if (known?.state.version === size - 1) return known.state
  const fold = known?.fold ?? foldOf(store, stream)
  const state = streamState(store, stream, size, fold)
  shown[stream] = { fold, state }
  return state
}

function streamState(
  store: EventStore,
  stream: number,
  size: number,
  fold: PrefixFold<unknown, RecordedEvent>,
): StreamState {
  const { log } = store
  const state: StreamState = {
    name: log.streamName(stream),
    version: size - 1,
    events: [],
    folds: [],
  }
  for (let at = Math.max(0, size - LISTED_MAX); at < size; at++) {
    const { message, type, data, version, position } = log.event(log.positionAt(stream, at))
    state.events.push({ message, type, data, version, position })
    state.folds.push(fold.after(at + 1))
  }
  return state
}

/** All streams are of the one domain that there is. */
function foldOf(store: EventStore, stream: number): PrefixFold<unknown, RecordedEvent> {
  const { initialState, evolve } = DOMAINS.account
  return foldOfStream(store.log, stream, { initialState, evolve, copy: (state) => state })
}
