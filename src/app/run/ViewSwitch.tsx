/** The choice of what takes the canvas's place: in the header where there is room, in its menu where there is not. */
import { useStore } from 'zustand'
import { useSession } from '../../session/react.tsx'
import { CanvasIcon } from '../../ui/icons.ts'
import type { MenuItem } from '../../ui/Menu.tsx'
import { useMediaQuery } from '../../ui/mediaQuery.ts'
import { Segmented } from '../../ui/Segmented.tsx'
import styles from './Header.module.css'
import { type StageViewName, showStage, stageView } from './stageView.ts'
import { isOffered, STAGE_VIEWS, stageNames } from './stageViews.ts'

/** With less room than this, the icons stand without their words. */
const roomForWords = '(min-width: 1200px)'

const canvas = { value: 'canvas' as StageViewName, label: 'Canvas', icon: CanvasIcon }
const options = [
  canvas,
  ...stageNames.flatMap((value) => {
    const entry = STAGE_VIEWS[value]
    return entry ? [{ value: value as StageViewName, label: entry.label, icon: entry.icon }] : []
  }),
]

/** The views that have something to show of what is open; the one that is shown stays. */
function useOptions() {
  const view = useStore(stageView, (state) => state.view)
  const scenario = useSession((state) => state.scenario)
  const offered = options.filter(({ value }) => value === view || isOffered(value, scenario))
  return { view, options: offered }
}

export function ViewSwitch() {
  const { view, options } = useOptions()
  const worded = useMediaQuery(roomForWords)
  if (options.length < 2) return null
  return (
    <>
      <Segmented
        label="View"
        hideLabel
        iconsOnly={!worded}
        size="small"
        value={view}
        options={options}
        onChange={(chosen) => showStage(chosen)}
      />
      <span className={styles.divider} aria-hidden="true" />
    </>
  )
}

/** The same choice as rows of a menu. */
export function useViewItems(): MenuItem[] {
  const { view, options } = useOptions()
  if (options.length < 2) return []
  return options.map(({ value, label, icon }, i) => ({
    id: `view-${value}`,
    label,
    icon,
    checked: value === view,
    separated: i === 0,
    onSelect: () => showStage(value),
  }))
}
