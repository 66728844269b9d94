/**
 * A run with its past: the world that runs ahead, the checkpoints it leaves, and a second world on the
 * same records that is viewed at any moment. Seeking is folding: nearest checkpoint, then facts.
 */
import { must } from '../base/assert.ts'
import type { Cut } from '../engine/records.ts'
import type { Action, Scenario } from '../scenario/document.ts'
import { inOrder, World } from '../scenario/world.ts'
import type { Moment, Progress } from './answers.ts'
import { flightsOf, linkStatesOf } from './flights.ts'
import type { Frame } from './frame.ts'
import { vanishedBefore } from './vanished.ts'
import { viewNode } from './views/index.ts'

/** A checkpoint every so many facts: a seek folds at most this many, a third of a millisecond. */
const CHECKPOINT_FACTS = 8_192
/** The first ones come after as many facts, then as many again: a fork of a short run shares half of it at least. */
const FIRST_CHECKPOINT_FACTS = 256
/** A large one (thousands of timers) comes more rarely: a byte a fact at most. */
const CHECKPOINT_BYTES_A_FACT = 1
/** Around the playhead one every so many facts, so that a step back folds at most this many. */
const NEAR_FACTS = 1024

interface Checkpoint {
  factIndex: number
  state: Uint8Array
}

/** A checkpoint with what running on from it needs. */
interface Fork extends Checkpoint {
  clock: Uint8Array
  cut: Cut
  atUs: number
  /** How many actions of the script had been done. */
  actions: number
}

interface HistoryOptions {
  seed?: number
  factsMax?: number
  checkpointFacts?: number
  checkpointBytesAFact?: number
}

export class History {
  readonly live: World
  /** Look at it only through `seek`, which puts it at the moment asked for. */
  readonly viewed: World
  /** Where this run left the one that it was forked from: what lies before is shared with that. */
  readonly forkIndex: number
  private readonly script: readonly Action[]
  private readonly checkpoints: Checkpoint[]
  private readonly forks: Fork[]
  /** Between the checkpoint before the playhead and the next one. */
  private near: Checkpoint[] = []
  private viewedIndex = 0
  private viewedUs = 0
  /** Why the run stopped before its end, or null. */
  stopped: string | null = null
  done = false
  private readonly factsMax: number
  private readonly checkpointFacts: number
  private readonly checkpointBytesAFact: number

  constructor(
    scenario: Scenario,
    script: readonly Action[] = [],
    options: HistoryOptions = {},
    origin: { history: History; fork: Fork } | null = null,
  ) {
    const { seed, factsMax = Number.POSITIVE_INFINITY } = options
    this.factsMax = factsMax
    this.checkpointFacts = options.checkpointFacts ?? CHECKPOINT_FACTS
    this.checkpointBytesAFact = options.checkpointBytesAFact ?? CHECKPOINT_BYTES_A_FACT
    this.script = inOrder(script)
    const records = origin?.history.live.records.fork(origin.fork.cut)
    this.live = new World(scenario, records, seed)
    this.viewed = new World(scenario, this.live.records, seed)
    this.forkIndex = origin?.fork.factIndex ?? 0
    if (origin) {
      const isBefore = ({ factIndex }: Checkpoint) => factIndex <= this.forkIndex
      this.checkpoints = origin.history.checkpoints.filter(isBefore)
      this.forks = origin.history.forks.filter(isBefore)
      this.live.resume(origin.fork.state, origin.fork.clock, this.script)
    } else {
      this.checkpoints = [{ factIndex: 0, state: this.live.save() }]
      this.forks = []
      this.live.start(this.script)
    }
  }

  /**
   * The run of another script with the same dice. What both have in common up to a checkpoint is shared in
   * memory and not computed again.
   */
  fork(script: readonly Action[]): History {
    const fork = this.lastShared(inOrder(script))
    const { seed } = this.live.sim
    const { factsMax, checkpointFacts, checkpointBytesAFact } = this
    const options = { seed, factsMax, checkpointFacts, checkpointBytesAFact }
    return new History(this.live.scenario, script, options, fork && { history: this, fork })
  }

  /** How many facts a fork under this script would share. */
  sharedWith(script: readonly Action[]): number {
    return this.lastShared(inOrder(script))?.factIndex ?? 0
  }

  /** The last checkpoint up to which everything done, and hence everything that happened, is the same. */
  private lastShared(script: readonly Action[]): Fork | null {
    const same = commonLength(this.script, script)
    const differsUs = script[same]?.atUs ?? Number.POSITIVE_INFINITY
    const shared = this.forks.filter((fork) => fork.actions <= same && fork.atUs <= differsUs)
    return shared.at(-1) ?? null
  }

  get factCount(): number {
    return this.live.records.facts.count
  }

  /** The run is computed up to this moment: all of it once nothing is left to happen. */
  get computedUs(): number {
    return this.done && this.stopped === null ? this.live.endUs : this.live.sim.nowUs
  }

  get progress(): Progress {
    const { computedUs, factCount, done, stopped } = this
    return { computedUs, factCount, done, stopped }
  }

  /** Whether all facts up to a moment are there, or nothing more will come. */
  hasReached(moment: Moment): boolean {
    if (this.done) return true
    return 'atUs' in moment ? moment.atUs < this.computedUs : moment.factIndex <= this.factCount
  }

  /** Computes about `facts` more; returns whether there is more to compute. */
  advance(facts = CHECKPOINT_FACTS): boolean {
    if (this.done) return false
    const target = this.factCount + facts
    while (!this.done && this.factCount < target) {
      const due = this.checkpointDue - this.factCount
      // Up to the limit exactly, so that where a run stops does not depend on the slices it is computed in.
      const left = Math.min(target, this.factsMax) - this.factCount
      const room = Math.min(left, due > 0 ? due : this.checkpointFacts)
      this.done = this.live.run(this.live.endUs, room)
      if (!this.done && this.isCheckpointDue) this.checkpoint()
      this.checkLimit()
    }
    return !this.done
  }

  /** Puts the viewed world at a moment that has been computed; later ones become the last one. */
  seek(moment: Moment): { timeUs: number; factIndex: number } {
    const { facts } = this.live.records
    if ('atUs' in moment) {
      const atUs = Math.max(0, Math.min(moment.atUs, this.live.endUs))
      this.fold(facts.countAt(atUs))
      this.viewedUs = atUs
    } else {
      // Whoever asks for half a fact gets the whole one before it.
      const index = Math.max(0, Math.min(Math.floor(moment.factIndex), facts.count))
      this.fold(index)
      this.viewedUs = index === 0 ? 0 : facts.timeUs(index - 1)
    }
    this.viewed.sim.nowUs = this.viewedUs
    return { timeUs: this.viewedUs, factIndex: this.viewedIndex }
  }

  /** What is under way at the moment last sought. */
  get underWay(): number {
    let count = 0
    for (const { forward, back } of this.viewed.links) {
      count += forward.underWay + (back?.underWay ?? 0)
    }
    return count
  }

  /** What there is to see at the moment last sought; without flights for who reads them as columns. */
  frame(withFlights = true): Frame {
    const { viewed } = this
    return {
      timeUs: this.viewedUs,
      factIndex: this.viewedIndex,
      nodes: viewed.scenario.nodes.map((node) => viewNode(viewed, node)),
      flights: withFlights ? flightsOf(viewed) : [],
      links: linkStatesOf(viewed),
      vanished: vanishedBefore(viewed, this.viewedIndex, this.viewedUs),
    }
  }

  /** What the run takes up: checkpoints with what running on from them needs. */
  get bytes(): {
    facts: number
    messages: number
    columns: number
    checkpoints: number
    checkpointCount: number
  } {
    let checkpoints = 0
    for (const { state } of this.checkpoints) checkpoints += state.byteLength
    for (const { clock } of this.forks) checkpoints += clock.byteLength
    const checkpointCount = this.checkpoints.length
    return { ...this.live.records.bytes, checkpoints, checkpointCount }
  }

  /** Nobody looks at this run any more: its memory goes to the next one. */
  close(): void {
    this.live.records.release()
  }

  private fold(index: number): void {
    const base = nearest(this.checkpoints, index)
    if (this.near[0] !== base) this.near = [base]
    const start = nearest(this.near, index)
    if (index < this.viewedIndex || start.factIndex > this.viewedIndex) {
      this.viewed.restore(start.state)
      this.viewedIndex = start.factIndex
    }
    this.foldTo(index)
  }

  /** Folds forwards, leaving near checkpoints behind. */
  private foldTo(index: number): void {
    const { near, viewed } = this
    while (this.viewedIndex < index) {
      const next = must(near.at(-1), 'near checkpoint').factIndex + NEAR_FACTS
      const to = this.viewedIndex < next ? Math.min(index, next) : index
      viewed.sim.applyFacts(this.viewedIndex, to)
      this.viewedIndex = to
      if (to === next) near.push({ factIndex: to, state: viewed.save() })
    }
  }

  /** At which fact the next one comes, whatever its size. */
  private get checkpointDue(): number {
    const { factIndex } = must(this.checkpoints.at(-1), 'checkpoint')
    return factIndex + Math.min(this.checkpointFacts, Math.max(FIRST_CHECKPOINT_FACTS, factIndex))
  }

  /** When enough has happened since the last one for its size; the few at the begin come whatever theirs is. */
  private get isCheckpointDue(): boolean {
    if (this.factCount < this.checkpointDue) return false
    const { factIndex, state } = must(this.checkpoints.at(-1), 'checkpoint')
    if (factIndex < this.checkpointFacts) return true
    const clock = this.forks.at(-1)?.clock.length ?? 0
    return this.factCount >= factIndex + (state.length + clock) / this.checkpointBytesAFact
  }

  private checkpoint(): void {
    const { live } = this
    live.records.tidy()
    const checkpoint = { factIndex: this.factCount, state: live.save() }
    this.checkpoints.push(checkpoint)
    this.forks.push({
      ...checkpoint,
      clock: live.saveClock(),
      cut: live.records.cut(),
      atUs: live.sim.nowUs,
      actions: live.actionsDone,
    })
  }

  private checkLimit(): void {
    if (this.done || this.factCount < this.factsMax) return
    this.done = true
    const seconds = (this.live.sim.nowUs / 1e6).toFixed(1)
    const count = this.factsMax >= 1e6 ? `${this.factsMax / 1e6} million` : String(this.factsMax)
    this.stopped = `The run stops at ${seconds} s: it reached ${count} facts, the most that are kept. Shorten the run or lower the rates.`
  }
}

/** The last checkpoint at or before a fact. */
function nearest(checkpoints: readonly Checkpoint[], index: number): Checkpoint {
  let low = 0
  let high = checkpoints.length - 1
  while (low < high) {
    const middle = (low + high + 1) >>> 1
    if (must(checkpoints[middle], 'checkpoint').factIndex <= index) low = middle
    else high = middle - 1
  }
  return must(checkpoints[low], 'checkpoint')
}

/** How many actions two scripts begin with in common. */
function commonLength(a: readonly Action[], b: readonly Action[]): number {
  const isSame = (i: number) => JSON.stringify(a[i]) === JSON.stringify(b[i])
  let length = 0
  while (length < a.length && length < b.length && isSame(length)) length++
  return length
}
