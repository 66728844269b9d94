/** Where the arrow keys lead from a node: along its links first, else to what stands next to it. */
import type { LinkDoc } from '../scenario/document.ts'
import type { Box } from '../scenario/shapes.ts'

export type Direction = 'left' | 'right' | 'up' | 'down'

export type Placed = Box & { id: string }

/** The node to go to, or null if there is none that way. */
export function neighbour(
  nodes: readonly Placed[],
  links: readonly Pick<LinkDoc, 'from' | 'to'>[],
  id: string,
  direction: Direction,
): string | null {
  const here = nodes.find((node) => node.id === id)
  if (!here) return null
  const linked = nodes.filter(
    (node) =>
      node.id !== id &&
      ((direction === 'right' && links.some((link) => link.from === id && link.to === node.id)) ||
        (direction === 'left' && links.some((link) => link.to === id && link.from === node.id))),
  )
  if (linked.length > 0) return nearest(here, linked, direction)
  return nearest(
    here,
    nodes.filter((node) => node.id !== id && liesTowards(here, node, direction)),
    direction,
  )
}

function centre(box: Box): { x: number; y: number } {
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

function liesTowards(from: Box, to: Box, direction: Direction): boolean {
  const [a, b] = [centre(from), centre(to)]
  const [dx, dy] = [b.x - a.x, b.y - a.y]
  switch (direction) {
    case 'right':
      return dx > 0 && dx >= Math.abs(dy) / 2
    case 'left':
      return dx < 0 && -dx >= Math.abs(dy) / 2
    case 'down':
      return dy > 0 && dy >= Math.abs(dx) / 4
    case 'up':
      return dy < 0 && -dy >= Math.abs(dx) / 4
  }
}

/** What lies aside counts double, so that a row or a column is followed. */
function nearest(from: Box, nodes: readonly Placed[], direction: Direction): string | null {
  const a = centre(from)
  const level = direction === 'left' || direction === 'right'
  let best: string | null = null
  let least = Number.POSITIVE_INFINITY
  for (const node of nodes) {
    const b = centre(node)
    const [dx, dy] = [Math.abs(b.x - a.x), Math.abs(b.y - a.y)]
    const distance = level ? dx + 2 * dy : dy + 2 * dx
    if (distance >= least) continue
    least = distance
    best = node.id
  }
  return best
}
