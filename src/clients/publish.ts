/** How clients put messages on their links: what services and relays have in common. */
import { propertiesOf } from '../brokers/amqp/properties.ts'
import { CLIENT_FACTS, type Client, type Outlet } from './client.ts'

/** Sends a message by every outlet, each with its fact, which changes nothing in a client but a producer. */
export function publishTo(
  client: Client<object>,
  outlets: readonly Outlet[],
  message: number,
): void {
  for (let i = 0; i < outlets.length; i++) {
    const outlet = outlets[i] as Outlet
    client.sim.record(client.node, CLIENT_FACTS.published, message, outlet.pipe)
    outlet.send(message)
  }
}

/** The consumed body, in what a service publishes. */
const SAME = '{body}'

/**
 * A service publishes what came of a message: its setting `output`, under the same key; a reply under the
 * name of the queue that the request names, with its correlation id (rabbitmq.com/tutorials/tutorial-six-python).
 */
export function publishResult(
  client: Client<{ output?: string; reply?: boolean }>,
  outlets: readonly Outlet[],
  parent: number,
  ordinal: number,
): void {
  const { sim, node } = client
  const { messages, strings } = sim.records
  const { output = SAME } = client.settings
  const template =
    output === SAME
      ? sim.records.bodyId(parent)
      : strings.id(output.replaceAll(SAME, sim.records.body(parent)))
  const request = client.settings.reply ? propertiesOf(sim.records, parent) : null
  const { replyTo, correlationId } = request ?? {}
  if (client.settings.reply && replyTo === undefined) return
  const key = replyTo === undefined ? messages.key(parent) : strings.id(replyTo)
  const props = correlationId === undefined ? -1 : sim.records.row({ correlationId })
  publishTo(
    client,
    outlets,
    messages.addRow(sim.nowUs, template, ordinal, key, props, parent, node),
  )
}
