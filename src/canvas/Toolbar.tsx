/** A toolbar beside a node or link, above the message layer; on a narrow screen it is docked at the top. */
import { useStore } from '@xyflow/react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import type { Box } from '../scenario/shapes.ts'
import styles from './Tools.module.css'
import { useToolbarPlace } from './useToolbarPlace.ts'

export function Toolbar(props: {
  label: string
  /** What it belongs to, in flow coordinates. */
  box: Box | null
  docked: boolean
  /** Its first button has the focus from the beginning. */
  takesFocus?: boolean
  onPointerEnter?: () => void
  onPointerLeave?: () => void
  children: ReactNode
}) {
  const { label, box, docked, takesFocus = false, onPointerEnter, onPointerLeave, children } = props
  const element = useRef<HTMLDivElement>(null)
  const renderer = useStore(
    ({ domNode }) => domNode?.querySelector('.react-flow__renderer') ?? null,
  )
  useToolbarPlace(element, docked ? null : box)
  const [takesIt] = useState(takesFocus)
  const shown = renderer !== null
  useEffect(() => {
    if (shown && takesIt) element.current?.querySelector('button')?.focus()
  }, [shown, takesIt])
  if (!renderer) return null
  return createPortal(
    <div
      ref={element}
      role="toolbar"
      aria-label={label}
      data-docked={docked || undefined}
      className={`${docked ? styles.docked : styles.bar} nodrag nopan nowheel`}
      onPointerEnter={onPointerEnter}
      onPointerLeave={onPointerLeave}
    >
      {children}
    </div>,
    renderer,
  )
}
