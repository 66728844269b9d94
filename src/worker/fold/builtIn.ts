/** The folds that come with the house: each domain's own, and one that keeps the last value of everything. */
import { DOMAINS } from '../../clients/commandHandler/domains.ts'
import type { Decided, Folding, FoldState, LoggedEvent } from './folding.ts'

type Evolve = (state: unknown, event: { type: string; data: unknown }) => unknown

/** Of events that no domain knows: the data of all of them, one over the other. */
const LATEST = 'latest'

export class BuiltInFolding implements Folding {
  readonly projections: readonly string[] = []
  readonly decides = false
  private streams = new Map<string, unknown>()
  private readonly first: () => unknown
  private readonly evolve: Evolve

  constructor(domain: string) {
    const known = (DOMAINS as Record<string, (typeof DOMAINS)['account'] | undefined>)[domain]
    this.first = known ? () => known.initialState() : () => ({})
    this.evolve = known ? (state, event) => known.evolve(state, event) : latest
  }

  reset(): void {
    this.streams = new Map()
  }

  save(): string {
    return JSON.stringify([...this.streams])
  }

  load(saved: string): void {
    this.streams = new Map(JSON.parse(saved) as [string, unknown][])
  }

  take(events: readonly LoggedEvent[]): FoldState[] {
    return events.map((event) => {
      const next = this.evolve(this.stateOf(event.stream), event)
      this.streams.set(event.stream, next)
      return textOf(next)
    })
  }

  state(stream: string): FoldState {
    return textOf(this.stateOf(stream))
  }

  tables(): unknown[] {
    return []
  }

  decide(): Decided {
    return { events: [] }
  }

  where(): number {
    return -1
  }

  private stateOf(stream: string): unknown {
    return this.streams.has(stream) ? this.streams.get(stream) : this.first()
  }
}

/** The domain whose fold makes something of these events. */
export function domainOf(events: readonly LoggedEvent[]): string {
  const some = events.slice(0, 200)
  const known = Object.keys(DOMAINS).find((domain) => {
    const folding = new BuiltInFolding(domain)
    const before = folding.state('')
    return folding.take(some).some((state) => state !== before)
  })
  return known ?? LATEST
}

function latest(state: unknown, { data }: { data: unknown }): unknown {
  if (typeof data !== 'object' || data === null || Array.isArray(data))
    return { ...(state as object), data }
  return { ...(state as object), ...data }
}

function textOf(state: unknown): FoldState {
  return JSON.stringify(state ?? null)
}
