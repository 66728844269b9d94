/**
 * What went wrong so far, counted by the same detectors that find the outcomes of a run: `duplicates(node)`,
 * `outOfOrder(node, by=key)`, `lost(node)`, `dropped(node)`.
 */
import type { Scenario } from '../../../scenario/document.ts'
import { DroppedDetector } from '../../outcomes/dropped.ts'
import { DuplicatedDetector } from '../../outcomes/duplicated.ts'
import { LostCommandsDetector } from '../../outcomes/lostCommands.ts'
import { LostMessagesDetector } from '../../outcomes/lostMessages.ts'
import { LostRecordsDetector } from '../../outcomes/lostRecords.ts'
import { OrderDetector } from '../../outcomes/order.ts'
import { type Detector, OutcomeContext, type OutcomeKind } from '../../outcomes/outcome.ts'
import { RedisStreamsDetector } from '../../outcomes/redisStreams.ts'
import type { Term, TermContext } from '../term.ts'

/** Makes the detectors of one kind of outcome. */
export type Detecting = (context: OutcomeContext) => Detector[]

export const DETECTING = {
  duplicated: (context) => [new DuplicatedDetector(context)],
  outOfOrder: (context) => [new OrderDetector(context)],
  outOfOrderByAll: (context) => [new OrderDetector(context, false)],
  lost: (context) => [
    new LostMessagesDetector(context),
    new LostRecordsDetector(context),
    new LostCommandsDetector(context),
    new RedisStreamsDetector(context),
  ],
  dropped: (context) => [new DroppedDetector(context), new RedisStreamsDetector(context)],
} as const satisfies Record<string, Detecting>

export class OutcomeCount implements Term {
  readonly everyFact = true
  private count = 0
  private index = 0
  private readonly detectors: readonly Detector[]

  /** `place` is a node, or a queue or topic whose readers are meant too; null: everywhere. */
  constructor(
    { world }: TermContext,
    kind: OutcomeKind,
    detecting: Detecting,
    place: number | null,
  ) {
    const asked = place === null ? null : withReaders(world.scenario, place)
    const context = new OutcomeContext(world, (outcome) => {
      if (outcome.kind === kind && (asked === null || asked.has(outcome.node))) this.count++
    })
    this.detectors = detecting(context)
  }

  take(timeUs: number, kind: number, part: number, message: number, aux: number): boolean {
    const before = this.count
    for (const detector of this.detectors) {
      detector.read(this.index, timeUs, kind, part, message, aux)
    }
    this.index++
    return this.count !== before
  }

  /** What only the end of the run can tell: a record that was skipped, a message that never arrived. */
  end(): void {
    for (const detector of this.detectors) detector.end()
  }

  read(): number {
    return this.count
  }
}

/** Asked about one of these, its readers are meant too. */
const READ_BY_OTHERS: ReadonlySet<string> = new Set(['queue', 'topic', 'redisGroup'])

function withReaders({ nodes, links }: Scenario, place: number): Set<string> {
  const node = nodes[place]
  if (!node) return new Set()
  if (!READ_BY_OTHERS.has(node.kind)) return new Set([node.id])
  return new Set([node.id, ...links.filter(({ from }) => from === node.id).map(({ to }) => to)])
}
