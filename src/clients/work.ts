/** The work of a client that does one thing at a time: what each piece takes and whether its handler throws, by turn. */
import type { IntColumn, TimeColumn } from '../base/column.ts'
import { type Duration, INSTANT, Sampler } from '../engine/distributions.ts'
import type { Random } from '../engine/random.ts'
import type { Simulation } from '../engine/simulation.ts'

export class Work {
  /** By turn: when work began and ends, in µs of the run. */
  readonly startUs: TimeColumn
  readonly endUs: TimeColumn
  private readonly sim: Simulation
  private readonly fails: IntColumn
  private readonly service: Random
  private readonly failure: Random
  private duration = INSTANT

  /** Its columns are those of the client `node`, its dice those of the scenario's `id`. */
  constructor(sim: Simulation, node: number, id: string) {
    const { records } = sim
    this.sim = sim
    this.startUs = records.times(node, 'startUs')
    this.endUs = records.times(node, 'endUs')
    this.fails = records.ints(node, 'fails')
    this.service = sim.random(`${id}/service`)
    this.failure = sim.random(`${id}/failure`)
  }

  /** What comes from now on takes as long as this says. */
  takes(duration: Duration): void {
    this.duration = new Sampler(duration)
  }

  /** How long the work of a turn takes, in µs, for a client that is not slowed. */
  drawUs(turn: number): number {
    return this.duration.drawUs(this.service, turn)
  }

  /** Whether chance has it that a handler throws; no dice are thrown where there is no such chance. */
  failsByChance(rate: number | undefined): boolean {
    return rate !== undefined && this.failure.unit() < rate
  }

  /** Writes a turn down that begins now, before the fact that says so. */
  book(turn: number, us: number, fails: boolean): void {
    this.startUs.put(turn, this.sim.nowUs)
    this.endUs.put(turn, this.sim.nowUs + us)
    this.fails.put(turn, fails ? 1 : 0)
  }

  failed(turn: number): boolean {
    return this.fails.get(turn) === 1
  }
}
