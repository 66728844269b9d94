/** A link on the canvas: drawn along the curve that the message layer travels, and wide enough to be hit. */
import type { EdgeProps } from '@xyflow/react'
import { memo } from 'react'
import { changedFilter } from '../history/changedFilter.ts'
import type { LinkDoc } from '../scenario/document.ts'
import { useSession } from '../session/react.tsx'
import { classes } from '../ui/classes.ts'
import type { FlowEdge } from './graph.ts'
import { type Trial, useKeyTrial } from './keyTrial.ts'
import { LinkShape, linkPath } from './LinkShape.tsx'
import styles from './LinkView.module.css'
import { StepsOn } from './StepsAt.tsx'

function LinkViewPlain({ data }: EdgeProps<FlowEdge>) {
  const tried = useKeyTrial(({ trial }) => (data && trial ? triedOn(data.doc, trial) : undefined))
  const filter = useSession(({ frame }) => (data ? changedFilter(data.doc, frame) : null))
  if (!data) return null
  return (
    <g
      className={classes(tried && styles[tried], filter !== null && styles.changed)}
      data-tried={tried}
    >
      <path d={linkPath(data.curve)} className={styles.target} />
      <LinkShape curve={data.curve} label={filter ?? data.label} stack={data.stack} />
      <StepsOn link={data.doc.id} curve={data.curve} />
    </g>
  )
}

/** Links out of a place match or do not; one into it is of no concern, unless somebody listens by it. */
function triedOn(
  { id, from, to }: LinkDoc,
  { exchange, links }: Trial,
): 'matches' | 'misses' | undefined {
  if (from !== exchange && to !== exchange) return undefined
  if (links.has(id)) return 'matches'
  return from === exchange ? 'misses' : undefined
}

export const LinkView = memo(LinkViewPlain, (before, now) => {
  return before.data === now.data && before.selected === now.selected
})
