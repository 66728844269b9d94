/** A link: a thin quiet line with its key on it. Its curve is the one that the message layer travels. */
import { BaseEdge, type EdgeProps } from '@xyflow/react'
import { memo } from 'react'
import { curveBetween } from '../scenario/shapes.ts'
import type { FlowEdge } from './graph.ts'
import styles from './LinkView.module.css'
import { keyOf } from './words.ts'

function LinkViewPlain(props: EdgeProps<FlowEdge>) {
  const { sourceX: x1, sourceY: y1, targetX: x2, targetY: y2, data } = props
  const [, , c1x, c1y, c2x, c2y] = curveBetween(x1, y1, x2, y2)
  const path = `M${x1} ${y1}C${c1x} ${c1y} ${c2x} ${c2y} ${x2} ${y2}`
  const key = data ? keyOf(data.doc) : ''
  return (
    <>
      <BaseEdge id={props.id} path={path} className={styles.line} interactionWidth={24} />
      <path d={`M${x2 - 8} ${y2 - 5}L${x2 - 1} ${y2}L${x2 - 8} ${y2 + 5}`} className={styles.tip} />
      {key !== '' && (
        <text x={(x1 + x2) / 2} y={(y1 + y2) / 2 - 13} className={styles.key}>
          {key}
        </text>
      )}
    </>
  )
}

export const LinkView = memo(LinkViewPlain)
