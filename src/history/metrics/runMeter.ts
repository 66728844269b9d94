/**
 * The numbers of a run, folded from its facts in one pass with a world of its own on the same records.
 * It goes on where it stopped, so a run can be measured while it grows.
 */
import { PIPE_FACTS } from '../../engine/pipe.ts'
import { World } from '../../scenario/world.ts'
import { AmqpCounter } from './families/amqp.ts'
import { ClientCounter } from './families/clients.ts'
import { CloudCounter } from './families/cloud.ts'
import type { Counter } from './families/counter.ts'
import { EventStoreCounter } from './families/eventstore.ts'
import { LogCounter } from './families/log.ts'
import { MqttCounter } from './families/mqtt.ts'
import { PubSubCounter } from './families/pubsub.ts'
import { RedisStreamsCounter } from './families/redisStreams.ts'
import { SqsCounter } from './families/sqs.ts'
import { Neighbourhood } from './neighbourhood.ts'
import { NodeMeter } from './nodeMeter.ts'
import type { RunNumbers } from './numbers.ts'
import type { Spread } from './spread.ts'

export class RunMeter {
  private seen = 0
  private readonly world: World
  private readonly meters: readonly NodeMeter[]
  private readonly counters: readonly Counter[]
  private readonly neighbourhood: Neighbourhood
  private lostOnLinks: Record<string, number> = {}
  private fromUs = 0

  private readonly withLevels: boolean

  /**
   * `run` is the world that runs; its records are read, itself it stays untouched. `followed` is a world that
   * somebody else folds its facts into, who then calls `measure` for each: for times and counts only, without the
   * levels, which take most of the work.
   */
  constructor(run: World, followed: World | null = null) {
    this.withLevels = followed === null
    const world = followed ?? new World(run.scenario, run.records, run.sim.seed)
    this.world = world
    this.meters = run.scenario.nodes.map((doc) => new NodeMeter(world, doc))
    this.neighbourhood = new Neighbourhood(world)
    const context = { world, meters: this.meters }
    this.counters = [
      new ClientCounter(context),
      new AmqpCounter(context),
      new SqsCounter(context),
      new MqttCounter(context),
      new CloudCounter(context),
      new LogCounter(context),
      new EventStoreCounter(context),
      new PubSubCounter(context),
      new RedisStreamsCounter(context),
    ]
  }

  /** Takes in at most `max` facts more; returns whether there are still more. */
  read(max = Number.POSITIVE_INFINITY): boolean {
    const { facts } = this.world.records
    const end = Math.min(facts.count, this.seen + max)
    facts.each(this.seen, end, (timeUs, kind, part, message, aux) => {
      this.take(timeUs, kind, part, message, aux)
    })
    return end < facts.count
  }

  /**
   * Leaves out all that happened up to `timeUs` (a run begins empty, as no lasting system is): reads it, and
   * measures from there. Times of what came before and is done afterwards count in full. Called first.
   */
  leaveOut(timeUs: number): void {
    this.read(this.world.records.facts.countAt(timeUs))
    for (const meter of this.meters) meter.restart(timeUs)
    this.lostOnLinks = {}
    this.fromUs = timeUs
  }

  private take(timeUs: number, kind: number, part: number, message: number, aux: number): void {
    this.world.sim.applyOne(timeUs, kind, part, message, aux)
    this.measure(timeUs, kind, part, message, aux)
    this.seen++
  }

  /** The numbers of what was read, to `endUs`. */
  numbers(endUs: number): RunNumbers {
    return {
      fromUs: this.fromUs,
      endUs,
      facts: this.seen,
      messages: this.world.records.messages.count,
      nodes: this.meters.map((meter) => meter.numbers(endUs)),
      lostOnLinks: { ...this.lostOnLinks },
    }
  }

  /** What is measured of times at a node: until work on a message begins, or until it is done. */
  spread(place: number, span: 'wait' | 'e2e'): Spread {
    const meter = this.meters[place] as NodeMeter
    return span === 'wait' ? meter.waiting : meter.sojourn
  }

  /** Measures a fact that its world has taken in. */
  measure(timeUs: number, kind: number, part: number, message: number, aux: number): void {
    if (kind === PIPE_FACTS.lost) this.lose(part, 1)
    else if (kind === PIPE_FACTS.emptied) this.lose(part, aux)
    else if (kind >= PIPE_FACTS.sent && kind <= PIPE_FACTS.arrived) return
    const { counters, meters } = this
    for (let i = 0; i < counters.length; i++) {
      ;(counters[i] as Counter).count(timeUs, kind, part, message, aux)
    }
    if (!this.withLevels) return
    const near = this.neighbourhood.of(part)
    for (let i = 0; i < near.length; i++) (meters[near[i] as number] as NodeMeter).look(timeUs)
  }

  private lose(pipe: number, parcels: number): void {
    const link = this.world.owner(pipe)
    this.lostOnLinks[link] = (this.lostOnLinks[link] ?? 0) + parcels
  }
}
