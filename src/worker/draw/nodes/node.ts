/** The inside of a node of any kind, and what faults do to it. */
import type { NodeState, StateOf } from '../../../history/frame.ts'
import type { NodeKind } from '../../../scenario/document.ts'
import { type Box, TITLE_HEIGHT } from '../../../scenario/shapes.ts'
import type { Scene } from '../scene.ts'
import { drawCommandHandler } from './commandHandler.ts'
import { drawConsumer, drawGroupConsumer, drawPollingConsumer } from './consumer.ts'
import { drawEventStore } from './eventStore.ts'
import { drawExchange } from './exchange.ts'
import { drawCrack, drawVeil } from './faults.ts'
import { drawBadge } from './parts.ts'
import { drawProducer } from './producer.ts'
import { drawProjection } from './projection.ts'
import { drawQueue } from './queue.ts'
import { drawRelay } from './relay.ts'
import { drawSqsQueue } from './sqsQueue.ts'
import { drawTopic } from './topic.ts'

export function drawNode(scene: Scene, state: NodeState, box: Box): void {
  const body: Box = {
    x: box.x,
    y: box.y + TITLE_HEIGHT,
    width: box.width,
    height: box.height - TITLE_HEIGHT,
  }
  if (state.crashed) drawVeil(scene, state, body)
  scene.pen.globalAlpha = state.crashed ? 0.5 : 1
  drawInside(scene, state, body)
  scene.pen.globalAlpha = 1
  if (state.crashed) drawCrack(scene, body)
  const right = body.x + body.width - 8
  if (state.crashed) drawBadge(scene, 'crashed', right, body.y, true)
  else if (state.slow !== 1) drawBadge(scene, `slow ×${state.slow}`, right, body.y, false)
}

const INSIDE: { [K in NodeKind]: (scene: Scene, state: StateOf<K>, body: Box) => void } = {
  producer: drawProducer,
  exchange: drawExchange,
  queue: drawQueue,
  consumer: drawConsumer,
  sqsQueue: drawSqsQueue,
  pollingConsumer: drawPollingConsumer,
  topic: drawTopic,
  groupConsumer: drawGroupConsumer,
  eventStore: drawEventStore,
  commandHandler: drawCommandHandler,
  projection: drawProjection,
  relay: drawRelay,
}

function drawInside(scene: Scene, state: NodeState, body: Box): void {
  const draw = INSIDE[state.kind] as (scene: Scene, state: NodeState, body: Box) => void
  draw(scene, state, body)
}
