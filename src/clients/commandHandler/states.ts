/**
 * What a command handler makes of a stream: the state after an event, folded from the beginning or from a
 * snapshot, and what that costs. Folds are kept here, since a fold is a pure function; snapshots are not a
 * short cut of this program but states that were saved, with the fold that they were made with.
 */
import { must } from '../../base/assert.ts'
import type { EventLog, FoldedEvent } from '../../brokers/eventstore/eventLog.ts'
import { foldOfStream } from '../../brokers/eventstore/folds.ts'
import type { PrefixFold } from '../../brokers/eventstore/prefixFold.ts'
import type { Records } from '../../engine/records.ts'
import type { Domain } from './decider.ts'
import { limited } from './domains/limited.ts'
import { DOMAINS } from './domains.ts'
import type { ReadCost, SnapshotRow } from './facts.ts'
import { read } from './schema.ts'
import type { CommandHandlerSettings } from './settings.ts'

/** A fold stops at the first event that its reader cannot read. */
export type Folded = { state: unknown } | { unreadable: string }

/** Up to where a stream is loaded: from the first version that can be read. */
export interface Extent {
  stream: string
  first: number
  version: number
}

export class States {
  /** Rows of all snapshots, oldest first. */
  readonly snapshotRows: number[] = []
  private readonly folds = new Map<string, PrefixFold<Folded, FoldedEvent>>()
  private readonly sizes = new Map<string, PrefixFold<number, FoldedEvent>>()
  private readonly records: Records

  constructor(records: Records) {
    this.records = records
  }

  /** The decider that these settings choose. */
  static domain({
    domain,
    foldVersion,
  }: Pick<CommandHandlerSettings, 'domain' | 'foldVersion'>): Domain {
    return domain === 'account' && foldVersion === 2
      ? (limited as Domain)
      : must(DOMAINS[domain], `the domain ${domain}, loaded`)
  }

  /** How the fold of these settings is called on a snapshot. */
  static schema({ domain, foldVersion = 1 }: CommandHandlerSettings): string {
    return `${domain}/${foldVersion}`
  }

  /** The state of a stream. */
  at(log: EventLog, extent: Extent, settings: CommandHandlerSettings): Folded {
    const { stream, version } = extent
    const index = log.streamIndex(stream)
    if (index === -1 || version < extent.first) return initialOf(settings)
    const snapshot = this.snapshot(extent, settings)
    const first = snapshot ? snapshot.version + 1 : extent.first
    const key = `${stream} ${States.schema(settings)} ${settings.reads} ${first} ${snapshot?.schema}`
    const known = this.folds.get(key) ?? this.foldFrom(log, index, first, snapshot, settings)
    this.folds.set(key, known)
    return known.after(version + 1 - first)
  }

  /** What it costs to load a stream. */
  cost(log: EventLog, extent: Extent, settings: CommandHandlerSettings): ReadCost {
    const { stream, version } = extent
    const index = log.streamIndex(stream)
    if (index === -1) return { stream, folded: 0, bytes: 0, us: 0, from: -1 }
    const snapshot = this.snapshot(extent, settings)
    const first = snapshot ? snapshot.version + 1 : extent.first
    const sizes = this.sizes.get(stream) ?? foldOfStream(log, index, bytesOf(log))
    this.sizes.set(stream, sizes)
    const folded = version + 1 - first
    const bytes = sizes.after(version + 1) - sizes.after(first) + (snapshot?.state.length ?? 0)
    const us = Math.round(folded * (settings.foldMs ?? 0) * 1000)
    return { stream, folded, bytes, us, from: snapshot?.version ?? -1 }
  }

  /** The newest snapshot that may be begun with. One of another fold is left aside, if that is looked at. */
  snapshot(
    { stream, first, version }: Extent,
    settings: CommandHandlerSettings,
  ): SnapshotRow | null {
    const schema = States.schema(settings)
    for (let i = this.snapshotRows.length - 1; i >= 0; i--) {
      const row = this.records.rowAt<SnapshotRow>(this.snapshotRows[i] as number)
      const isFit = row.stream === stream && row.version <= version && row.version >= first
      if (isFit && (settings.checksSnapshots === false || row.schema === schema)) return row
    }
    return null
  }

  private foldFrom(
    log: EventLog,
    index: number,
    first: number,
    snapshot: SnapshotRow | null,
    settings: CommandHandlerSettings,
  ): PrefixFold<Folded, FoldedEvent> {
    const { evolve } = States.domain(settings)
    const { reads = 'old' } = settings
    return foldOfStream<Folded>(
      log,
      index,
      {
        initialState: () =>
          snapshot ? { state: JSON.parse(snapshot.state) as unknown } : initialOf(settings),
        evolve: (folded, event) => {
          if ('unreadable' in folded) return folded
          const taken = read(event, reads)
          return 'unreadable' in taken ? taken : { state: evolve(folded.state, taken) }
        },
        copy: (folded) => folded,
      },
      first,
    )
  }
}

function initialOf(settings: CommandHandlerSettings): Folded {
  return { state: States.domain(settings).initialState() }
}

function bytesOf(log: EventLog) {
  return {
    initialState: () => 0,
    evolve: (bytes: number, { message }: FoldedEvent) => bytes + log.bytes(message),
    copy: (bytes: number) => bytes,
  }
}
