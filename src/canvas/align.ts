/** Keeps links straight: a node that is dragged to about the height of a linked neighbour is put level with it. */
import type { LinkDoc, Position } from '../scenario/document.ts'
import { type Box, handlePoint } from '../scenario/shapes.ts'

const REACH = 8

export function alignWithNeighbours(
  box: Box & { id: string },
  others: readonly (Box & { id: string })[],
  links: readonly Pick<LinkDoc, 'from' | 'to'>[],
): Position {
  const own = box.y + handlePoint(box, 'in').y
  let y = box.y
  let least = REACH
  for (const other of others) {
    const linked = links.some(
      (link) =>
        (link.from === box.id && link.to === other.id) ||
        (link.to === box.id && link.from === other.id),
    )
    if (!linked) continue
    const gap = other.y + handlePoint(other, 'in').y - own
    if (Math.abs(gap) > least) continue
    least = Math.abs(gap)
    y = box.y + gap
  }
  return { x: Math.round(box.x), y: Math.round(y) }
}
