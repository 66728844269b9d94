/**
 * A run inside somebody else's page: the drawing and a slim transport, nothing else. The drawing that can
 * be touched is loaded when somebody comes near; until then the same picture stands in its place.
 */
import { type ReactNode, Suspense, useEffect, useRef, useState } from 'react'
import { useSession } from '../session/react.tsx'
import styles from './Figure.module.css'
import { useResting } from './useResting.ts'

export interface FigureProps {
  autoplay: boolean
  /** The picture, from the first moment on. */
  picture: ReactNode
  /** The same, to be touched. */
  canvas: ReactNode
  timeline: ReactNode
  /** The way to the whole product. */
  wayOut: ReactNode
}

export function Figure({ autoplay, picture, canvas, timeline, wayOut }: FigureProps) {
  const figure = useRef<HTMLElement>(null)
  const scenario = useSession((state) => state.scenario)
  const broken = useSession((state) => state.broken)
  const near = useNearness(figure)
  useResting(figure, autoplay)
  useEffect(() => {
    document.title = scenario.title
  }, [scenario.title])
  if (broken !== null) return <FigureSentence>This figure broke: {broken}</FigureSentence>
  const still = (
    <div
      role="img"
      aria-label={`${scenario.title}. ${scenario.about ?? ''}`}
      className={styles.still}
    >
      {picture}
    </div>
  )
  return (
    <main ref={figure} className={styles.figure}>
      <h1 className="visually-hidden">{scenario.title}</h1>
      <div className={styles.stage}>
        {near ? <Suspense fallback={still}>{canvas}</Suspense> : still}
      </div>
      <footer className={styles.bar}>
        <div className={styles.timeline}>{timeline}</div>
        {wayOut}
      </footer>
    </main>
  )
}

/** Instead of a figure that cannot be shown. */
export function FigureSentence({ children }: { children: ReactNode }) {
  return (
    <main className={styles.sentence}>
      <p role="alert">{children}</p>
    </main>
  )
}

/** Whether a pointer or the focus has ever come to the figure. */
function useNearness(figure: React.RefObject<HTMLElement | null>): boolean {
  const [near, setNear] = useState(false)
  useEffect(() => {
    const element = figure.current
    if (!element || near) return
    const come = () => setNear(true)
    const signs = ['pointerenter', 'pointerdown', 'focusin'] as const
    for (const sign of signs) element.addEventListener(sign, come)
    return () => {
      for (const sign of signs) element.removeEventListener(sign, come)
    }
  }, [figure, near])
  return near
}
