/**
 * Which message of one run is which of the other. Their numbers may differ from the fork on: a producer's
 * messages are told by their ordinal, those that have none (last wills, what a person published) by their turn,
 * and those that came of another message by that one and who made them.
 */
import type { Records } from '../../engine/records.ts'
import type { World } from '../../scenario/world.ts'

export const NO_TWIN = -1

/** Messages of a run by where they came from. */
class Origins {
  /** What each producer made, by its place in the scenario; a producer counts upwards. */
  private readonly made = new Map<number, number[]>()
  /** Messages without an ordinal, by who made them. */
  private readonly unnumbered = new Map<number, number[]>()
  /** Those that came of a message are a list: the first, and after each the next. */
  private readonly firstOf: Int32Array
  private readonly nextOf: Int32Array
  private readonly records: Records

  constructor(records: Records, count: number) {
    this.records = records
    this.firstOf = new Int32Array(count).fill(NO_TWIN)
    this.nextOf = new Int32Array(count).fill(NO_TWIN)
    // From the last to the first, so that the lists begin with the first.
    for (let id = count - 1; id >= 0; id--) this.chain(id)
    for (let id = 0; id < count; id++) this.collect(id)
  }

  ofProducer(source: number, ordinal: number): number {
    const ids = this.made.get(source) ?? []
    const { messages } = this.records
    let [low, high] = [0, ids.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if (messages.ordinal(ids[middle] as number) < ordinal) low = middle + 1
      else high = middle
    }
    const id = ids[low]
    return id !== undefined && messages.ordinal(id) === ordinal ? id : NO_TWIN
  }

  /** The `nth` message without an ordinal that `source` made. */
  ofTurn(source: number, nth: number): number {
    return this.unnumbered.get(source)?.[nth] ?? NO_TWIN
  }

  /** The `nth` message that `source` made of `parent`. */
  ofParent(parent: number, source: number, nth: number): number {
    let left = nth
    for (let id = this.first(parent); id !== NO_TWIN; id = this.next(id)) {
      if (this.records.messages.source(id) === source && left-- === 0) return id
    }
    return NO_TWIN
  }

  /** How many messages `source` made of the same one before this one. */
  placeOf(message: number): number {
    const { messages } = this.records
    const source = messages.source(message)
    let nth = 0
    for (let id = this.first(messages.parent(message)); id !== message; id = this.next(id)) {
      if (messages.source(id) === source) nth++
    }
    return nth
  }

  private first(parent: number): number {
    return this.firstOf[parent] as number
  }

  private next(id: number): number {
    return this.nextOf[id] as number
  }

  private chain(id: number): void {
    const parent = this.records.messages.parent(id)
    if (parent < 0) return
    this.nextOf[id] = this.first(parent)
    this.firstOf[parent] = id
  }

  private collect(id: number): void {
    const { messages } = this.records
    if (messages.parent(id) >= 0) return
    const source = messages.source(id)
    const list = messages.ordinal(id) === 0 ? this.unnumbered : this.made
    const ids = list.get(source)
    if (ids) ids.push(id)
    else list.set(source, [id])
  }
}

/** For each of the first `hereCount` messages of a run its twin among the first `thereCount` of the other. */
export function twinsOf(
  here: World,
  hereCount: number,
  there: World,
  thereCount: number,
): Int32Array {
  const { messages } = here.records
  const [own, other] = [
    new Origins(here.records, hereCount),
    new Origins(there.records, thereCount),
  ]
  const sources = sourcesOf(here, there)
  const twins = new Int32Array(hereCount).fill(NO_TWIN)
  const turns = new Map<number, number>()
  for (let id = 0; id < hereCount; id++) {
    const source = sources(messages.source(id))
    if (source === -1) continue
    const parent = messages.parent(id)
    if (parent === -1) {
      const ordinal = messages.ordinal(id)
      const turn = turns.get(source) ?? 0
      if (ordinal === 0) turns.set(source, turn + 1)
      twins[id] = ordinal === 0 ? other.ofTurn(source, turn) : other.ofProducer(source, ordinal)
    } else {
      const twin = twins[parent] as number
      if (twin !== NO_TWIN) twins[id] = other.ofParent(twin, source, own.placeOf(id))
    }
  }
  return twins
}

/** From who made a message here to the same node there; -1 where there is none. */
function sourcesOf(here: World, there: World): (source: number) => number {
  const places = here.scenario.nodes.map(({ id }) =>
    there.scenario.nodes.findIndex((node) => node.id === id),
  )
  return (source) => places[source] ?? -1
}

/** The twin of one message, found without knowing all the others; yields after every `stepFacts` messages. */
export function* twinInSteps(
  here: World,
  message: number,
  there: World,
  stepFacts: number,
): Generator<undefined, number, undefined> {
  const { messages } = here.records
  const source = sourcesOf(here, there)(messages.source(message))
  const parent = messages.parent(message)
  if (source === -1) return NO_TWIN
  if (parent === -1) {
    const ordinal = messages.ordinal(message)
    let turn = 0
    for (let id = 0; ordinal === 0 && id < message; id++) {
      const isBefore = messages.ordinal(id) === 0 && messages.parent(id) === -1
      if (isBefore && messages.source(id) === messages.source(message)) turn++
      if (id % stepFacts === 0) yield
    }
    return yield* nthOf(there, 0, { parent, source, ordinal }, turn, stepFacts)
  }
  const twin: number = yield* twinInSteps(here, parent, there, stepFacts)
  if (twin === NO_TWIN) return NO_TWIN
  let nth = 0
  for (let id = parent + 1; id < message; id++) {
    if (messages.parent(id) === parent && messages.source(id) === messages.source(message)) nth++
    if (id % stepFacts === 0) yield
  }
  return yield* nthOf(there, twin + 1, { parent: twin, source, ordinal: null }, nth, stepFacts)
}

/** The message that comes `nth` among those of a parent and a source, and of an ordinal if one is asked for. */
function* nthOf(
  { records }: World,
  from: number,
  want: { parent: number; source: number; ordinal: number | null },
  nth: number,
  stepFacts: number,
): Generator<undefined, number, undefined> {
  const { messages } = records
  let left = nth
  for (let id = from; id < messages.count; id++) {
    const isOne =
      messages.parent(id) === want.parent &&
      messages.source(id) === want.source &&
      (want.ordinal === null || messages.ordinal(id) === want.ordinal)
    if (isOne && left-- === 0) return id
    if (id % stepFacts === 0) yield
  }
  return NO_TWIN
}
