/**
 * The numbers of every node over the run, as minimum, maximum and last value of equal slices of time:
 * what the small charts are drawn from. Folded from the facts with a world of its own, a bounded
 * number of facts at a time.
 */
import type { NodeDoc } from '../scenario/document.ts'
import { World } from '../scenario/world.ts'
import type { Series } from './answers.ts'
import type { History } from './history.ts'
import { type Level, levelsOf } from './metrics/levels.ts'
import { Neighbourhood } from './metrics/neighbourhood.ts'

/** One number over time. A value that lasts no time at all leaves no trace. */
class Line {
  readonly min: Float64Array
  readonly max: Float64Array
  readonly last: Float64Array
  readonly level: Level
  private value = 0
  private sinceUs = 0
  private readonly slicesPerUs: number

  constructor(level: Level, slices: number, endUs: number) {
    this.level = level
    this.min = new Float64Array(slices).fill(Number.NaN)
    this.max = new Float64Array(slices).fill(Number.NaN)
    this.last = new Float64Array(slices).fill(Number.NaN)
    this.slicesPerUs = slices / endUs
  }

  /** The number may have changed at this moment. */
  look(timeUs: number): void {
    const value = this.level.read()
    if (value === this.value) return
    this.drawTo(timeUs)
    this.value = value
    this.sinceUs = timeUs
  }

  /** Draws the present value up to a moment. */
  drawTo(timeUs: number): void {
    if (timeUs <= this.sinceUs) return
    const { value, min, max, last } = this
    const end = Math.min(last.length, Math.ceil(timeUs * this.slicesPerUs))
    for (let slice = Math.floor(this.sinceUs * this.slicesPerUs); slice < end; slice++) {
      // NaN compares as false: in a slice without a value, this one is both.
      if (!((min[slice] as number) <= value)) min[slice] = value
      if (!((max[slice] as number) >= value)) max[slice] = value
      last[slice] = value
    }
  }
}

export class SeriesReader {
  private seen = 0
  readonly slices: number
  private readonly history: History
  private readonly world: World
  private readonly lines: readonly (readonly Line[])[]
  private readonly neighbourhood: Neighbourhood

  constructor(history: History, slices: number) {
    this.history = history
    this.slices = slices
    const { live } = history
    const world = new World(live.scenario, live.records, live.sim.seed)
    const endUs = Math.max(1, live.endUs)
    this.world = world
    this.lines = live.scenario.nodes.map((doc: NodeDoc) =>
      levelsOf(world, doc)
        .filter(({ role }) => role !== 'busy' && role !== 'capacity')
        .map((level) => new Line(level, slices, endUs)),
    )
    this.neighbourhood = new Neighbourhood(world)
  }

  /** Takes in at most `max` facts more; returns whether there are still more. */
  read(max: number): boolean {
    const { facts } = this.world.records
    const { sim } = this.world
    const end = Math.min(facts.count, this.seen + max)
    facts.each(this.seen, end, (timeUs, kind, part, message, aux) => {
      sim.applyOne(timeUs, kind, part, message, aux)
      const near = this.neighbourhood.of(part)
      for (let i = 0; i < near.length; i++) this.look(near[i] as number, timeUs)
    })
    this.seen = end
    return end < facts.count
  }

  /** The numbers of a node as far as they have been read; slices that lie ahead are NaN. */
  of(node: string): Series[] {
    const { history, world, seen } = this
    const { facts } = world.records
    const isAll = seen === facts.count
    const nowUs = isAll ? history.computedUs : world.sim.nowUs
    const place = world.scenario.nodes.findIndex(({ id }) => id === node)
    return (this.lines[place] ?? []).map((line) => {
      line.drawTo(nowUs)
      const { name, unit } = line.level
      const { min, max, last } = line
      return {
        name,
        unit,
        endUs: Math.max(1, history.live.endUs),
        min: min.slice(),
        max: max.slice(),
        last: last.slice(),
      }
    })
  }

  private look(node: number, timeUs: number): void {
    const lines = this.lines[node] as readonly Line[]
    for (let i = 0; i < lines.length; i++) (lines[i] as Line).look(timeUs)
  }
}

/** The numbers of a node over all of a run that has been computed. */
export function seriesOf(history: History, node: string, slices: number): Series[] {
  const reader = new SeriesReader(history, slices)
  reader.read(Number.POSITIVE_INFINITY)
  return reader.of(node)
}
