/** The view of each kind of node: the compiler holds the list complete. */
import type { NodeDoc, NodeKind } from '../../scenario/document.ts'
import type { World } from '../../scenario/world.ts'
import type { NodeState } from '../frame.ts'
import { viewConsumer, viewExchange, viewProducer, viewQueue } from './amqp.ts'
import { viewCommandHandler } from './commandHandler.ts'
import { viewEventStore } from './eventStore.ts'
import { viewProjection } from './projection.ts'
import { viewRelay } from './relay.ts'

const VIEWS: Record<NodeKind, (world: World, id: string) => NodeState> = {
  producer: viewProducer,
  exchange: viewExchange,
  queue: viewQueue,
  consumer: viewConsumer,
  topic: notViewed,
  groupConsumer: notViewed,
  eventStore: viewEventStore,
  commandHandler: viewCommandHandler,
  projection: viewProjection,
  relay: viewRelay,
}

function notViewed(_world: World, id: string): NodeState {
  throw new Error(`${id} has no view`)
}

/** The state of a node at the moment at which the world is viewed. */
export function viewNode(world: World, node: NodeDoc): NodeState {
  return VIEWS[node.kind](world, node.id)
}
