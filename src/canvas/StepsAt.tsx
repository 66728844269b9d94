/** Marks of a chain that is explained: the numbers of the steps that happened at a node or on a link. */
import { useSession } from '../session/react.tsx'
import styles from './StepsAt.module.css'

/** Numbers that fit at a node, and on a short link; the panel has them all. */
const SHOWN_AT_NODE = 4
const SHOWN_ON_LINK = 2

/** The numbers at a place as text, '' if the chain does not touch it. Renders only when that changes. */
export function useStepsAt(place: string, most = SHOWN_AT_NODE): string {
  return useSession(({ path }) => {
    const steps = path.find((mark) => mark.place === place)?.steps ?? []
    const text = steps.slice(0, most).join(' · ')
    return steps.length > most ? `${text} …` : text
  })
}

/** Beside a node's name. */
export function StepsAt({ node }: { node: string }) {
  const steps = useStepsAt(node)
  if (steps === '') return null
  return (
    <>
      <span className={styles.frame} aria-hidden="true" />
      <span className={styles.steps}>
        <span className="visually-hidden">Steps of the explanation: </span>
        {steps}
      </span>
    </>
  )
}

/** On the middle of a link. */
export function StepsOn({ link, curve }: { link: string; curve: readonly number[] }) {
  const steps = useStepsAt(link, SHOWN_ON_LINK)
  if (steps === '') return null
  const [x1 = 0, y1 = 0, ax = 0, ay = 0, bx = 0, by = 0, x2 = 0, y2 = 0] = curve
  const x = (x1 + 3 * ax + 3 * bx + x2) / 8
  const y = (y1 + 3 * ay + 3 * by + y2) / 8
  const width = 12 + steps.length * 6.2
  return (
    <g className={styles.on} data-steps>
      <rect x={x - width / 2} y={y - 9} width={width} height={18} rx={9} className={styles.plate} />
      <text x={x} y={y + 4} className={styles.text}>
        {steps}
      </text>
    </g>
  )
}
