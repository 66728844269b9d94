/**
 * The message layer: paints a frame onto a 2D context. What it paints is a function of (frame, looks,
 * geometry, view, look) alone; nothing is remembered from one painting to the next but scratch memory and
 * tables made from the geometry. It also answers what lies under a point of what it last painted.
 */
import type { FlightColumns } from '../../history/flightColumns.ts'
import type { Frame } from '../../history/frame.ts'
import type { Geometry, Look, View } from '../protocol.ts'
import { tokenScale } from './density.ts'
import { createDrawnList, type DrawnToken } from './drawn.ts'
import { createFlightLayer } from './flights.ts'
import { readInks } from './inks.ts'
import { drawLinks } from './links.ts'
import { drawNode } from './nodes/node.ts'
import type { Pen } from './pen.ts'
import { type Ground, layGround } from './roads.ts'
import type { Hues, Looks, Scene } from './scene.ts'
import { drawVanished } from './vanished.ts'

/** What is under way, as columns, where an object for each would cost too much; the frame has no flights then. */
export interface Multitude {
  flights: FlightColumns
  hues: Hues
}

export interface Painter {
  /** Paints everything anew. The canvas must be `view.width × view.height` at `view.pixelRatio`. */
  paint(
    pen: Pen,
    frame: Frame,
    looks: Looks,
    geometry: Geometry,
    view: View,
    look: Look,
    multitude?: Multitude,
  ): void
  /** The message or node under a point in flow coordinates, in what was last painted. */
  hit(x: number, y: number, radius: number): { message: number; node: string } | null
  /** Every message that was drawn, where and how: what tests compare instead of pixels. */
  tokenList(): DrawnToken[]
  /** The fact up to which it was last painted, -1 if it never was. */
  readonly factIndex: number
}

/** Below this zoom only shapes and large numbers are drawn inside nodes. */
const FAR_ZOOM = 0.5

export function createPainter(): Painter {
  const drawn = createDrawnList()
  const drawFlights = createFlightLayer()
  let geometrySeen: Geometry | null = null
  let ground: Ground = { nodes: [], roads: [], boxOf: new Map(), curveOf: new Map() }
  let nodeIds: string[] = []
  let factIndex = -1

  return {
    paint: (pen, frame, looks, geometry, view, look, multitude) => {
      if (geometry !== geometrySeen) ground = layGround(geometry, ground)
      geometrySeen = geometry
      nodeIds = frame.nodes.map((node) => node.id)
      factIndex = frame.factIndex
      drawn.clear()
      const { zoom, pixelRatio } = view
      pen.setTransform(1, 0, 0, 1, 0, 0)
      pen.globalAlpha = 1
      pen.clearRect(0, 0, view.width * pixelRatio, view.height * pixelRatio)
      const scale = zoom * pixelRatio
      pen.setTransform(scale, 0, 0, scale, view.x * pixelRatio, view.y * pixelRatio)
      const scene: Scene = {
        pen,
        inks: readInks(look.palette),
        frame,
        looks,
        hues: multitude?.hues ?? { of: (message) => looks.get(message)?.hue ?? 0 },
        look,
        view,
        zoom,
        far: zoom * (look.large ? 1.3 : 1) < FAR_ZOOM,
        scale: tokenScale(zoom, look.large),
        drawn,
        node: -1,
      }
      drawLinks(scene, ground)
      frame.nodes.forEach((state, i) => {
        const box = ground.boxOf.get(state.id)
        if (!box || !onScreen(box, view)) return
        scene.node = i
        drawNode(scene, state, box)
      })
      scene.node = -1
      drawVanished(scene, ground, frame.vanished)
      drawFlights(scene, ground, multitude?.flights ?? null)
    },
    hit: (x, y, radius) => {
      const token = drawn.nearest(x, y, radius)
      if (token) return { message: token.message, node: nodeIds[token.node] ?? '' }
      for (const [id, box] of ground.boxOf) {
        const inside = x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height
        if (inside) return { message: -1, node: id }
      }
      return null
    },
    tokenList: () => drawn.list(),
    get factIndex() {
      return factIndex
    },
  }
}

function onScreen(
  box: { x: number; y: number; width: number; height: number },
  view: View,
): boolean {
  const [left, top] = [box.x * view.zoom + view.x, box.y * view.zoom + view.y]
  const margin = 24
  return (
    left < view.width + margin &&
    top < view.height + margin &&
    left + box.width * view.zoom > -margin &&
    top + box.height * view.zoom > -margin
  )
}
