/** Beside the canvas on the left: the article's program for this scenario, or what can be added to it. */
import { lazy, Suspense } from 'react'
import { useStore } from 'zustand'
import type { StoreApi } from 'zustand/vanilla'
import { useSession } from '../../session/react.tsx'
import { Button } from '../../ui/Button.tsx'
import { CodeIcon, PaletteIcon, PlayIcon } from '../../ui/icons.ts'
import { Panel } from '../../ui/Panel.tsx'
import { Segmented } from '../../ui/Segmented.tsx'
import styles from './LeftPanel.module.css'
import type { LeftView, Panels } from './panels.ts'
import { showStage } from './stageView.ts'
import { isOffered } from './stageViews.ts'

const Program = lazy(() => import('../../inspector/code/CodeTab.tsx'))
const Palette = lazy(() =>
  import('../../canvas/Palette.tsx').then((module) => ({ default: module.Palette })),
)

const titles: Record<LeftView, string> = { program: 'Program', add: 'Add' }
const views = [
  { value: 'program', label: 'Program', icon: CodeIcon },
  { value: 'add', label: 'Add', icon: PaletteIcon },
] as const

export interface SidePanelProps {
  panels: StoreApi<Panels>
  sizePx: number
  narrow: boolean
}

export function LeftPanel({ panels, sizePx, narrow }: SidePanelProps) {
  const view = useStore(panels, (state) => state.left)
  const open = useStore(panels, (state) => state.leftOpen)
  return (
    <Panel
      title={titles[view]}
      side="left"
      size={sizePx}
      open={open}
      icon={view === 'program' ? CodeIcon : PaletteIcon}
      onOpenChange={(leftOpen) =>
        panels.setState(narrow && leftOpen ? { leftOpen, rightOpen: false } : { leftOpen })
      }
      actions={
        <Segmented
          label="What the left panel shows"
          hideLabel
          iconsOnly
          size="small"
          value={view}
          options={views}
          onChange={(left) => panels.setState({ left })}
        />
      }
    >
      <Suspense fallback={null}>{view === 'program' ? <Program /> : <Palette />}</Suspense>
      {view === 'program' && <RunInPython />}
    </Panel>
  )
}

/** The article's event-sourcing program runs as it stands, beside the fold. */
function RunInPython() {
  const hasStore = useSession((state) => isOffered('fold', state.scenario))
  if (!hasStore) return null
  return (
    <Button
      size="small"
      className={styles.below}
      icon={PlayIcon}
      onClick={() => showStage('fold', 'python')}
    >
      Run the article’s Python
    </Button>
  )
}
