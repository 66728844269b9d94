/** What events come to: the balance of a stream's fold, a cell of a projection's read model; and what they weigh. */
import { EVENTSTORE_FACTS } from '../../../brokers/eventstore/facts.ts'
import type { EventStore } from '../../../brokers/eventstore/store.ts'
import { LOG_FACTS } from '../../../brokers/log/facts.ts'
import { REDIS_STREAM_FACTS } from '../../../brokers/log/redisStreams/facts.ts'
import type { Domain } from '../../../clients/commandHandler/decider.ts'
import { DOMAINS } from '../../../clients/commandHandler/domains.ts'
import { COMMAND_HANDLER_FACTS } from '../../../clients/commandHandler/facts.ts'
import type { Projection } from '../../../clients/projection/projection.ts'
import { deciderOf, writersOf } from '../../../scenario/writers.ts'
import type { Term, TermContext } from '../term.ts'

const APPENDED = [EVENTSTORE_FACTS.appended] as const

interface StreamFold {
  domain: Domain
  state: unknown
  balance: number
}

/** `balance(stream)`: what the fold of a stream says; the least of all streams where none is named. */
export class Balance implements Term {
  readonly kinds = APPENDED
  private value = Number.NaN
  /** By store and stream: its decider, with state and balance so far. */
  private readonly folds = new Map<number, StreamFold>()
  private readonly context: TermContext
  private readonly stream: string | null

  constructor(context: TermContext, stream: string | null) {
    this.context = context
    this.stream = stream
  }

  take(_timeUs: number, _kind: number, part: number, _message: number, stream: number): void {
    const store = this.context.part<EventStore>(part)
    if (!store) return
    if (this.stream !== null && !isStreamOf(store.log.streamName(stream), this.stream)) return
    const id = part * 65_536 + stream
    const fold = this.folds.get(id) ?? this.begin(part, store.log.streamName(stream))
    this.folds.set(id, fold)
    fold.state = fold.domain.evolve(fold.state, store.log.event(store.count - 1))
    const before = fold.balance
    fold.balance = balanceOf(fold.state)
    if (fold.balance <= this.value || Number.isNaN(this.value)) this.value = fold.balance
    else if (before === this.value) this.value = this.least()
  }

  read(): number {
    return this.value
  }

  private begin(part: number, stream: string): StreamFold {
    const { scenario } = this.context.world
    const domain = deciderOf(writersOf(scenario, scenario.nodes[part]?.id ?? ''), stream)
    return { domain, state: domain.initialState(), balance: Number.NaN }
  }

  private least(): number {
    let least = Number.NaN
    for (const { balance } of this.folds.values()) if (!(balance >= least)) least = balance
    return least
  }
}

/** A stream goes by its own name or by its account's. */
function isStreamOf(stream: string, name: string): boolean {
  return stream === name || stream === DOMAINS.account.streamOf({ type: '', account: name }, '')
}

function balanceOf(state: unknown): number {
  const { balance } = (state ?? {}) as { balance?: unknown }
  return typeof balance === 'number' ? balance : Number.NaN
}

/** `state(view, key)`: the number in a projection's row for a key. */
export class Cell implements Term {
  readonly nodes: readonly number[]
  private position = -1
  private value = Number.NaN
  private readonly context: TermContext
  private readonly key: string

  constructor(context: TermContext, place: number, key: string) {
    this.context = context
    this.nodes = [place]
    this.key = key
  }

  read(): number {
    const projection = this.context.part<Projection>(this.nodes[0] as number)
    if (!projection || projection.position === this.position) return this.value
    this.position = projection.position
    this.value = this.find(projection.rows(Number.POSITIVE_INFINITY))
    return this.value
  }

  private find(rows: readonly Record<string, string | number>[]): number {
    for (let i = rows.length - 1; i >= 0; i--) {
      const cells = Object.values(rows[i] ?? {})
      if (cells[0] !== this.key) continue
      const number = cells.findLast((cell) => typeof cell === 'number')
      return typeof number === 'number' ? number : Number.NaN
    }
    return Number.NaN
  }
}

/** `bytes(node)`: UTF-8 bytes of the bodies written to an event store, a topic or a Redis stream so far. */
export class Bytes implements Term {
  readonly kinds = [EVENTSTORE_FACTS.appended, LOG_FACTS.appended, REDIS_STREAM_FACTS.added]
  private total = 0
  private readonly context: TermContext
  private readonly place: number

  constructor(context: TermContext, place: number) {
    this.context = context
    this.place = place
  }

  take(_timeUs: number, _kind: number, part: number, message: number): void {
    if (this.context.placeOf(part) !== this.place) return
    this.total += utf8Length(this.context.world.records.body(message))
  }

  read(): number {
    return this.total
  }
}

function utf8Length(text: string): number {
  let bytes = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    // A surrogate pair is four bytes: two for each half.
    bytes += code < 0x80 ? 1 : code < 0x800 || (code >= 0xd800 && code < 0xe000) ? 2 : 3
  }
  return bytes
}

/** `folded(node)`: events that a command handler has read back to know its streams, so far. */
export class Folded implements Term {
  readonly kinds = [COMMAND_HANDLER_FACTS.loaded]
  private total = 0
  private readonly place: number

  constructor(place: number) {
    this.place = place
  }

  take(_timeUs: number, _kind: number, part: number, _message: number, version: number): void {
    if (part === this.place) this.total += version + 1
  }

  read(): number {
    return this.total
  }
}
