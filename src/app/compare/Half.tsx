/** One of the two runs: its name and its canvas, on which one can act, but not draw. */
import type { ReactNode } from 'react'
import { Canvas } from '../../canvas/Canvas.tsx'
import { type LiveSession, SessionProvider } from '../../session/react.tsx'
import { useLook } from '../useLook.ts'
import styles from './Compare.module.css'

interface HalfProps {
  session: LiveSession | null
  label: string
  /** What ran before the last change is only looked at, and where the person is not, no acts are in the way. */
  actless: boolean
  /** The person is here, with the pointer or the keyboard. */
  onVisit: () => void
  children: ReactNode
}

export function Half({ session, label, actless, onVisit, children }: HalfProps) {
  return (
    <section className={styles.half} aria-label={label} onPointerEnter={onVisit} onFocus={onVisit}>
      <header className={styles.head}>{children}</header>
      <div className={styles.canvas}>
        {session && (
          <SessionProvider session={session}>
            <Drawing session={session} label={label} actless={actless} />
          </SessionProvider>
        )}
      </div>
    </section>
  )
}

function Drawing(props: { session: LiveSession; label: string; actless: boolean }) {
  const { session, label, actless } = props
  useLook(session)
  return <Canvas readOnly small actless={actless} label={label} />
}
