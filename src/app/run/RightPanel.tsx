/** Beside the canvas on the right: what is inside the selection at this moment, the facts of the run, or questions about it. */
import { type ComponentType, lazy, Suspense, useEffect } from 'react'
import { useStore } from 'zustand'
import { useVerbs } from '../../session/react.tsx'
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
  useWhyShown(panels, narrow)
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

/** What is asked why is told in the Ask view, wherever it was asked. */
function useWhyShown(panels: SidePanelProps['panels'], narrow: boolean): void {
  const { store } = useVerbs()
  useEffect(
    () =>
      store.subscribe(({ why }, before) => {
        if (why === null || why === before.why) return
        panels.setState({ right: 'ask', rightOpen: true, ...(narrow ? { leftOpen: false } : {}) })
      }),
    [store, panels, narrow],
  )
}
