/** Zoom and fit for those without a wheel or a trackpad. */
import { useReactFlow } from '@xyflow/react'
import { IconButton } from '../ui/IconButton.tsx'
import { AddIcon, FitIcon, ZoomOutIcon } from '../ui/icons.ts'
import styles from './Canvas.module.css'

export function ViewButtons({ onFit }: { onFit: () => void }) {
  const { zoomIn, zoomOut } = useReactFlow()
  const placement = { tooltipPlacement: 'top', size: 'small' } as const
  return (
    <div className={styles.buttons} data-chrome>
      <IconButton
        icon={ZoomOutIcon}
        label="Zoom out"
        onClick={() => void zoomOut()}
        {...placement}
      />
      <IconButton icon={AddIcon} label="Zoom in" onClick={() => void zoomIn()} {...placement} />
      <IconButton icon={FitIcon} label="Fit the view" onClick={onFit} {...placement} />
    </div>
  )
}
