/** A tidy drawing of any scenario: its nodes in layers along the flow, the layers in columns. */
import { arrangeColumns, type Drawing } from './arrangeColumns.ts'
import type { NodeDoc, Position } from './document.ts'
import type { Size } from './shapes.ts'

/** Where each node should stand, so that the whole is as large as it can be in `space`. */
export function arrange(drawing: Drawing, space: Size): Map<string, Position> {
  return arrangeColumns(inLayers(drawing), drawing, space)
}

/** Nodes by how many links lead to them at most; what goes round in a circle counts once. */
function inLayers(drawing: Drawing): NodeDoc[][] {
  const depth = new Map<string, number>()
  const visiting = new Set<string>()
  const depthOf = (id: string): number => {
    const known = depth.get(id)
    if (known !== undefined) return known
    if (visiting.has(id)) return -1
    visiting.add(id)
    const before = drawing.links.filter((link) => link.to === id)
    const own = Math.max(-1, ...before.map((link) => depthOf(link.from))) + 1
    visiting.delete(id)
    depth.set(id, own)
    return own
  }
  const layers: NodeDoc[][] = []
  for (const node of drawing.nodes) {
    const at = depthOf(node.id)
    layers[at] = [...(layers[at] ?? []), node]
  }
  const filled = layers.filter((layer) => layer !== undefined)
  for (const [i, layer] of filled.entries()) sortByNeighbours(layer, filled[i - 1] ?? [], drawing)
  return filled
}

/** Links cross less when a layer has the order of the layer before it. */
function sortByNeighbours(layer: NodeDoc[], before: readonly NodeDoc[], drawing: Drawing): void {
  const place = new Map(before.map((node, i) => [node.id, i]))
  const weight = new Map(
    layer.map((node) => {
      const places = drawing.links
        .filter((link) => link.to === node.id && place.has(link.from))
        .map((link) => place.get(link.from) ?? 0)
      const sum = places.reduce((total, at) => total + at, 0)
      return [node.id, places.length === 0 ? 0 : sum / places.length]
    }),
  )
  layer.sort((a, b) => (weight.get(a.id) ?? 0) - (weight.get(b.id) ?? 0))
}
