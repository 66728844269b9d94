/** The main screen: header, canvas between its panels, timeline; and the presenter's, with nothing but the canvas. */
import { useCallback, useEffect, useRef, useState } from 'react'
import { useStore } from 'zustand'
import type { Inset } from '../../canvas/fit.ts'
import { useSession } from '../../session/react.tsx'
import { Timeline } from '../../timeline/Timeline.tsx'
import { useTimelineKeys } from '../../timeline/useTimelineKeys.ts'
import { narrowScreen, useMediaQuery } from '../../ui/mediaQuery.ts'
import { m } from '../../ui/motion.tsx'
import { desk } from '../desk.ts'
import type { Handover } from '../handover.ts'
import { Dialogs } from './Dialogs.tsx'
import { Dock } from './Dock.tsx'
import { Header } from './Header.tsx'
import { LeftPanel } from './LeftPanel.tsx'
import { Notice } from './Notice.tsx'
import { PresenterBar } from './PresenterBar.tsx'
import { createPanels } from './panels.ts'
import { RightPanel } from './RightPanel.tsx'
import styles from './Screen.module.css'
import { Stage } from './Stage.tsx'
import { showStage } from './stageView.ts'
import { useGrowth } from './useGrowth.ts'
import { usePresenting } from './usePresenting.ts'
import { useShortcuts } from './useShortcuts.ts'

export type OpenDialog = 'share' | 'help' | null

const leftPx = 348
const rightPx = 312
/** What a notice of two or three lines covers of the canvas. */
const noticePx = 84

export function Screen(props: { handover: Handover | null; onCovered: () => void }) {
  const [panels] = useState(() => createPanels(innerWidth))
  const [dialog, setDialog] = useState<OpenDialog>(null)
  const presenter = usePresenting()
  const narrow = useMediaQuery(narrowScreen)
  const screen = useRef<HTMLDivElement>(null)
  const stage = useRef<HTMLDivElement>(null)
  const growth = useGrowth(props.handover, stage, props.onCovered)
  useTimelineKeys()
  useShortcuts(setDialog, presenter)
  useTitle()
  const leftOpen = useStore(panels, (state) => state.leftOpen)
  const rightOpen = useStore(panels, (state) => state.rightOpen)
  const isNoticed = useStore(desk().store, (state) => state.notice !== null)
  const inset: Inset = {
    left: leftOpen && !narrow && !presenter.on ? leftPx : 0,
    right: rightOpen && !narrow && !presenter.on ? rightPx : 0,
    top: isNoticed ? noticePx : 0,
    bottom: 0,
  }
  const close = useCallback(() => setDialog(null), [])
  return (
    <div
      ref={screen}
      className={styles.screen}
      data-presenting={presenter.on}
      data-growing={growth.growing}
      data-sheet={narrow && (leftOpen || rightOpen) && !presenter.on}
      style={{ visibility: growth.waiting ? 'hidden' : 'visible' }}
    >
      {presenter.on ? (
        <PresenterBar onLeave={presenter.leave} />
      ) : (
        <Header narrow={narrow} onDialog={setDialog} onPresent={presenter.enter} />
      )}
      <main className={styles.middle}>
        <m.div ref={stage} className={styles.stage} animate={growth.controls} initial={false}>
          <Stage inset={inset} />
        </m.div>
        {!presenter.on && !growth.waiting && (
          <>
            <LeftPanel panels={panels} sizePx={leftPx} narrow={narrow} />
            <RightPanel panels={panels} sizePx={rightPx} narrow={narrow} />
          </>
        )}
        <Notice />
      </main>
      {!presenter.on && (
        <Dock narrow={narrow} panels={panels}>
          <Timeline onCompare={compareWith} />
        </Dock>
      )}
      <Dialogs open={dialog} onClose={close} />
    </div>
  )
}

function compareWith(branchId: string): void {
  showStage('compare', branchId)
}

function useTitle(): void {
  const title = useSession((state) => state.scenario.title)
  useEffect(() => {
    document.title = `${title} · Eventarium`
  }, [title])
}
