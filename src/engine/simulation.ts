/**
 * The clockwork: simulated time, the agenda, and the parts that facts are about. It knows nothing of
 * brokers or clients. The same class serves the world that runs (its agenda is worked off) and the
 * world that is viewed (facts are applied to it, its agenda stays empty).
 */
import { Agenda } from './agenda.ts'
import type { Archive } from './archive.ts'
import { Clock } from './clock.ts'
import { type FactLog, WORDS } from './facts.ts'
import { Random } from './random.ts'
import type { Records } from './records.ts'

/**
 * Something that facts are about: a queue, a channel, a partition, a consumer, a pipe. A part decides
 * (in `due` and in its own operations) and records facts; only `apply` changes its state.
 */
export interface Part {
  /** Its number in facts. */
  readonly node: number
  /** Folds one fact into its state. No rule and no dice here; `sim.nowUs` is the fact's time. */
  apply(kind: number, message: number, aux: number): void
  /** Saves or restores all that `apply` changes. */
  archive(io: Archive): void
  /** A timer that it set is due. */
  due?(kind: number, arg: number): void
}

export class Simulation extends Clock {
  readonly agenda = new Agenda()
  readonly parts: Part[] = []
  /**
   * Their methods by the same number. Parts are of so many classes that looking a method up on one takes
   * longer than much of what it does.
   */
  private readonly applies: Part['apply'][] = []
  private readonly dues: NonNullable<Part['due']>[] = []
  private readonly randoms: Random[] = []
  private partCount = 0
  readonly records: Records
  private readonly facts: FactLog
  readonly seed: number

  constructor(records: Records, seed: number) {
    super()
    this.records = records
    this.facts = records.facts
    this.seed = seed
  }

  /** A number for a new part, given once; the part calls `enlist` with it. */
  nextNode(): number {
    return this.partCount++
  }

  /** Keeps the numbers below `count` for parts that are known beforehand. */
  reserve(count: number): void {
    this.partCount = Math.max(this.partCount, count)
  }

  /** Adds a part under its own number. Parts made anew after a seek take the place of the old. */
  enlist(part: Part): void {
    this.parts[part.node] = part
    this.applies[part.node] = part.apply
    this.dues[part.node] = part.due ?? ignore
  }

  /** Takes off a part that did not exist yet at the moment to which the world went back. */
  delist(part: Part): void {
    if (this.parts[part.node] === part) delete this.parts[part.node]
  }

  /** A random stream of its own for (seed, id): adding a node reshuffles nobody. */
  random(id: string): Random {
    const random = new Random(this.seed, id)
    this.randoms.push(random)
    return random
  }

  /** Records a fact at the present moment and folds it into `part` at once. */
  emit(part: Part, kind: number, message: number, aux: number): void {
    this.facts.append(this, kind, part.node, message, aux)
    part.apply(kind, message, aux)
  }

  /**
   * Records a fact without folding it: for the facts that each message makes, whose part then calls
   * the very method that its `apply` calls for this kind.
   */
  record(node: number, kind: number, message: number, aux: number): void {
    this.facts.append(this, kind, node, message, aux)
  }

  /** Sets a timer for `part`, `delayUs` from now. */
  after(delayUs: number, part: Part, kind: number, arg = 0): void {
    this.agenda.addAfter(this, delayUs, part.node, kind, arg)
  }

  /**
   * Lets everything happen that is due up to and including `untilUs`, until the log holds about
   * `factCount` facts. Returns whether it got that far.
   */
  runUntil(untilUs: number, factCount = Number.POSITIVE_INFINITY): boolean {
    const { agenda, dues, facts, parts } = this
    // As numbers of V8's own, so that it does not ask each time what they are.
    const endUs = untilUs - 0
    const end = Math.min(factCount, 0x7fffffff) | 0
    for (;;) {
      const { nextUs } = agenda
      if (nextUs > endUs) return true
      if (facts.count >= end) return false
      this.goOn(nextUs)
      const head = agenda.head()
      const arg = agenda.arg()
      agenda.pop()
      const number = head & 0xffff
      const due = dues[number] as NonNullable<Part['due']>
      due.call(parts[number] as Part, head >>> 16, arg)
    }
  }

  /** Folds the fact `index` of the records into the part that it is about. */
  applyFact(index: number): void {
    this.applyFacts(index, index + 1)
  }

  /** The same for a fact that has been read already. */
  applyOne(timeUs: number, kind: number, part: number, message: number, aux: number): void {
    this.nowUs = timeUs
    ;(this.parts[part] as Part).apply(kind, message, aux)
  }

  /** The same for the facts from `from` up to, not including, `to`. */
  applyFacts(from: number, to: number): void {
    const { applies, facts, parts } = this
    for (let index = from; index < to; ) {
      const { words, first, count, baseUs } = facts.stretch(index, to)
      const end = first + count * WORDS
      for (let w = first; w < end; w += WORDS) {
        const head = words[w + 1] as number
        this.nowUs = baseUs + (words[w] as number)
        const number = head & 0xffff
        const apply = applies[number] as Part['apply']
        const part = parts[number] as Part
        apply.call(part, head >>> 16, words[w + 2] as number, words[w + 3] as number)
      }
      index += count
    }
  }

  /** What running on needs besides the parts' state: time, agenda, random streams. */
  archiveClock(io: Archive): void {
    this.nowUs = io.int(this.nowUs)
    this.partCount = io.int(this.partCount)
    this.agenda.archive(io)
    for (const random of this.randoms) random.archive(io)
  }
}

function ignore(): void {}
