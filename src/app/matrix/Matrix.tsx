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
import { type Answer, Deliveries } from './Deliveries.tsx'
import styles from './Matrix.module.css'

/** Rows that are listed: the latest. */
const ROWS = 120

export default function Matrix({ inset }: StageProps) {
  const has = useSession(({ scenario }) =>
    scenario.nodes.some(({ kind }) => RECEIVING_KINDS.has(kind)),
  )
  const answer = useMatrix()
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
      ) : answer === null || answer.rows.length === 0 ? (
        <div className={styles.empty}>
          <EmptyState icon={MatrixIcon} title="Nothing is published yet">
            Let the run go on: each message gets a row.
          </EmptyState>
        </div>
      ) : (
        <Deliveries answer={answer} />
      )}
    </div>
  )
}

/** The answer for the moment of the frame, which changes at most four times a second. */
function useMatrix(): Answer | null {
  const session = useVerbs()
  const factIndex = useSession(({ frame }) => frame?.factIndex ?? 0)
  const [answer, setAnswer] = useState<Answer | null>(null)
  useEffect(() => {
    let isLatest = true
    session.ask('matrix', { factIndex, most: ROWS }).then(
      (next) => isLatest && setAnswer(next),
      () => undefined,
    )
    return () => {
      isLatest = false
    }
  }, [session, factIndex])
  return answer
}
