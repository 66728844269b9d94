/** Zoom and fit for those without a wheel or a trackpad, and a tidy drawing for those without patience. */
import { useReactFlow, useStoreApi } from '@xyflow/react'
import { useCallback } from 'react'
import { useVerbs } from '../session/react.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { AddIcon, PaletteIcon as ArrangeIcon, FitIcon, ZoomOutIcon } from '../ui/icons.ts'
import styles from './Canvas.module.css'
import type { Inset } from './fit.ts'
import { tryEdit } from './tryEdit.ts'

const PLACEMENT = { tooltipPlacement: 'top', size: 'small' } as const

export function ViewButtons(props: {
  onFit: () => void
  /** What panels cover: the drawing is arranged for the rest. */
  inset: Inset
  readOnly: boolean
}) {
  const { onFit, inset, readOnly } = props
  const { zoomIn, zoomOut } = useReactFlow()
  const arrangeNodes = useArrange(inset, onFit)
  return (
    <div className={styles.buttons} data-chrome>
      <IconButton
        icon={ZoomOutIcon}
        label="Zoom out"
        onClick={() => void zoomOut()}
        {...PLACEMENT}
      />
      <IconButton icon={AddIcon} label="Zoom in" onClick={() => void zoomIn()} {...PLACEMENT} />
      <IconButton icon={FitIcon} label="Fit the view" onClick={onFit} {...PLACEMENT} />
      {!readOnly && (
        <IconButton
          icon={ArrangeIcon}
          label="Arrange the nodes"
          onClick={() => void arrangeNodes()}
          {...PLACEMENT}
        />
      )}
    </div>
  )
}

/** Puts all nodes in order for the space that is free, as one edit. */
function useArrange(inset: Inset, onFit: () => void): () => Promise<void> {
  const verbs = useVerbs()
  const store = useStoreApi()
  return useCallback(async () => {
    const { arrange } = await import('../scenario/arrange.ts')
    const { width, height } = store.getState()
    const space = {
      width: width - inset.left - inset.right,
      height: height - inset.top - inset.bottom,
    }
    const places = arrange(verbs.store.getState().scenario, space)
    const moves = [...places].map(([id, position]) => ({ id, position }))
    if (moves.length === 0 || !tryEdit(verbs, { edit: 'moveNodes', moves })) return
    requestAnimationFrame(onFit)
  }, [verbs, store, inset, onFit])
}
