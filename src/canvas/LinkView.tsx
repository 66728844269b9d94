/** A link on the canvas: drawn along the curve that the message layer travels, and wide enough to be hit. */
import type { EdgeProps } from '@xyflow/react'
import { memo } from 'react'
import type { FlowEdge } from './graph.ts'
import { LinkShape, linkPath } from './LinkShape.tsx'
import styles from './LinkView.module.css'
import { StepsOn } from './StepsAt.tsx'
import { keyOf } from './words.ts'

function LinkViewPlain({ data }: EdgeProps<FlowEdge>) {
  if (!data) return null
  return (
    <>
      <path d={linkPath(data.curve)} className={styles.target} />
      <LinkShape curve={data.curve} label={keyOf(data.doc)} />
      <StepsOn link={data.doc.id} curve={data.curve} />
    </>
  )
}

export const LinkView = memo(LinkViewPlain, (before, now) => {
  return before.data === now.data && before.selected === now.selected
})
