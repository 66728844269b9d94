/** The view of each kind of node: the compiler holds the list complete. */
import type { NodeDoc, NodeKind } from '../../scenario/document.ts'
import type { World } from '../../scenario/world.ts'
import type { NodeState } from '../frame.ts'
import { viewConsumer, viewExchange, viewProducer, viewQueue } from './amqp.ts'

const VIEWS: Record<NodeKind, (world: World, id: string) => NodeState> = {
  producer: viewProducer,
  exchange: viewExchange,
  queue: viewQueue,
  consumer: viewConsumer,
  topic: notViewed,
  groupConsumer: notViewed,
  eventStore: notViewed,
  commandHandler: notViewed,
  projection: notViewed,
  relay: notViewed,
}

function notViewed(_world: World, id: string): NodeState {
  throw new Error(`${id} has no view`)
}

/** The state of a node at the moment at which the world is viewed. */
export function viewNode(world: World, node: NodeDoc): NodeState {
  return VIEWS[node.kind](world, node.id)
}
