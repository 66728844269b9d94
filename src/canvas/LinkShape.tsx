/** How a link looks: a thin quiet line with an arrowhead, and its key beside it. */
import styles from './LinkView.module.css'

export function LinkShape(props: { curve: readonly number[]; label: string; stack?: number }) {
  const { curve, label, stack = 0 } = props
  const [x1 = 0, y1 = 0, , , x3 = 0, y3 = 0, x2 = 0, y2 = 0] = curve
  const level = y3 === y2
  // A key too long for its link stands a line further off, clear of the node that the link comes from.
  const lines = stack + (level && label.length * CHARACTER > Math.abs(x2 - x1) ? 1 : 0)
  const at = level ? placeOnLevel(x1, y1, x2, y2, lines) : besideMiddle(x1, y1, x2, y2, stack)
  return (
    <>
      <path d={linkPath(curve)} className={styles.line} />
      <path d={level ? tipLevel(x3, x2, y2) : tipUpright(y3, x2, y2)} className={styles.tip} />
      {label !== '' && (
        <text x={at.x} y={at.y} className={at.ends ? styles.keyBeside : styles.key}>
          {label}
        </text>
      )}
    </>
  )
}

/** How far from level a link is whose key stands at its end. */
const SLOPE = 24
const LINE = 15
/** Width of a character of a key. */
const CHARACTER = 6.3

/**
 * In the middle of a straight link; of one that rises or falls where it comes in, on the side that the curve
 * does not come from: there is no name of a node in the way.
 */
function placeOnLevel(x1: number, y1: number, x2: number, y2: number, stack: number) {
  if (Math.abs(y2 - y1) < SLOPE || x2 < x1) {
    return { x: (x1 + x2) / 2, y: (y1 + y2) / 2 - LINE - LINE * stack, ends: false }
  }
  const y = y1 > y2 ? y2 - 7 - LINE * stack : y2 + LINE + 2 + LINE * stack
  return { x: x2 - 12, y, ends: true }
}

function besideMiddle(x1: number, y1: number, x2: number, y2: number, stack: number) {
  return { x: (x1 + x2) / 2 - 14, y: (y1 + y2) / 2 + 4 - LINE * stack, ends: true }
}

/** The whole curve as an SVG path. */
export function linkPath([x1, y1, ax, ay, bx, by, x2, y2]: readonly number[]): string {
  return `M${x1} ${y1}C${ax} ${ay} ${bx} ${by} ${x2} ${y2}`
}

function tipLevel(from: number, x: number, y: number): string {
  const back = from <= x ? -1 : 1
  return `M${x + 8 * back} ${y - 5}L${x + back} ${y}L${x + 8 * back} ${y + 5}`
}

function tipUpright(from: number, x: number, y: number): string {
  const back = from <= y ? -1 : 1
  return `M${x - 5} ${y + 8 * back}L${x} ${y + back}L${x + 5} ${y + 8 * back}`
}
