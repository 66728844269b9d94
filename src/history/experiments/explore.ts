/**
 * An exploration: the same scenario under many seeds and many faults, and what its runs come to, in
 * classes. Of each class the shortest run that was found is made smaller. Where nothing in the scenario is
 * random, its seeds are one, and every point of that one run is tried. A second fault comes at a point of the run
 * that the first one has hurt, so that what only happens after a fault (a redelivery, a retry) is hurt too.
 */
import { Random } from '../../engine/random.ts'
import type { Action, Scenario, Script } from '../../scenario/document.ts'
import type { OutcomeKind } from '../outcomes/outcome.ts'
import { type FaultPoint, varied, withFault } from './faults.ts'
import type { Finding, ProbeOrder, ProbeResult } from './probe.ts'
import { type Example, type Shrinking, shrink } from './shrink.ts'
import type { TaskSource } from './taskSource.ts'

export interface ExplorePlan {
  scenario: Scenario
  script: Script
  /** Seeds are counted up from here. */
  seed: number
  runs: number
  /** How long a crashed client is down and a cut link is cut. */
  downMs: number
  faults: readonly FaultPoint['do'][]
  /** Most faults in one run. */
  faultsMax: number
}

export const FAULTS_MAX = 3

/** Outcomes of one kind that were seen at a node or link, or at clients that compete with each other. */
export interface OutcomeClass {
  id: string
  kind: OutcomeKind
  /** Runs that show it, how many of those nobody hurt, and the fewest faults in one of them. */
  runs: number
  unhurt: number
  faults: number
  /** The smallest run so far that shows it. */
  example: Example
  isShrunk: boolean
}

/** What a task is for. */
interface Purpose {
  /** Which class it makes smaller; null for a run of the exploration. */
  shrinks: string | null
  faults: number
  /** How many runs with one more fault come of it, how many with two more of all those, and so on. */
  deeper: readonly number[]
  /** When its last fault begins. */
  lastUs: number
}

const UNHURT: Purpose = { shrinks: null, faults: 0, deeper: [], lastUs: 0 }

interface Hurt {
  order: ProbeOrder
  purpose: Purpose
}

/** Seeds are a tenth of the runs: each is run as it is once, and hurt nine times. */
const RUNS_A_SEED = 10

export class Exploration implements TaskSource<ProbeOrder, ProbeResult> {
  /** Runs of the exploration that are done. */
  done = 0
  /** Whether every seed gives the same run; null while it is not known. */
  isCertain: boolean | null = null
  /** Why runs stopped before their end, or null. */
  stopped: string | null = null
  readonly classes = new Map<string, OutcomeClass>()
  private readonly plan: ExplorePlan
  private readonly random: Random
  private readonly seeds: number
  private begunSeeds = 0
  private plannedSeeds = 0
  private hurtCount = 0
  private firstHash = ''
  private firstPoints: FaultPoint[] = []
  private readonly hurts: Hurt[] = []
  private readonly purposes = new Map<ProbeOrder, Purpose>()
  private readonly published = new Map<string, Readonly<Record<string, number>>>()
  private readonly shrinkings = new Map<string, Shrinking>()
  /** What each class that is made smaller asks for next. */
  private readonly asked: { id: string; order: ProbeOrder }[] = []
  private isShrinking = false

  constructor(plan: ExplorePlan) {
    this.plan = plan
    this.seeds = Math.max(1, Math.min(plan.runs, Math.ceil(plan.runs / RUNS_A_SEED)))
    this.random = new Random(plan.seed, 'exploration')
  }

  /** How many runs there are to be, as far as that is known. */
  get total(): number {
    if (this.isCertain) return this.begunSeeds + this.hurtCount
    const open = (this.seeds - this.plannedSeeds) * (RUNS_A_SEED - 1)
    return Math.min(this.plan.runs, this.seeds + this.hurtCount + open)
  }

  get isDone(): boolean {
    return this.isShrinking && this.shrinkings.size === 0
  }

  next(): ProbeOrder | null {
    if (this.isShrinking) return this.nextShrinking()
    const hurt = this.hurts.shift()
    if (hurt) return this.begin(hurt)
    // The second seed shows whether there is any chance in it; until then nothing else is begun.
    const isUndecided = this.isCertain === null && this.begunSeeds === Math.min(2, this.seeds)
    if (isUndecided || this.isCertain || this.begunSeeds === this.seeds) return null
    const { scenario, script, seed } = this.plan
    const order = { scenario, script, seed: seed + this.begunSeeds++, withPoints: true }
    return this.begin({ order, purpose: UNHURT })
  }

  take(order: ProbeOrder, result: ProbeResult): void {
    const purpose = this.purposes.get(order)
    this.purposes.delete(order)
    if (!purpose) return
    if (purpose.shrinks !== null) {
      this.goOn(purpose.shrinks, result)
      return
    }
    this.done++
    this.stopped ??= result.stopped
    for (const finding of result.findings) this.count(order, finding, result, purpose.faults)
    if (purpose.faults === 0) this.planFaults(order.seed, result)
    else this.planMore(order, purpose, result)
    const isOver = this.isCertain === true || this.begunSeeds === this.seeds
    if (isOver && this.purposes.size === 0 && this.hurts.length === 0) this.beginShrinking()
  }

  private begin({ order, purpose }: Hurt): ProbeOrder {
    this.purposes.set(order, purpose)
    return order
  }

  private count(order: ProbeOrder, finding: Finding, result: ProbeResult, faults: number): void {
    const { id } = finding
    const { kind } = finding.outcome
    const example = { order: { ...order, withPoints: false }, finding }
    const known = this.classes.get(id)
    const runs = (known?.runs ?? 0) + 1
    const unhurt = (known?.unhurt ?? 0) + (faults > 0 ? 0 : 1)
    const fewest = Math.min(known?.faults ?? faults, faults)
    const isBetter = known === undefined || isSmaller(example, known.example)
    if (isBetter) this.published.set(id, result.published)
    const best = isBetter ? example : known.example
    const counts = { runs, unhurt, faults: fewest }
    this.classes.set(id, { id, kind, ...counts, example: best, isShrunk: false })
  }

  /** After a run as it is: which of its points are tried. The first waits for the second to say whether there is chance. */
  private planFaults(seed: number, { points, hash }: ProbeResult): void {
    const usable = this.usable(points)
    if (this.isCertain !== null) {
      this.tryPoints(seed, usable)
      return
    }
    if (this.firstHash === '') {
      this.firstHash = hash
      this.firstPoints = usable
      if (this.seeds > 1) return
    }
    this.isCertain = hash === this.firstHash
    if (this.isCertain) {
      const room = this.plan.runs - this.begunSeeds
      this.tryInOrder(
        this.plan.seed,
        varied(this.firstPoints, 0, () => 0),
        room,
      )
      return
    }
    this.tryPoints(this.plan.seed, this.firstPoints)
    this.tryPoints(seed, usable)
  }

  private tryPoints(seed: number, points: readonly FaultPoint[]): void {
    const count = RUNS_A_SEED - 1
    const room = this.plan.runs - this.seeds - this.hurtCount
    const turn = (seed - this.plan.seed) * count
    const order = varied(points, turn, (bound) => this.random.below(bound))
    this.plannedSeeds++
    this.tryInOrder(seed, order, Math.min(count, room))
  }

  /** So many runs of a seed: half of them with one fault, each at one of the points, the others with more. */
  private tryInOrder(seed: number, points: readonly FaultPoint[], runs: number): void {
    const { scenario, script, faultsMax } = this.plan
    const [first = 0, ...deeper] = quotas(runs, points.length, faultsMax)
    this.hurtCount += first + sum(deeper)
    const unhurt = { scenario, script, seed, withPoints: false }
    this.hurt(unhurt, points.slice(0, first), 1, deeper)
  }

  /** Runs that are like one but for a fault more at each of the points. */
  private hurt(
    order: ProbeOrder,
    points: readonly FaultPoint[],
    faults: number,
    deeper: readonly number[],
  ): void {
    const { scenario, downMs } = this.plan
    points.forEach((point, i) => {
      const more = deeper.map((runs) => shareOf(runs, points.length, i))
      const script = withFault(order.script, point, downMs, scenario)
      const purpose = { shrinks: null, faults, deeper: more, lastUs: point.atUs }
      this.hurts.push({ order: { ...order, script, withPoints: sum(more) > 0 }, purpose })
    })
  }

  /** After a run that was hurt: where it is hurt once more. */
  private planMore(order: ProbeOrder, purpose: Purpose, { points }: ProbeResult): void {
    const { faults, deeper, lastUs } = purpose
    if (sum(deeper) === 0) return
    const [runs = 0, ...rest] = deeper
    const later = this.usable(points).filter(({ atUs }) => atUs > lastUs)
    // Drawn from what the run is: the same whichever worker is done first.
    const random = new Random(order.seed, `after ${JSON.stringify(order.script.at(-1))} ${lastUs}`)
    const below = (bound: number) => random.below(bound)
    const chosen = varied(later, below(1 + later.length), below).slice(0, runs)
    if (chosen.length < runs) this.hurtCount -= runs - chosen.length
    if (chosen.length === 0) this.hurtCount -= sum(rest)
    this.hurt(order, chosen, faults + 1, rest)
  }

  private usable(points: readonly FaultPoint[]): FaultPoint[] {
    return points.filter((point) => this.plan.faults.includes(point.do))
  }

  private beginShrinking(): void {
    this.isShrinking = true
    for (const { id, example } of this.classes.values()) {
      const shrinking = shrink(example, this.published.get(id) ?? {})
      this.shrinkings.set(id, shrinking)
      this.step(id, shrinking.next())
    }
  }

  private nextShrinking(): ProbeOrder | null {
    const next = this.asked.shift()
    if (!next) return null
    // The same order may be asked for by two classes: each task is an object of its own.
    const order = { ...next.order }
    this.purposes.set(order, { ...UNHURT, shrinks: next.id })
    return order
  }

  private goOn(id: string, result: ProbeResult): void {
    const shrinking = this.shrinkings.get(id)
    if (shrinking) this.step(id, shrinking.next(result))
  }

  private step(id: string, step: IteratorResult<ProbeOrder, Example>): void {
    if (!step.done) {
      this.asked.push({ id, order: step.value })
      return
    }
    this.shrinkings.delete(id)
    const found = this.classes.get(id)
    if (found) this.classes.set(id, { ...found, example: step.value, isShrunk: true })
  }
}

/** How many runs have one fault, two and so on: half of them one, if there are so many points. */
function quotas(runs: number, points: number, faultsMax: number): number[] {
  if (faultsMax <= 1 || points === 0) return [Math.min(points, runs)]
  const first = Math.min(points, Math.ceil(runs / 2))
  if (faultsMax === 2) return [first, runs - first]
  const second = Math.ceil(((runs - first) * 2) / 3)
  return [first, second, runs - first - second]
}

/** Of so many things shared among `parts`, what the one at a place gets. */
function shareOf(things: number, parts: number, place: number): number {
  return Math.floor(things / parts) + (place < things % parts ? 1 : 0)
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0)
}

/** Fewer facts to tell, then fewer faults, then sooner. */
function isSmaller(a: Example, b: Example): boolean {
  const of = ({ order, finding }: Example) => [
    finding.story,
    order.script.filter(isNoRepair).length,
    finding.outcome.timeUs,
  ]
  const [left, right] = [of(a), of(b)]
  const at = left.findIndex((value, i) => value !== right[i])
  return at !== -1 && (left[at] as number) < (right[at] as number)
}

/** So late that it is not repaired before the run ends, a fault would else count as the simpler one. */
function isNoRepair({ do: verb }: Action): boolean {
  return verb !== 'restart' && verb !== 'mend'
}
