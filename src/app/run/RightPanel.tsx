/** Beside the canvas on the right: what is inside the selection at this moment, the facts of the run, or questions about it. */
import { type ComponentType, lazy, Suspense } from 'react'
import { useStore } from 'zustand'
import { AskIcon, InspectIcon, LogIcon } from '../../ui/icons.ts'
import { Panel } from '../../ui/Panel.tsx'
import { Segmented } from '../../ui/Segmented.tsx'
import type { SidePanelProps } from './LeftPanel.tsx'
import type { RightView } from './panels.ts'

const Inspector = lazy(() => import('../../inspector/Inspector.tsx'))
const FactLog = lazy(() =>
  import('../../timeline/FactLog.tsx').then((module) => ({ default: module.FactLog })),
)

const AskPanel = lazy(() => import('../../inspector/ask/AskPanel.tsx'))

const titles: Record<RightView, string> = { inspector: 'Inspector', facts: 'Facts', ask: 'Ask' }
const shown: Record<RightView, ComponentType> = {
  inspector: Inspector,
  facts: FactLog,
  ask: AskPanel,
}
const views = [
  { value: 'inspector', label: 'Inspector', icon: InspectIcon },
  { value: 'facts', label: 'Facts', icon: LogIcon },
  { value: 'ask', label: 'Ask', icon: AskIcon },
] as const

export function RightPanel({ panels, sizePx, narrow }: SidePanelProps) {
  const view = useStore(panels, (state) => state.right)
  const open = useStore(panels, (state) => state.rightOpen)
  const View = shown[view]
  return (
    <Panel
      title={titles[view]}
      side="right"
      size={sizePx}
      open={open}
      icon={views.find(({ value }) => value === view)?.icon ?? InspectIcon}
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
      <Suspense fallback={null}>
        <View />
      </Suspense>
    </Panel>
  )
}
