/**
 * A run with its past: the world that runs ahead, the checkpoints it leaves, and a second world on the
 * same records that is viewed at any moment. Seeking is folding: nearest checkpoint, then facts.
 */
import { must } from '../base/assert.ts'
import type { Action, Scenario } from '../scenario/document.ts'
import { World } from '../scenario/world.ts'
import type { Moment, Progress } from './answers.ts'
import { flightsOf, linkStatesOf } from './flights.ts'
import type { Frame } from './frame.ts'
import { viewNode } from './views/index.ts'

/** A checkpoint every so many facts: a seek folds at most this many (engine.md 4: 0.1–0.2 ms). */
const CHECKPOINT_FACTS = 16_384

interface Checkpoint {
  factIndex: number
  state: Float64Array
}

export class History {
  readonly live: World
  /** Look at it only through `seek`, which puts it at the moment asked for. */
  readonly viewed: World
  private readonly checkpoints: Checkpoint[] = []
  private viewedIndex = 0
  private viewedUs = 0
  /** Why the run stopped before its end, or null. */
  stopped: string | null = null
  done = false
  private readonly factsMax: number

  constructor(
    scenario: Scenario,
    script: readonly Action[] = [],
    options: { seed?: number; factsMax?: number } = {},
  ) {
    this.live = new World(scenario, undefined, options.seed)
    this.viewed = new World(scenario, this.live.records, options.seed)
    this.factsMax = options.factsMax ?? Number.POSITIVE_INFINITY
    this.checkpoints.push({ factIndex: 0, state: this.live.save() })
    this.live.start(script)
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

  /** Computes about `facts` more; returns whether there is more to compute. */
  advance(facts = CHECKPOINT_FACTS): boolean {
    if (this.done) return false
    const target = this.factCount + facts
    while (!this.done && this.factCount < target) {
      const last = must(this.checkpoints.at(-1), 'checkpoint').factIndex
      const room = Math.min(target - this.factCount, last + CHECKPOINT_FACTS - this.factCount)
      if (room > 0) this.done = this.live.run(this.live.endUs, room)
      if (!this.done && this.factCount >= last + CHECKPOINT_FACTS) this.checkpoint()
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
      const index = Math.max(0, Math.min(moment.factIndex, facts.count))
      this.fold(index)
      this.viewedUs = index === 0 ? 0 : facts.timeUs(index - 1)
    }
    this.viewed.sim.nowUs = this.viewedUs
    return { timeUs: this.viewedUs, factIndex: this.viewedIndex }
  }

  /** What there is to see at the moment last sought. */
  frame(): Frame {
    const { viewed } = this
    return {
      timeUs: this.viewedUs,
      factIndex: this.viewedIndex,
      nodes: viewed.scenario.nodes.map((node) => viewNode(viewed, node)),
      flights: flightsOf(viewed),
      links: linkStatesOf(viewed),
    }
  }

  /** Bytes of facts and of checkpoints, and how many checkpoints there are. */
  get bytes(): { facts: number; checkpoints: number; checkpointCount: number } {
    let checkpoints = 0
    for (const { state } of this.checkpoints) checkpoints += state.byteLength
    const checkpointCount = this.checkpoints.length
    return { facts: this.live.records.facts.bytes, checkpoints, checkpointCount }
  }

  /** Nobody looks at this run any more: its memory goes to the next one. */
  close(): void {
    this.live.records.facts.release()
  }

  private fold(index: number): void {
    const nearest = this.nearest(index)
    if (index < this.viewedIndex || nearest.factIndex > this.viewedIndex) {
      this.viewed.restore(nearest.state)
      this.viewedIndex = nearest.factIndex
    }
    this.viewed.sim.applyFacts(this.viewedIndex, index)
    this.viewedIndex = index
  }

  private nearest(index: number): Checkpoint {
    let low = 0
    let high = this.checkpoints.length - 1
    while (low < high) {
      const middle = (low + high + 1) >>> 1
      if (must(this.checkpoints[middle], 'checkpoint').factIndex <= index) low = middle
      else high = middle - 1
    }
    return must(this.checkpoints[low], 'checkpoint')
  }

  private checkpoint(): void {
    this.checkpoints.push({ factIndex: this.factCount, state: this.live.save() })
  }

  private checkLimit(): void {
    if (this.done || this.factCount < this.factsMax) return
    this.done = true
    const seconds = (this.live.sim.nowUs / 1e6).toFixed(1)
    const count = this.factsMax >= 1e6 ? `${this.factsMax / 1e6} million` : String(this.factsMax)
    this.stopped = `The run stops at ${seconds} s: it reached ${count} facts, the most that are kept. Shorten the run or lower the rates.`
  }
}
