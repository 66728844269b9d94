/** The folds that come with the house: each stream by its domain's, or by one that keeps the last value of everything. */
import type { Decider } from '../../clients/commandHandler/decider.ts'
import { DOMAINS } from '../../clients/commandHandler/domains.ts'
import '../../clients/commandHandler/furtherDomains.ts'
import { domainByName } from '../../scenario/writers.ts'
import type { Decided, Folding, FoldState, LoggedEvent } from './folding.ts'

type Rules = Pick<Decider<unknown>, 'initialState' | 'evolve'>

/** Which fold a stream has, by its name. */
type FoldOf = (stream: string) => Rules

/** Of events that no domain knows: the data of all of them, one over the other. */
const LATEST: Rules = {
  initialState: () => ({}),
  evolve: (state, { data }) => {
    const isPlain = typeof data === 'object' && data !== null && !Array.isArray(data)
    return { ...(state as object), ...(isPlain ? data : { data }) }
  },
}

export class BuiltInFolding implements Folding {
  readonly projections: readonly string[] = []
  readonly decides = false
  private streams = new Map<string, unknown>()
  private readonly foldOf: FoldOf

  constructor(foldOf: FoldOf) {
    this.foldOf = foldOf
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
      const { stream, type, data, meta = {} } = event
      const { schemaVersion = 1 } = meta as { schemaVersion?: number }
      const recorded = { type, data, schemaVersion, metadata: meta }
      const next = this.foldOf(stream).evolve(this.stateOf(stream), recorded)
      this.streams.set(stream, next)
      return textOf(next)
    })
  }

  /** It has no tables. */
  cells(): unknown[] {
    return []
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
    const { streams } = this
    return streams.has(stream) ? streams.get(stream) : this.foldOf(stream).initialState()
  }
}

/** The fold of a log from elsewhere: by the names of its streams, if that makes something of the events. */
export function foldOfEvents(events: readonly LoggedEvent[]): FoldOf {
  const some = new Map<string, LoggedEvent[]>()
  for (const event of events) {
    const known = some.get(event.stream) ?? []
    some.set(event.stream, known)
    if (known.length < SAMPLE) known.push(event)
  }
  const chosen = new Map<string, Rules>()
  return (stream) => {
    const known = chosen.get(stream)
    if (known) return known
    const candidates = [domainByName(stream), ...Object.values(DOMAINS)]
    const rules = candidates.find((each) => each && knows(each, some.get(stream) ?? [])) ?? LATEST
    chosen.set(stream, rules)
    return rules
  }
}

/** Events of a stream by which its fold is chosen. */
const SAMPLE = 50

/** The name of a fold that is a domain's; `latest` for that of events that nobody knows. */
export function nameOfFold(rules: Rules): string {
  return Object.entries(DOMAINS).find(([, domain]) => domain === rules)?.[0] ?? 'latest'
}

/** Whether a fold makes something of these events: one that it does not know changes nothing. */
function knows(rules: Rules, events: readonly LoggedEvent[]): boolean {
  const folding = new BuiltInFolding(() => rules)
  const before = folding.state('')
  const states = folding.take(events.map((event) => ({ ...event, stream: '' })))
  return states.some((state) => state !== before)
}

function textOf(state: unknown): FoldState {
  return JSON.stringify(state ?? null)
}
