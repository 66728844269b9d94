/** What completion offers that only the run knows: kinds of facts that happened, accounts, keys of read models. */
import type { EventStore } from '../../brokers/eventstore/store.ts'
import { DOMAINS } from '../../clients/commandHandler/domains.ts'
import type { Projection } from '../../clients/projection/projection.ts'
import { PIPE_FACTS } from '../../engine/pipe.ts'
import type { Records } from '../../engine/records.ts'
import type { World } from '../../scenario/world.ts'
import { factKind } from '../vocabulary.ts'
import type { Catalog } from './catalog.ts'

export interface RunNames {
  /** Of facts that happened, in the order in which they first did; of parcels on links last. */
  kinds: readonly string[]

  accounts: readonly string[]
  /** Keys of the rows of the projection at a place. */
  keysOf(place: number): string[]
}

/** Of a longer run, kinds that only come later are not told from those that never come. */
const FACTS_MAX = 1 << 18
const KEYS_MAX = 200

/** Kinds of the facts looked at so far, in the order in which they first happened. */
const KINDS = new WeakMap<Records, { seen: number; kinds: Set<number> }>()

export function namesOfRun(catalog: Catalog, run: World): RunNames {
  const part = <P>(place: number) => run.sim.parts[place] as P | undefined
  return {
    kinds: kindsOf(run.records),
    accounts: catalog.placesOf('eventStore').flatMap((place) => {
      const store = part<EventStore>(place)
      return store ? accountsOf(store) : []
    }),
    keysOf: (place) =>
      (part<Projection>(place)?.rows(KEYS_MAX) ?? []).flatMap((row) => {
        const key = Object.values(row)[0]
        return key === undefined ? [] : [`${key}`]
      }),
  }
}

function kindsOf(records: Records): string[] {
  const known = KINDS.get(records) ?? { seen: 0, kinds: new Set() }
  KINDS.set(records, known)
  const end = Math.min(FACTS_MAX, records.facts.count)
  records.facts.each(known.seen, end, (_timeUs, kind) => known.kinds.add(kind))
  known.seen = Math.max(known.seen, end)
  const isParcel = (kind: number) => kind >= PIPE_FACTS.sent && kind <= PIPE_FACTS.arrived
  const kinds = [...known.kinds].sort((a, b) => Number(isParcel(a)) - Number(isParcel(b)))
  return [...new Set(kinds.map((kind) => factKind(kind).name))]
}

/** An account goes by its own name, as in conditions. */
function accountsOf(store: EventStore): string[] {
  const prefix = DOMAINS.account.streamOf({ type: '', account: MARK }, '').replace(MARK, '')
  const names: string[] = []
  for (let stream = 0; stream < Math.min(KEYS_MAX, store.sizes.length); stream++) {
    const name = store.log.streamName(stream)
    if (name.startsWith(prefix)) names.push(name.slice(prefix.length))
  }
  return names
}

const MARK = '?'
