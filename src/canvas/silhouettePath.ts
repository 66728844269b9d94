/** Polygons as SVG paths with rounded corners, small enough to be read at any zoom. */

/** A closed path through the points (x and y in turn), each corner rounded by at most `radius`. */
export function roundedPath(points: readonly number[], radius: number): string {
  const corners = points.length / 2
  const at = (i: number) => {
    const index = ((i + corners) % corners) * 2
    return { x: points[index] ?? 0, y: points[index + 1] ?? 0 }
  }
  const parts: string[] = []
  for (let i = 0; i < corners; i++) {
    const [before, corner, after] = [at(i - 1), at(i), at(i + 1)]
    const start = towards(corner, before, radius)
    const end = towards(corner, after, radius)
    parts.push(`${i === 0 ? 'M' : 'L'}${text(start)}Q${text(corner)} ${text(end)}`)
  }
  return `${parts.join('')}Z`
}

type Point = { x: number; y: number }

/** From `a` towards `b` by `reach`, but never past the middle. */
function towards(a: Point, b: Point, reach: number): Point {
  const length = Math.hypot(b.x - a.x, b.y - a.y)
  const share = length === 0 ? 0 : Math.min(reach / length, 0.5)
  return { x: a.x + share * (b.x - a.x), y: a.y + share * (b.y - a.y) }
}

function text({ x, y }: Point): string {
  return `${Math.round(x * 100) / 100} ${Math.round(y * 100) / 100}`
}
