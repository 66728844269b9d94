/**
 * The canvas of what lies on the desk, or the view that takes its place. The canvas stays where it is
 * behind another view, so that its camera and what is half done there are found again.
 */
import { type ComponentType, lazy, Suspense, useEffect, useMemo, useRef } from 'react'
import { useStore } from 'zustand'
import { Canvas } from '../../canvas/Canvas.tsx'
import type { Inset } from '../../canvas/fit.ts'
import { classes } from '../../ui/classes.ts'
import { narrowScreen } from '../../ui/mediaQuery.ts'
import { desk } from '../desk.ts'
import styles from './Stage.module.css'
import { stageView } from './stageView.ts'
import { STAGE_VIEWS, type StageProps, stageNames } from './stageViews.ts'

/** Each view's component, once: a second `lazy` of the same view would load and mount it anew. */
const components = new Map<string, ComponentType<StageProps>>(
  stageNames.flatMap((name) => {
    const entry = STAGE_VIEWS[name]
    return entry ? [[name, lazy(entry.load)] as const] : []
  }),
)

export function Stage({ inset }: { inset: Inset }) {
  const here = desk()
  const opening = useStore(here.store, (state) => state.opening)
  const { view } = useStore(stageView)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the view belongs to what was opened
  const start = useMemo(() => startView(), [opening])
  const isBehind = components.has(view)
  useEffect(() => here.noteCovered(inset))
  return (
    <>
      <div className={classes(styles.canvas, isBehind && styles.behind)} inert={isBehind}>
        <Canvas
          key={opening}
          inset={inset}
          start={start}
          onMoved={here.noteMoved}
          hidden={isBehind}
        />
      </div>
      {isBehind && <Other key={`${opening} ${view}`} inset={inset} />}
    </>
  )
}

/** The view in front of the canvas. It takes the focus, unless the header has it, and gives it back. */
function Other({ inset }: { inset: Inset }) {
  const { view, parameter } = useStore(stageView)
  const region = useRef<HTMLElement>(null)
  useEffect(() => {
    const before = document.activeElement
    if (!before?.closest('header')) region.current?.focus({ preventScroll: true })
    return () => {
      const lost = document.activeElement === document.body
      if (lost && before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [])
  const Component = components.get(view)
  const label = view === 'canvas' ? '' : STAGE_VIEWS[view]?.label
  if (!Component) return null
  return (
    <section ref={region} className={styles.other} aria-label={label} tabIndex={-1}>
      <Suspense fallback={null}>
        <Component inset={inset} parameter={parameter} onParameter={keepParameter} />
      </Suspense>
    </section>
  )
}

const keepParameter = (parameter: string) => stageView.setState({ parameter })

/** A view made on a large screen shows little on a phone: there the whole drawing is fitted. */
function startView() {
  return matchMedia(narrowScreen).matches ? null : desk().store.getState().view
}
