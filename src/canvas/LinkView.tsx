/** A link on the canvas: drawn along the curve that the message layer travels, and wide enough to be hit. */
import type { EdgeProps } from '@xyflow/react'
import { memo } from 'react'
import type { FlowEdge } from './graph.ts'
import { useKeyTrial } from './keyTrial.ts'
import { LinkShape, linkPath } from './LinkShape.tsx'
import styles from './LinkView.module.css'
import { StepsOn } from './StepsAt.tsx'

function LinkViewPlain({ data }: EdgeProps<FlowEdge>) {
  const trial = useKeyTrial((state) =>
    state.trial?.exchange === data?.doc.from ? state.trial : null,
  )
  if (!data) return null
  const tried = trial === null ? undefined : trial.links.has(data.doc.id) ? 'matches' : 'misses'
  return (
    <g className={tried && styles[tried]} data-tried={tried}>
      <path d={linkPath(data.curve)} className={styles.target} />
      <LinkShape curve={data.curve} label={data.label} stack={data.stack} />
      <StepsOn link={data.doc.id} curve={data.curve} />
    </g>
  )
}

export const LinkView = memo(LinkViewPlain, (before, now) => {
  return before.data === now.data && before.selected === now.selected
})
