/** What a crashed node looks like: veiled, and cracked from top to bottom, always along the same line. */

import type { NodeState } from '../../../history/frame.ts'
import { outline } from '../../../scenario/outlines.ts'
import type { Box } from '../../../scenario/shapes.ts'
import type { Scene } from '../scene.ts'

/** Across and down, as shares of the body. */
const CRACK = [0.56, -0.04, 0.5, 0.2, 0.58, 0.34, 0.47, 0.55, 0.55, 0.7, 0.48, 0.86, 0.53, 1.04]
const TWIG = [0.58, 0.34, 0.67, 0.43, 0.66, 0.54]

/** Takes the colour out of the silhouette; its contents are drawn faintly on top. */
export function drawVeil(scene: Scene, state: NodeState, body: Box): void {
  const { pen, inks } = scene
  const points = outline(state.kind, body)
  pen.beginPath()
  for (let i = 0; i < points.length; i += 2) {
    const [x = 0, y = 0] = [points[i], points[i + 1]]
    if (i === 0) pen.moveTo(x, y)
    else pen.lineTo(x, y)
  }
  pen.closePath()
  pen.fillStyle = inks.surfaceSunken
  pen.fill()
  pen.lineJoin = 'round'
  pen.strokeStyle = inks.quiet
  pen.lineWidth = 1.75
  pen.stroke()
}

export function drawCrack(scene: Scene, body: Box): void {
  const { pen, inks } = scene
  pen.lineJoin = 'miter'
  pen.lineCap = 'butt'
  strokeShares(scene, CRACK, body, inks.canvas, 5)
  strokeShares(scene, TWIG, body, inks.canvas, 4)
  strokeShares(scene, CRACK, body, inks.danger, 1.75)
  strokeShares(scene, TWIG, body, inks.danger, 1.25)
  pen.lineJoin = 'round'
}

function strokeShares(
  scene: Scene,
  shares: readonly number[],
  body: Box,
  colour: string,
  width: number,
): void {
  const { pen } = scene
  pen.beginPath()
  for (let i = 0; i < shares.length; i += 2) {
    const x = body.x + (shares[i] ?? 0) * body.width
    const y = body.y + (shares[i + 1] ?? 0) * body.height
    if (i === 0) pen.moveTo(x, y)
    else pen.lineTo(x, y)
  }
  pen.strokeStyle = colour
  pen.lineWidth = width
  pen.stroke()
}
