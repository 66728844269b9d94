/** The numbers of a run as plain data: what `npm run simulate -- --json` prints. */
import type { NodeKind } from '../../scenario/document.ts'
import type { LevelNumbers } from './course.ts'
import type { SpreadNumbers } from './spread.ts'

export interface NodeNumbers {
  /** Scenario id, kind and name. */
  node: string
  kind: NodeKind
  name: string
  /** How often what happened to it: published, routed, delivered, acked … */
  counts: Record<string, number>
  /** What it lost, by reason. */
  dropped: Record<string, number>
  /** What it held: ready and unacked messages, lag of a group … */
  levels: Record<string, LevelNumbers>
  /** Those of its levels that say how much waits. */
  backlogs: string[]
  /**
   * How long things waited until work on them began, and until it was done. For a queue from the moment
   * at which it stored a message; a consumer's sojourn counts from when the message was published.
   */
  waiting: SpreadNumbers | null
  sojourn: SpreadNumbers | null
  /** Share of its capacity that was at work, on average; null where it does no work. */
  utilisation: number | null
  /** Things done in a simulated second. */
  throughputPerS: number
}

export interface RunNumbers {
  /** The run was measured from here to there; 0 unless its beginning was left out. */
  fromUs: number
  endUs: number
  facts: number
  messages: number
  nodes: NodeNumbers[]
  /** Parcels lost on cut or broken links, by link. */
  lostOnLinks: Record<string, number>
}
