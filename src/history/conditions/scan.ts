/**
 * A condition over a run: goes along with its facts in slices and knows when it was true. Goals are judged on the
 * way. It takes up where it stopped, so it keeps up with a run that still grows.
 */
import type { World } from '../../scenario/world.ts'
import { Catalog } from './catalog.ts'
import { Checker, type Plan } from './check.ts'
import { Follower } from './follower.ts'
import { Judge, type Verdict } from './goals.ts'
import { parseCondition, parseExpression } from './parse.ts'
import { ConditionError, type Problem } from './problem.ts'
import { Spans } from './spans.ts'
import type { Condition, Goal } from './syntax.ts'
import type { Unit } from './tokens.ts'

type Opened<T> = { ok: true; value: T } | { ok: false; problem: Problem }

/** Reads a condition and binds it to a run, or says what is wrong with it. */
export function openScan(run: World, text: string): Opened<Scan> {
  return attempt(() => new Scan(run, parseCondition(text)))
}

/** Reads an expression whose value is a number (a truth counts as 0 or 1) and binds it to a run. */
export function openNumber(run: World, text: string): Opened<{ follower: Follower; unit: Unit }> {
  return attempt(() => {
    const plan = new Checker(catalogOf(run)).number(parseExpression(text))
    return { follower: new Follower(run, [plan]), unit: plan.unit }
  })
}

function attempt<T>(open: () => T): Opened<T> {
  try {
    return { ok: true, value: open() }
  } catch (error) {
    if (error instanceof ConditionError) return { ok: false, problem: error.problem }
    throw error
  }
}

const CATALOGS = new WeakMap<World, Catalog>()

/** The names of a run's scenario, collected once. */
export function catalogOf(run: World): Catalog {
  const known = CATALOGS.get(run)
  if (known) return known
  const catalog = new Catalog(run)
  CATALOGS.set(run, catalog)
  return catalog
}

export class Scan {
  /** When the condition was true; of goals, what the first of them marks. */
  readonly spans = new Spans()
  readonly isGoals: boolean
  private readonly follower: Follower
  private readonly judges: readonly Judge[]
  private readonly run: World
  private begun = false
  private ended = false

  constructor(run: World, condition: Condition) {
    this.run = run
    const checker = new Checker(catalogOf(run))
    const plans: Plan[] =
      condition.type === 'condition'
        ? [checker.truth(condition.of)]
        : condition.goals.flatMap((goal) => plansOf(goal, checker))
    this.follower = new Follower(run, plans)
    this.isGoals = condition.type === 'goals'
    this.judges = condition.type === 'goals' ? judgesOf(condition.goals, this.follower) : []
  }

  /** Facts looked at so far. */
  get seen(): number {
    return this.follower.seen
  }
  /** Up to when it is known whether the condition was true. */
  get seenUs(): number {
    return this.follower.nowUs
  }

  /** Looks at no more than `max` facts more; returns whether there are still more. */
  read(max = Number.POSITIVE_INFINITY): boolean {
    const { follower, spans } = this
    const look = this.look()
    if (!this.begun) {
      this.begun = true
      look(0, 0)
    }
    const more = follower.follow(max, look)
    spans.reach(follower.seen)
    return more
  }

  /** The run is over and all of it was read: what only its end can tell counts from its last moment on. */
  end(): void {
    if (this.ended) return
    this.ended = true
    this.follower.end(this.look())
  }

  /** What each goal has come to; `over` when the run is over and all of it was read. */
  verdicts(over: boolean): Verdict[] {
    return this.judges.map((judge) => judge.at(over, this.run.endUs))
  }

  private look(): (moment: number, timeUs: number) => void {
    const { follower, spans, judges } = this
    if (judges.length > 0) return (moment, timeUs) => this.judge(moment, timeUs)
    const truth = follower.reads[0] as (nowUs: number) => number
    return (moment, timeUs) => spans.set(moment, truth(timeUs) === 1)
  }

  private judge(moment: number, timeUs: number): void {
    let marked = false
    this.judges.forEach((judge, i) => {
      const isMarked = judge.look(moment, timeUs)
      if (i === 0) marked = isMarked
    })
    this.spans.set(moment, marked)
  }
}

function plansOf(goal: Goal, checker: Checker): Plan[] {
  const of = checker.truth(goal.of)
  return goal.type === 'within' ? [of, checker.truth(goal.after)] : [of]
}

/** The reads stand in the order of `plansOf`. */
function judgesOf(goals: readonly Goal[], { reads }: Follower): Judge[] {
  let at = 0
  return goals.map((goal) => {
    const of = reads[at++] as (nowUs: number) => number
    const after = goal.type === 'within' ? (reads[at++] as (nowUs: number) => number) : null
    return new Judge(goal, of, after)
  })
}
