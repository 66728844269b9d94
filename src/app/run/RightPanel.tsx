/** Beside the canvas on the right: what is inside the selection at this moment, or the facts of the run. */
import { lazy, Suspense } from 'react'
import { useStore } from 'zustand'
import { InspectIcon, LogIcon } from '../../ui/icons.ts'
import { Panel } from '../../ui/Panel.tsx'
import { Segmented } from '../../ui/Segmented.tsx'
import type { SidePanelProps } from './LeftPanel.tsx'
import type { RightView } from './panels.ts'

const Inspector = lazy(() => import('../../inspector/Inspector.tsx'))
const FactLog = lazy(() =>
  import('../../timeline/FactLog.tsx').then((module) => ({ default: module.FactLog })),
)

const titles: Record<RightView, string> = { inspector: 'Inspector', facts: 'Facts' }
const views = [
  { value: 'inspector', label: 'Inspector', icon: InspectIcon },
  { value: 'facts', label: 'Facts', icon: LogIcon },
] as const

export function RightPanel({ panels, sizePx, narrow }: SidePanelProps) {
  const view = useStore(panels, (state) => state.right)
  const open = useStore(panels, (state) => state.rightOpen)
  return (
    <Panel
      title={titles[view]}
      side="right"
      size={sizePx}
      open={open}
      icon={view === 'inspector' ? InspectIcon : LogIcon}
      onOpenChange={(rightOpen) =>
        panels.setState(narrow && rightOpen ? { rightOpen, leftOpen: false } : { rightOpen })
      }
      actions={
        <Segmented
          label="What the right panel shows"
          hideLabel
          iconsOnly
          size="small"
          value={view}
          options={views}
          onChange={(right) => panels.setState({ right })}
        />
      }
    >
      <Suspense fallback={null}>{view === 'inspector' ? <Inspector /> : <FactLog />}</Suspense>
    </Panel>
  )
}
