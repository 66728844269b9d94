/** A pattern alive in a small frame: a session of its own that runs while it is seen and rests when it is not. */
import { type RefObject, useEffect, useImperativeHandle, useRef, useState } from 'react'
import { Miniature as Drawing } from '../../canvas/Miniature.tsx'
import { useInView } from '../../embed/useInView.ts'
import type { Example } from '../../scenario/examples/example.ts'
import { createSession } from '../../session/create.ts'
import { SessionProvider } from '../../session/react.tsx'
import type { View } from '../../session/session.ts'
import type { Handover } from '../handover.ts'
import { useLook, wantsStillness } from '../useLook.ts'
import styles from './Plate.module.css'

/** What the frame can say of itself at the moment in which it is opened. */
export interface MiniatureHandle {
  handover(): Handover | null
}

interface MiniatureProps {
  example: Example
  /** Whether it may run at all. */
  running: boolean
  restUs: number
  handle: RefObject<MiniatureHandle | null>
}

export function Miniature({ example, running, restUs, handle }: MiniatureProps) {
  const frame = useRef<HTMLDivElement>(null)
  const view = useRef<View | null>(null)
  const { id: exampleId, scenario } = example
  const [session] = useState(() => createSession({ scenario, exampleId, loop: true }))
  useEffect(() => () => session.close(), [session])
  useLook(session)
  useEffect(
    () =>
      session.onView((drawn) => {
        view.current = drawn
      }),
    [session],
  )
  useEffect(() => {
    if (wantsStillness()) session.seek({ atUs: restUs })
  }, [session, restUs])
  const seen = useInView(frame)
  useEffect(() => {
    if (running && seen) session.play()
    else session.pause()
  }, [session, running, seen])
  useImperativeHandle(handle, () => ({
    handover: () => {
      const box = frame.current?.getBoundingClientRect()
      if (!box || !view.current || view.current.width === 0) return null
      return { exampleId, timeUs: session.playhead().timeUs, box, view: view.current }
    },
  }))
  return (
    <div ref={frame} className={styles.frame}>
      <SessionProvider session={session}>
        <Drawing />
      </SessionProvider>
    </div>
  )
}
