/** How clients put messages on their links: what services and relays have in common. */
import { propertiesOf } from '../brokers/amqp/properties.ts'
import type { Simulation } from '../engine/simulation.ts'
import { CLIENT_FACTS, type Outlet } from './client.ts'

/** Sends a message by every outlet, each with its fact, which changes nothing in a client but a producer. */
export function publishTo(
  { sim, node }: { readonly sim: Simulation; readonly node: number },
  outlets: readonly Outlet[],
  message: number,
  terms = 0,
): void {
  for (let i = 0; i < outlets.length; i++) {
    const outlet = outlets[i] as Outlet
    sim.record(node, CLIENT_FACTS.published, message, outlet.pipe)
    outlet.send(message, terms)
  }
}

/** The consumed body, in what a service publishes. */
const SAME = '{body}'

/** Settings of a service that say what it publishes. */
interface ResultSettings {
  output?: string
  reply?: boolean
}

/**
 * What a service makes of the messages that it consumes: its setting `output`, under the same key; a reply
 * under the name of the queue that the request names, with its correlation id
 * (rabbitmq.com/tutorials/tutorial-six-python). In one shape for all settings, as `Sampler` is for durations.
 */
export class Results {
  private readonly output: string
  private readonly isSame: boolean
  private readonly areReplies: boolean

  constructor({ output = SAME, reply = false }: ResultSettings) {
    this.output = output
    this.isSame = output === SAME
    this.areReplies = reply
  }

  /** Makes the message number `ordinal` of service `node`; -1 if the one consumed asks for no reply. */
  make(sim: Simulation, node: number, parent: number, ordinal: number): number {
    if (this.areReplies) return this.makeReply(sim, node, parent, ordinal)
    const { messages } = sim.records
    const template = this.template(sim, parent)
    return messages.addNow(sim, template, ordinal, messages.key(parent), -1, parent, node)
  }

  private makeReply(sim: Simulation, node: number, parent: number, ordinal: number): number {
    const { records } = sim
    const { replyTo, correlationId } = propertiesOf(records, parent) ?? {}
    if (replyTo === undefined) return -1
    const template = this.template(sim, parent)
    const key = records.strings.id(replyTo)
    const props = correlationId === undefined ? -1 : records.row({ correlationId })
    return records.messages.addNow(sim, template, ordinal, key, props, parent, node)
  }

  private template({ records }: Simulation, parent: number): number {
    if (this.isSame) return records.bodyId(parent)
    return records.strings.id(this.output.replaceAll(SAME, records.body(parent)))
  }
}

/** A service publishes what came of a message. */
export function publishResult(
  client: { sim: Simulation; node: number; settings: ResultSettings },
  outlets: readonly Outlet[],
  parent: number,
  ordinal: number,
): void {
  const message = new Results(client.settings).make(client.sim, client.node, parent, ordinal)
  if (message !== -1) publishTo(client, outlets, message)
}
