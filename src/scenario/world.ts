/**
 * A scenario as a world of parts and pipes. The same class runs (its agenda is worked off) and is
 * viewed (restored from a checkpoint, facts applied): both share one `Records`.
 */
import { must } from '../base/assert.ts'
import { usFromMs } from '../base/time.ts'
import type { MessageProperties } from '../brokers/amqp/properties.ts'
import type { Controls } from '../clients/client.ts'
import { Client } from '../clients/client.ts'
import { QueueConsumer } from '../clients/consumer/consumer.ts'
import { Poison } from '../clients/poison.ts'
import { Producer } from '../clients/producer/producer.ts'
import type { Archive } from '../engine/archive.ts'
import { Loader, Saver } from '../engine/archive.ts'
import { Records } from '../engine/records.ts'
import { type Part, Simulation } from '../engine/simulation.ts'
import type { Action, MessagePropertiesDoc, Scenario } from './document.ts'
import { type Built, buildBroker, buildLinks, buildNode } from './wiring/build.ts'
import { type LinkPipes, WiringContext } from './wiring/context.ts'
import { shareInboxes } from './wiring/inboxes.ts'

/** Facts about the world itself. */
export const WORLD_FACTS = {
  /** A person acted; aux = row with the `Action`. */
  acted: 8,
} as const

export class World implements Part {
  readonly node: number
  readonly sim: Simulation
  readonly scenario: Scenario
  readonly records: Records
  readonly links: readonly LinkPipes[]
  readonly brokers: readonly Built[]
  private readonly wiring: WiringContext
  /** Parts that are there from the beginning and archive themselves; brokers archive their own parts. */
  private readonly roots: Part[] = []
  private actions: readonly Action[] = []
  private nextAction = 0
  private readonly poison: Poison

  constructor(scenario: Scenario, records = new Records(), seed = scenario.seed) {
    this.scenario = scenario
    this.records = records
    this.poison = new Poison(records.messages)
    this.sim = new Simulation(records, seed)
    const wiring = new WiringContext(this.sim, scenario, this.poison)
    this.wiring = wiring
    this.node = scenario.nodes.length + scenario.links.length * 2 + scenario.brokers.length
    this.sim.reserve(this.node + 1)
    this.sim.enlist(this)
    for (const node of scenario.nodes) {
      const part = buildNode(wiring, node)
      if (part) this.roots.push(part)
    }
    const brokers: Built[] = []
    for (const broker of scenario.brokers) brokers.push(buildBroker(wiring, broker))
    this.brokers = brokers
    buildLinks(wiring, brokers)
    shareInboxes(wiring)
    this.links = scenario.links.map((link, i) => must(wiring.links[i], `pipes of link ${link.id}`))
    for (const { forward, back } of this.links) {
      this.roots.push(forward)
      if (back) this.roots.push(back)
    }
    this.roots.push(...brokers)
  }

  get endUs(): number {
    return usFromMs(this.scenario.durationMs)
  }

  /** The part behind a node of the scenario; undefined before it is declared. */
  part(id: string): Part | undefined {
    return this.sim.parts[this.wiring.nodePart(id)]
  }

  /** The broker of a node that is part of one. */
  broker<B extends Built>(id: string): B {
    return must(this.brokers[this.scenario.brokers.findIndex((b) => b.id === id)], id) as B
  }

  /** Scenario id of the node or link that a part belongs to, '' for what belongs to none. */
  owner(part: number): string {
    const { nodes, links } = this.scenario
    if (part < nodes.length) return nodes[part]?.id ?? ''
    const link = links[(part - nodes.length) >> 1]
    if (part < nodes.length + links.length * 2) return link?.id ?? ''
    for (const broker of this.brokers) {
      const owner = this.wiring.owners.get(broker.node)?.(part)
      if (owner) return owner
    }
    return ''
  }

  /** Begins the run: topology, then clients, all at time 0. Never called on a viewed world. */
  start(script: readonly Action[] = []): void {
    this.actions = inOrder(script)
    const { topologySteps, receiverSteps, senderSteps } = this.wiring
    for (const step of [...topologySteps, ...receiverSteps, ...senderSteps]) step()
  }

  /** How many actions of the script have been done. */
  get actionsDone(): number {
    return this.nextAction
  }

  /** Whether nothing at all is left to happen before the end. */
  get isOver(): boolean {
    return this.nextUs > this.endUs
  }

  /** When something happens next: a timer or an action. */
  get nextUs(): number {
    const action = this.actions[this.nextAction]
    return Math.min(this.sim.agenda.nextUs, action ? action.atUs : Number.POSITIVE_INFINITY)
  }

  /**
   * Lets everything happen up to and including `untilUs`, at most about `factsMax` facts. An action
   * happens after everything that is due at its microsecond. Returns whether it got that far.
   */
  run(untilUs: number, factsMax = Number.POSITIVE_INFINITY): boolean {
    const { facts } = this.records
    const endUs = Math.min(untilUs, this.endUs)
    const factCount = facts.count + factsMax
    for (;;) {
      const action = this.actions[this.nextAction]
      const isNext = action !== undefined && action.atUs <= endUs
      if (!this.sim.runUntil(isNext ? action.atUs : endUs, factCount)) return false
      if (!isNext) return true
      if (facts.count >= factCount) return false
      this.act(action)
    }
  }

  /** The state of all parts, as a checkpoint: independent of how much is waiting. */
  save(): Uint8Array {
    const saver = new Saver()
    this.archive(saver)
    return saver.done()
  }

  /** Takes on the state of a checkpoint. */
  restore(checkpoint: Uint8Array): void {
    const loader = new Loader(checkpoint)
    this.archive(loader)
    loader.finish()
  }

  /** What running on needs besides the state: time, timers, dice, and how far the script is. */
  saveClock(): Uint8Array {
    const saver = new Saver()
    this.archiveClock(saver)
    return saver.done()
  }

  /**
   * Takes on state and clock of a checkpoint, to run on from there instead of `start`: on the records
   * that the checkpoint is of, or on a fork of them. The script must begin as the one so far.
   */
  resume(checkpoint: Uint8Array, clock: Uint8Array, script: readonly Action[] = []): void {
    this.restore(checkpoint)
    const loader = new Loader(clock)
    this.archiveClock(loader)
    loader.finish()
    this.actions = inOrder(script)
  }

  apply(kind: number, _message: number, aux: number): void {
    if (kind !== WORLD_FACTS.acted) return
    const action = this.records.rowAt<Action>(aux)
    if (action.do === 'poison') this.poison.messages.push(action.message)
  }

  archive(io: Archive): void {
    io.list(this.poison.messages)
    for (const part of this.roots) part.archive(io)
  }

  private archiveClock(io: Archive): void {
    this.sim.archiveClock(io)
    this.nextAction = io.int(this.nextAction)
  }

  private act(action: Action): void {
    this.nextAction++
    this.sim.nowUs = action.atUs
    this.sim.emit(this, WORLD_FACTS.acted, -1, this.records.row(action))
    this.perform(action)
  }

  private perform(action: Action): void {
    switch (action.do) {
      case 'publish': {
        const part = this.part(action.node)
        const properties = action.properties && propertiesFrom(action.properties)
        if (part instanceof Producer) {
          part.publishNow(action.body, action.key, properties, action.mandatory)
        } else this.publishInto(action, properties)
        return
      }
      case 'pause':
        this.client(action.node)?.pause()
        return
      case 'resume':
        this.client(action.node)?.resume()
        return
      case 'crashAt':
        this.client(action.node)?.armCrash(action.point)
        return
      case 'cancel':
        this.consumer(action.node)?.cancel()
        this.wiring.perform(action)
        return
      case 'consume':
        this.consumer(action.node)?.consume()
        this.wiring.perform(action)
        return
      case 'closeChannel':
        this.consumer(action.node)?.closeChannel()
        return
      case 'answer':
        this.consumer(action.node)?.answerByHand(action.message, action.how)
        return
      case 'drop':
        this.wiring.droppers.get(action.at)?.(action.message)
        this.eachPipe(action.at, (pipe) => pipe.drop(action.message))
        return
      // What `apply` has taken in is all there is to it.
      case 'poison':
        return
      case 'purge':
        this.wiring.purgers.get(action.node)?.()
        return
      case 'restartBroker':
        this.wiring.restarters.get(action.broker)?.()
        return
      case 'crash':
        this.client(action.node)?.crash()
        return
      case 'restart':
        this.client(action.node)?.restart()
        return
      case 'set':
        this.client(action.node)?.set(action.name, action.value)
        return
      case 'slow':
        this.client(action.node)?.slow(action.factor)
        return
      case 'cut':
        this.eachPipe(action.link, (pipe) => pipe.cut())
        return
      case 'mend':
        this.mend(action.link)
        return
      case 'loseNext':
        this.pipeOf(action.link, action.way)?.loseNext()
        return
      case 'latency':
        this.eachPipe(action.link, (pipe) => pipe.setLatency(usFromMs(action.ms)))
        return
      default:
        this.wiring.perform(action)
    }
  }

  /** A message that no client made: the person puts it into an exchange or queue. */
  private publishInto(
    action: { node: string; body?: string; key?: string; mandatory?: boolean },
    properties: MessageProperties | undefined,
  ): void {
    const { node, body = '', key = '', mandatory = false } = action
    const { messages, strings } = this.records
    const props = properties === undefined ? -1 : this.records.row(properties)
    const source = this.wiring.nodePart(node)
    const message = messages.addRow(
      this.sim.nowUs,
      strings.id(body),
      0,
      strings.id(key),
      props,
      -1,
      source,
    )
    this.wiring.publishers.get(node)?.(message, mandatory)
  }

  private consumer(id: string): QueueConsumer | null {
    const part = this.part(id)
    return part instanceof QueueConsumer ? part : null
  }

  private client(id: string): Controls | null {
    const part = this.part(id)
    return part instanceof Client ? part : null
  }

  /** Tells the client only of a link that was cut: on any other nothing got lost. */
  private mend(id: string): void {
    let wasCut = false
    this.eachPipe(id, (pipe) => {
      wasCut ||= pipe.isCut
      pipe.mend()
    })
    if (wasCut) this.wiring.onMend.get(id)?.()
  }

  private pipeOf(id: string, way: 'with' | 'back'): LinkPipes['back'] {
    const link = this.links[this.scenario.links.findIndex((l) => l.id === id)]
    return link ? (way === 'with' ? link.forward : link.back) : null
  }

  private eachPipe(id: string, visit: (pipe: LinkPipes['forward']) => void): void {
    const link = this.links[this.scenario.links.findIndex((l) => l.id === id)]
    if (!link) return
    visit(link.forward)
    if (link.back) visit(link.back)
  }
}

/** A script as a run does it: by time, at one moment as they were given. */
export function inOrder(script: readonly Action[]): readonly Action[] {
  return [...script].sort((a, b) => a.atUs - b.atUs)
}

/** As the protocol has them: the expiration is a text, persistence a delivery mode. */
function propertiesFrom(given: MessagePropertiesDoc): MessageProperties {
  const { expiration, persistent, ...rest } = given
  return {
    ...rest,
    ...(expiration !== undefined && { expiration: String(Math.round(expiration)) }),
    ...(persistent && { deliveryMode: 2 }),
  }
}
