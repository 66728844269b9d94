/** Arrow keys follow links first, and else the place of nodes. */
import { describe, expect, it } from 'vitest'
import { alignWithNeighbours } from './align.ts'
import { neighbour } from './neighbours.ts'

const at = (id: string, x: number, y: number) => ({ id, x, y, width: 100, height: 60 })
const nodes = [at('shop', 0, 100), at('queue', 200, 100), at('one', 400, 0), at('two', 400, 200)]
const links = [
  { from: 'shop', to: 'queue' },
  { from: 'queue', to: 'one' },
  { from: 'queue', to: 'two' },
]

describe('walking by arrow keys', () => {
  it('given a link out, then right follows it, and left comes back', () => {
    expect(neighbour(nodes, links, 'shop', 'right')).toBe('queue')
    expect(neighbour(nodes, links, 'queue', 'left')).toBe('shop')
    expect(neighbour(nodes, links, 'two', 'left')).toBe('queue')
  })

  it('given several links out, then right takes the nearest', () => {
    const near = nodes.map((node) => (node.id === 'two' ? { ...node, y: 120 } : node))
    expect(neighbour(near, links, 'queue', 'right')).toBe('two')
  })

  it('given nodes in a column, then up and down walk along it', () => {
    expect(neighbour(nodes, links, 'one', 'down')).toBe('two')
    expect(neighbour(nodes, links, 'two', 'up')).toBe('one')
  })

  it('given no links, then the place decides, and at the edge there is none', () => {
    expect(neighbour(nodes, [], 'shop', 'right')).toBe('queue')
    expect(neighbour(nodes, [], 'shop', 'left')).toBeNull()
    expect(neighbour(nodes, [], 'nobody', 'left')).toBeNull()
  })
})

describe('letting go of a node', () => {
  it('given about the height of a linked neighbour, then it is put level with it', () => {
    const { y } = alignWithNeighbours({ ...at('queue', 200, 106.4) }, nodes, links)
    expect(y).toBe(100)
  })

  it('given another height, or no link, then it stays where it was put', () => {
    expect(alignWithNeighbours(at('queue', 200.4, 121), nodes, links)).toEqual({ x: 200, y: 121 })
    expect(alignWithNeighbours(at('queue', 200, 106), nodes, []).y).toBe(106)
  })
})
