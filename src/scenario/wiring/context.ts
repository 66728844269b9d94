/** What the wiring of a scenario works with: the world's parts and pipes, before the run starts. */
import { must } from '../../base/assert.ts'
import { usFromMs } from '../../base/time.ts'
import type { Outlet } from '../../clients/client.ts'
import type { Poison } from '../../clients/poison.ts'
import type { TakesConfirms } from '../../clients/unconfirmed.ts'
import { Pipe, type Receive } from '../../engine/pipe.ts'
import type { Part, Simulation } from '../../engine/simulation.ts'
import type {
  ActionBody,
  BrokerDoc,
  LinkDoc,
  NodeDoc,
  NodeKind,
  NodeOf,
  Scenario,
} from '../document.ts'

/** The two directions of a link; a link that only goes forward has no `back`. */
export interface LinkPipes {
  forward: Pipe
  back: Pipe | null
}

/**
 * Numbers are given beforehand: node i of the scenario is part i; link l has the parts
 * `nodes + 2 l` (forward) and `nodes + 2 l + 1` (back); brokers follow; what is made while the run
 * goes on (channels, group members …) comes after.
 */
export class WiringContext {
  readonly links: (LinkPipes | undefined)[] = []
  /** What happens at time 0, in this order: topology, those who wait for messages, those who send. */
  readonly topologySteps: (() => void)[] = []
  readonly receiverSteps: (() => void)[] = []
  readonly senderSteps: (() => void)[] = []
  /** By broker part: the node (scenario id) that made a part of that broker, or null. */
  readonly owners = new Map<number, (part: number) => string | null>()
  /** By node id of a queue: empties it. By broker id: stops and starts it. */
  readonly purgers = new Map<string, () => void>()
  readonly restarters = new Map<string, () => void>()
  /** By node id of an exchange or queue: puts a message in that no client made. */
  readonly publishers = new Map<string, (message: number, mandatory: boolean) => void>()
  /** By node id of a queue: takes the message away if it is the next one. */
  readonly droppers = new Map<string, (message: number) => void>()
  /** By node id of a part that passes messages on to parts of other brokers: takes the outlets of its links out. */
  readonly forwards = new Map<string, (outlets: readonly Outlet[]) => void>()
  /** By link id: tells the client at its end that the link works again. */
  readonly onMend = new Map<string, () => void>()
  /** What the acts of single families do; each handler sees to those at its own nodes. */
  private readonly acts = new Map<string, ((action: ActionBody) => void)[]>()
  /** Messages that nobody can process, for all who work on some. */
  readonly poison: Poison
  readonly sim: Simulation
  readonly scenario: Scenario

  constructor(sim: Simulation, scenario: Scenario, poison: Poison) {
    this.sim = sim
    this.poison = poison
    this.scenario = scenario
  }

  /** Has an act of a family done by it, from its wiring on. */
  onAct<D extends ActionBody['do']>(
    name: D,
    perform: (action: Extract<ActionBody, { do: D }>) => void,
  ): void {
    const known = this.acts.get(name) ?? []
    this.acts.set(name, [...known, perform as (action: ActionBody) => void])
  }

  perform(action: ActionBody): void {
    for (const perform of this.acts.get(action.do) ?? []) perform(action)
  }

  nodePart(id: string): number {
    return this.scenario.nodes.findIndex((node) => node.id === id)
  }

  node<K extends NodeKind>(id: string, ...kinds: K[]): NodeOf<K> {
    const node = this.scenario.nodes.find((n) => n.id === id)
    if (!node || (kinds.length > 0 && !(kinds as string[]).includes(node.kind))) {
      throw new Error(`node ${id} is not a ${kinds.join(' or ')}`)
    }
    return node as NodeOf<K>
  }

  brokerPart(id: string): number {
    const at = this.scenario.brokers.findIndex((broker) => broker.id === id)
    return this.scenario.nodes.length + this.scenario.links.length * 2 + at
  }

  broker(id: string): BrokerDoc {
    return must(
      this.scenario.brokers.find((broker) => broker.id === id),
      `broker ${id}`,
    )
  }

  /** The part behind a node, once it exists. */
  part<P extends Part>(id: string): P {
    return must(this.sim.parts[this.nodePart(id)], `part of ${id}`) as P
  }

  linksFrom(id: string): LinkDoc[] {
    return this.scenario.links.filter((link) => link.from === id)
  }
  linksTo(id: string): LinkDoc[] {
    return this.scenario.links.filter((link) => link.to === id)
  }
  kindOf(id: string): NodeDoc['kind'] {
    return this.node(id).kind
  }

  /** Makes the pipes of a link; `back` where something travels against the arrow. */
  pipes(link: LinkDoc, forward: Receive, back?: Receive): LinkPipes {
    const index = this.scenario.links.indexOf(link)
    const first = this.scenario.nodes.length + index * 2
    const latencyUs = usFromMs(link.latencyMs)
    const made: LinkPipes = {
      forward: new Pipe(this.sim, first, latencyUs, forward),
      back: back ? new Pipe(this.sim, first + 1, latencyUs, back) : null,
    }
    this.links[index] = made
    return made
  }
}

/** The client that waits for confirms, if this is one: a relay, or a service with one. */
export function whoWaits(client: Part | undefined): TakesConfirms | undefined {
  if (!client || !('receiveConfirm' in client)) return undefined
  const waiting = client as unknown as TakesConfirms
  return waiting.settings.confirms ? waiting : undefined
}

/** An outlet that puts messages on a pipe under an operation. */
export function outletOn(pipe: Pipe, op: number, confirms = false): Outlet {
  return { pipe: pipe.node, confirms, send: (message) => pipe.send(op, message, 0, 0) }
}
