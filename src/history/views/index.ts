/** The view of each kind of node: the compiler holds the lists complete, here and in `families/`. */
import type { NodeDoc, NodeKind } from '../../scenario/document.ts'
import type { LateKind } from '../../scenario/late.ts'
import type { World } from '../../scenario/world.ts'
import type { NodeState } from '../frame.ts'
import { viewConsumer, viewExchange, viewProducer, viewQueue } from './amqp.ts'
import { lateView, type View } from './family.ts'

type EarlyKind = Exclude<NodeKind, LateKind>

const VIEWS: Record<EarlyKind, View> = {
  producer: viewProducer,
  exchange: viewExchange,
  queue: viewQueue,
  consumer: viewConsumer,
}

/** The state of a node at the moment at which the world is viewed. */
export function viewNode(world: World, { id, kind }: NodeDoc): NodeState {
  const view = kind in VIEWS ? VIEWS[kind as EarlyKind] : lateView(kind as LateKind)
  return view(world, id)
}
