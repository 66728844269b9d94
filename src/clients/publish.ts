/** How clients put messages on their links: what services and relays have in common. */
import { CLIENT_FACTS, type Client, type Outlet } from './client.ts'

/** Sends a message by every outlet, each with its fact. */
export function publishTo(
  client: Client<object>,
  outlets: readonly Outlet[],
  message: number,
): void {
  for (const outlet of outlets) {
    client.sim.emit(client, CLIENT_FACTS.published, message, outlet.pipe)
    outlet.send(message)
  }
}

/** A service publishes what came of a message: its setting `output`, under the same key. */
export function publishResult(
  client: Client<{ output?: string }>,
  outlets: readonly Outlet[],
  parent: number,
  ordinal: number,
): void {
  const { sim, node } = client
  const { messages, strings } = sim.records
  const output = client.settings.output ?? '{body}'
  const template = strings.id(output.replaceAll('{body}', sim.records.body(parent)))
  const key = messages.key(parent)
  publishTo(client, outlets, messages.addRow(sim.nowUs, template, ordinal, key, -1, parent, node))
}
