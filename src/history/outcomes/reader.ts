/**
 * Reads a run for its outcomes, once over its facts. It goes on where it stopped, so a run can be read
 * while it grows; what only the end can tell comes with `finish`.
 */
import type { World } from '../../scenario/world.ts'
import { AccountsDetector } from './accounts.ts'
import { BalanceDetector } from './balance.ts'
import { DroppedDetector } from './dropped.ts'
import { DuplicatedDetector } from './duplicated.ts'
import { KeptLogsDetector } from './keptLogs.ts'
import { LostCommandsDetector } from './lostCommands.ts'
import { LostMessagesDetector } from './lostMessages.ts'
import { LostRecordsDetector } from './lostRecords.ts'
import { MisfoldedDetector } from './misfolded.ts'
import { OrderDetector } from './order.ts'
import {
  type Detector,
  OUTCOME_KINDS,
  type Outcome,
  OutcomeContext,
  type OutcomeKind,
} from './outcome.ts'
import { PubSubDetector } from './pubsub.ts'
import { RedisStreamsDetector } from './redisStreams.ts'
import { StuckDetector } from './stuck.ts'
import { Violations } from './violations.ts'

/** Most outcomes of one kind that are kept; all are counted. */
const KEPT_MAX = 1000

export class OutcomeReader {
  /** What was found so far, at most `KEPT_MAX` of a kind. */
  readonly found: Outcome[] = []
  readonly counts: Record<OutcomeKind, number>
  /** The broken promises among all of them, as a timeline marks them. */
  readonly violations: Violations
  private seen = 0
  private readonly world: World
  private readonly detectors: readonly Detector[]

  /** `world` is the world that runs; its state is looked at only when the run is over. */
  constructor(world: World) {
    this.world = world
    this.counts = Object.fromEntries(OUTCOME_KINDS.map((kind) => [kind, 0])) as typeof this.counts
    this.violations = new Violations(world.endUs)
    const context = new OutcomeContext(world, (outcome) => {
      this.violations.add(outcome)
      if (++this.counts[outcome.kind] <= KEPT_MAX) this.found.push(outcome)
    })
    this.detectors = [
      new LostMessagesDetector(context),
      new LostRecordsDetector(context),
      new KeptLogsDetector(context),
      new LostCommandsDetector(context),
      new DuplicatedDetector(context),
      new OrderDetector(context),
      new BalanceDetector(context),
      new MisfoldedDetector(context),
      new AccountsDetector(context),
      new DroppedDetector(context),
      new PubSubDetector(context),
      new RedisStreamsDetector(context),
      new StuckDetector(context),
    ]
  }

  /** Takes in at most `max` facts more; returns whether there are still more. */
  read(max = Number.POSITIVE_INFINITY): boolean {
    const { facts } = this.world.records
    const { detectors } = this
    const end = Math.min(facts.count, this.seen + max)
    let index = this.seen
    facts.each(this.seen, end, (timeUs, kind, part, message, aux) => {
      for (let i = 0; i < detectors.length; i++) {
        ;(detectors[i] as Detector).read(index, timeUs, kind, part, message, aux)
      }
      index++
    })
    this.seen = end
    return end < facts.count
  }

  /** Promises that were kept in all that was read, a sentence each. */
  held(): string[] {
    return this.detectors.flatMap((detector) => detector.held?.() ?? [])
  }

  /** The run is over and all of it was read: what it came to, in the order of time. Called once. */
  finish(): Outcome[] {
    for (const detector of this.detectors) detector.end()
    return this.found.sort((a, b) => lastFact(a) - lastFact(b))
  }
}

/** What a run that is over came to, in the order of time. */
export function outcomesOf(world: World): Outcome[] {
  const reader = new OutcomeReader(world)
  reader.read()
  return reader.finish()
}

function lastFact({ factIndexes }: Outcome): number {
  return factIndexes.at(-1) ?? 0
}
