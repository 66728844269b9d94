/** The view of each kind of node: the compiler holds the list complete. */
import type { NodeDoc, NodeKind } from '../../scenario/document.ts'
import type { World } from '../../scenario/world.ts'
import type { NodeState } from '../frame.ts'
import { viewConsumer, viewExchange, viewProducer, viewQueue } from './amqp.ts'
import { viewCommandHandler } from './commandHandler.ts'
import { viewEventStore } from './eventStore.ts'
import { viewGroupConsumer } from './groupConsumer.ts'
import { viewProjection } from './projection.ts'
import { viewRelay } from './relay.ts'
import { viewPollingConsumer, viewSqsQueue } from './sqs.ts'
import { viewTopic } from './topic.ts'

const VIEWS: Record<NodeKind, (world: World, id: string) => NodeState> = {
  producer: viewProducer,
  exchange: viewExchange,
  queue: viewQueue,
  consumer: viewConsumer,
  sqsQueue: viewSqsQueue,
  pollingConsumer: viewPollingConsumer,
  topic: viewTopic,
  groupConsumer: viewGroupConsumer,
  eventStore: viewEventStore,
  commandHandler: viewCommandHandler,
  projection: viewProjection,
  relay: viewRelay,
}

/** The state of a node at the moment at which the world is viewed. */
export function viewNode(world: World, node: NodeDoc): NodeState {
  return VIEWS[node.kind](world, node.id)
}
