/**
 * Who got which message, how often, after how long, and why not: message × subscriber at the playhead. It stands in
 * the place of the canvas.
 */
import { useEffect, useState } from 'react'
import { RECEIVING_KINDS } from '../../scenario/kinds.ts'
import { useSession, useVerbs } from '../../session/react.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { MatrixIcon } from '../../ui/icons.ts'
import type { StageProps } from '../run/stageViews.ts'
import { type Answer, type Asked, Deliveries } from './Deliveries.tsx'
import styles from './Matrix.module.css'

/** Rows that are listed at first, and with each wish for more, up to so many cells. */
const ROWS = 120
const CELLS_MAX = 12_000

export default function Matrix({ inset }: StageProps) {
  const has = useSession(({ scenario }) =>
    scenario.nodes.some(({ kind }) => RECEIVING_KINDS.has(kind)),
  )
  const [asked, setAsked] = useState<Asked>(FIRST)
  const answer = useMatrix(asked)
  return (
    <div
      className={styles.view}
      style={{ paddingInline: `${inset.left}px ${inset.right}px`, paddingTop: inset.top }}
    >
      {!has ? (
        <div className={styles.empty}>
          <EmptyState icon={MatrixIcon} title="No subscribers here">
            Open a run of pub/sub, or add a server and subscribers: each of them gets a column.
          </EmptyState>
        </div>
      ) : answer === null ? null : answer.rows.length === 0 ? (
        <div className={styles.empty}>
          <EmptyState icon={MatrixIcon} title="Nothing is published yet">
            Let the run go on: each message gets a row.
          </EmptyState>
        </div>
      ) : (
        <Deliveries answer={answer} asked={asked} ask={setAsked} mayGrow={mayGrow(answer)} />
      )}
    </div>
  )
}

const FIRST: Asked = { most: ROWS, order: { by: 'latest', node: null } }

/** How many rows more there are to show; none where the table would get too heavy. */
function mayGrow({ rows, rowCount, columns }: Answer): number {
  const room = Math.floor(CELLS_MAX / Math.max(1, columns.length)) - rows.length
  return Math.max(0, Math.min(ROWS, rowCount - rows.length, room))
}

/** The answer for the moment of the frame, which changes at most four times a second. */
function useMatrix({ most, order }: Asked): Answer | null {
  const session = useVerbs()
  const factIndex = useSession(({ frame }) => frame?.factIndex ?? null)
  const [answer, setAnswer] = useState<Answer | null>(null)
  useEffect(() => {
    if (factIndex === null) return
    let isLatest = true
    session.ask('matrix', { factIndex, most, order }).then(
      (next) => isLatest && setAnswer(next),
      () => undefined,
    )
    return () => {
      isLatest = false
    }
  }, [session, factIndex, most, order])
  return answer
}
