/**
 * The fold in the place of the canvas: the stream with the state after each event, the tables beside it, and
 * questions about them; a fold of one's own; and the article's Python.
 */
import { lazy, Suspense, useEffect } from 'react'
import { useStore } from 'zustand'
import { useVerbs } from '../session/react.tsx'
import { Button } from '../ui/Button.tsx'
import { ErrorSentence } from '../ui/ErrorSentence.tsx'
import { narrowScreen, useMediaQuery } from '../ui/mediaQuery.ts'
import { Segmented } from '../ui/Segmented.tsx'
import { Decisions } from './Decisions.tsx'
import { FileBar } from './FileBar.tsx'
import { FilePosition } from './FilePosition.tsx'
import styles from './FoldView.module.css'
import { Picked } from './Picked.tsx'
import { Questions } from './Questions.tsx'
import { type FoldRoom, foldRoomOf } from './room.ts'
import { StateNow } from './StateNow.tsx'
import { Strip } from './Strip.tsx'
import { Tables } from './Tables.tsx'
import { usePlace } from './usePlace.ts'

const OwnFoldPanel = lazy(() =>
  import('./edit/OwnFold.tsx').then((module) => ({ default: module.OwnFoldPanel })),
)
const Python = lazy(() => import('./python/Python.tsx'))

const TABS = [
  { value: 'read', label: 'History' },
  { value: 'write', label: 'Your fold' },
  { value: 'python', label: 'Python' },
] as const
const TAB_PX = 28

type Tab = (typeof TABS)[number]['value']

interface FoldViewProps {
  inset: { left: number; right: number; top: number }
  parameter: string | null
  onParameter: (parameter: string) => void
}

export default function FoldView({ inset, parameter, onParameter }: FoldViewProps) {
  const room = foldRoomOf(useVerbs())
  const tab: Tab = TABS.find(({ value }) => value === parameter)?.value ?? 'read'
  // A panel that is collapsed leaves its tab at the edge.
  const edge = useMediaQuery(narrowScreen) ? 0 : TAB_PX
  useEffect(() => room.follow(), [room])
  useEffect(() => {
    // What is being folded goes on.
    if (!room.store.getState().isFolding) void room.foldOwn()
  }, [room])
  return (
    <div
      className={styles.scroll}
      style={{ padding: `${inset.top}px ${inset.right || edge}px 0 ${inset.left || edge}px` }}
    >
      <div className={styles.view}>
        <header className={styles.top}>
          <h2 className={styles.title}>Fold</h2>
          <Segmented
            hideLabel
            label="What is shown"
            size="small"
            value={tab}
            options={TABS}
            onChange={onParameter}
          />
          {tab !== 'python' && <FileBar room={room} />}
        </header>
        {tab === 'python' ? (
          <Suspense fallback={null}>
            <Python />
          </Suspense>
        ) : (
          <History room={room} writes={tab === 'write'} onWrite={() => onParameter('write')} />
        )}
      </div>
    </div>
  )
}

interface HistoryProps {
  room: FoldRoom
  writes: boolean
  onWrite: () => void
}

function History({ room, writes, onWrite }: HistoryProps) {
  const place = usePlace(room)
  const isUnapproved = useStore(room.store, (state) => state.own.is === 'unapproved')
  const problem = useStore(room.store, (state) => state.problem)
  const notice = useStore(room.store, (state) => state.notice)
  const picked = useStore(room.store, (state) => state.picked)
  return (
    <>
      {problem !== null && (
        <div className={styles.notice}>
          <ErrorSentence>{problem}</ErrorSentence>
        </div>
      )}
      {!writes && isUnapproved && (
        <p className={styles.waiting}>
          This scenario carries a fold of its own, which is not run.
          <Button size="small" onClick={onWrite}>
            Look at it
          </Button>
        </p>
      )}
      {place.log === 'decided' && (
        <p className={styles.waiting}>
          This is not what happened: it is what your decider makes of the same commands.
          <Button size="small" onClick={() => room.showLog('run')}>
            Back to what happened
          </Button>
        </p>
      )}
      {place.log === 'file' && notice !== '' && (
        <p role="status" className={styles.waiting}>
          {notice}
        </p>
      )}
      {place.log === 'file' && <FilePosition room={room} place={place} />}
      <Strip
        room={room}
        place={place}
        picked={picked}
        onPick={(position) => room.store.setState({ picked: position })}
      />
      <div className={styles.columns} data-writes={writes}>
        {writes && (
          <div className={styles.column}>
            <Suspense fallback={null}>
              <OwnFoldPanel room={room} />
            </Suspense>
          </div>
        )}
        <div className={styles.column}>
          <StateNow room={room} place={place} />
          {writes && <Decisions room={room} place={place} />}
          {writes && <Tables room={room} place={place} />}
          {!writes && <Questions room={room} place={place} />}
        </div>
        {!writes && (
          <div className={styles.column}>
            <Tables room={room} place={place} />
            <Picked room={room} />
          </div>
        )}
      </div>
    </>
  )
}
