/** The inside of a node of any kind, and what faults do to it. */
import type { NodeState, StateOf } from '../../../history/frame.ts'
import { standingOf } from '../../../history/standing.ts'
import type { NodeKind } from '../../../scenario/document.ts'
import type { LateKind } from '../../../scenario/late.ts'
import { type Box, TITLE_HEIGHT } from '../../../scenario/shapes.ts'
import type { Scene } from '../scene.ts'
import { drawConsumer } from './consumer.ts'
import { drawExchange } from './exchange.ts'
import { lateDrawing } from './family.ts'
import { drawCrack, drawVeil } from './faults.ts'
import { drawBadge } from './parts.ts'
import { drawProducer } from './producer.ts'
import { drawQueue } from './queue.ts'

export function drawNode(scene: Scene, state: NodeState, box: Box): void {
  const body: Box = {
    x: box.x,
    y: box.y + TITLE_HEIGHT,
    width: box.width,
    height: box.height - TITLE_HEIGHT,
  }
  const gone = 'gone' in state && state.gone
  const away = state.crashed || ('online' in state && !state.online)
  if (away) drawVeil(scene, state, body)
  scene.pen.globalAlpha = away ? 0.55 : gone ? 0.25 : 1
  drawInside(scene, state, body)
  scene.pen.globalAlpha = 1
  if (state.crashed) drawCrack(scene, body)
  const right = body.x + body.width - 8
  const standing = standingOf(state)
  if (state.crashed) drawBadge(scene, 'crashed', right, body.y, true)
  else if (standing) drawBadge(scene, standing.text, right, body.y, standing.grave)
  else if (state.slow !== 1) drawBadge(scene, `slow ×${state.slow}`, right, body.y, false)
}

type EarlyKind = Exclude<NodeKind, LateKind>

const INSIDE: { [K in EarlyKind]: (scene: Scene, state: StateOf<K>, body: Box) => void } = {
  producer: drawProducer,
  exchange: drawExchange,
  queue: drawQueue,
  consumer: drawConsumer,
}

function drawInside(scene: Scene, state: NodeState, body: Box): void {
  const { kind } = state
  const draw = kind in INSIDE ? INSIDE[kind as EarlyKind] : lateDrawing(kind as LateKind)
  ;(draw as (scene: Scene, state: NodeState, body: Box) => void)(scene, state, body)
}
