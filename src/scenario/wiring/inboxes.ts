/**
 * Who shares an inbox: it is a table in the database of a service, so all instances of the service look into the
 * same one. Instances compete: they share a queue, a durable, a consumer group or a queue group.
 */
import type { Client } from '../../clients/client.ts'
import type { NodeDoc } from '../document.ts'
import type { WiringContext } from './context.ts'

/** Kinds of which all that have the same source are instances of one service. */
const SHARING: ReadonlySet<NodeDoc['kind']> = new Set([
  'consumer',
  'pollingConsumer',
  'redisConsumer',
])

export function shareInboxes(world: WiringContext): void {
  const services = new Map<string, string[]>()
  for (const node of world.scenario.nodes) {
    const service = serviceOf(world, node)
    if (service === null) continue
    services.set(service, [...(services.get(service) ?? []), node.id])
  }
  for (const ids of services.values()) {
    if (ids.length === 1) continue
    const mates = ids.map((id) => world.part<Client<object>>(id))
    for (const mate of mates) mate.inboxMates = mates
  }
}

/** What instances of one service have in common; null for clients of which each is a service of its own. */
function serviceOf(world: WiringContext, node: NodeDoc): string | null {
  if (node.kind === 'groupConsumer') return JSON.stringify(['group', node.group])
  const links = world.linksTo(node.id)
  const { nodes } = world.scenario
  const sources = nodes.filter(({ id }) => links.some(({ from }) => from === id))
  const shared = JSON.stringify(['sources', ...sources.map(({ id }) => id)])
  if (SHARING.has(node.kind)) return shared
  if (node.kind !== 'natsSubscriber') return null
  if (sources.every(({ kind }) => kind === 'natsConsumer')) return shared
  return node.queueGroup === undefined ? null : JSON.stringify([node.queueGroup, shared])
}
