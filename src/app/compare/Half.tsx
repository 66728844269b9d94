/** One of the two runs: its name and its canvas, which is only looked at. */
import type { ReactNode } from 'react'
import { Canvas } from '../../canvas/Canvas.tsx'
import { type LiveSession, SessionProvider } from '../../session/react.tsx'
import { useLook } from '../useLook.ts'
import styles from './Compare.module.css'

export function Half(props: { session: LiveSession | null; label: string; children: ReactNode }) {
  const { session, label, children } = props
  return (
    <section className={styles.half} aria-label={label}>
      <header className={styles.head}>{children}</header>
      <div className={styles.canvas}>
        {session && (
          <SessionProvider session={session}>
            <Drawing session={session} label={label} />
          </SessionProvider>
        )}
      </div>
    </section>
  )
}

function Drawing({ session, label }: { session: LiveSession; label: string }) {
  useLook(session)
  return <Canvas readOnly actless label={label} />
}
