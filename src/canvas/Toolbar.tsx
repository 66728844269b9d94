/** A toolbar beside a node or link, above the message layer; on a narrow screen it is docked at the top. */
import { useStore } from '@xyflow/react'
import { type ReactNode, useRef } from 'react'
import { createPortal } from 'react-dom'
import type { Box } from '../scenario/shapes.ts'
import styles from './Tools.module.css'
import { useToolbarPlace } from './useToolbarPlace.ts'

export function Toolbar(props: {
  label: string
  /** What it belongs to, in flow coordinates. */
  box: Box | null
  docked: boolean
  onPointerEnter?: () => void
  onPointerLeave?: () => void
  children: ReactNode
}) {
  const { label, box, docked, onPointerEnter, onPointerLeave, children } = props
  const element = useRef<HTMLDivElement>(null)
  const renderer = useStore(
    ({ domNode }) => domNode?.querySelector('.react-flow__renderer') ?? null,
  )
  useToolbarPlace(element, docked ? null : box)
  if (!renderer) return null
  return createPortal(
    <div
      ref={element}
      role="toolbar"
      aria-label={label}
      className={`${docked ? styles.docked : styles.bar} nodrag nopan nowheel`}
      onPointerEnter={onPointerEnter}
      onPointerLeave={onPointerLeave}
    >
      {children}
    </div>,
    renderer,
  )
}
