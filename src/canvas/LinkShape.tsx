/** How a link looks: a thin quiet line with an arrowhead, and its key beside it. */
import styles from './LinkView.module.css'

export function LinkShape(props: { curve: readonly number[]; label: string; stack?: number }) {
  const { curve, label, stack = 0 } = props
  const [x1 = 0, y1 = 0, , , x3 = 0, y3 = 0, x2 = 0, y2 = 0] = curve
  const level = y3 === y2
  const [middleX, middleY] = [(x1 + x2) / 2, (y1 + y2) / 2]
  return (
    <>
      <path d={linkPath(curve)} className={styles.line} />
      <path d={level ? tipLevel(x3, x2, y2) : tipUpright(y3, x2, y2)} className={styles.tip} />
      {label !== '' && (
        <text
          x={level ? middleX : middleX - 14}
          y={(level ? middleY - 13 : middleY + 4) - 13 * stack}
          className={level ? styles.key : styles.keyBeside}
        >
          {label}
        </text>
      )}
    </>
  )
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
