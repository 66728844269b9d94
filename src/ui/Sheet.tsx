/** The shape of a panel on a narrow screen: it rises from below and is made taller, smaller or closed by its handle. */

import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from 'react'
import { m, panel as panelMotion } from './motion.tsx'
import styles from './Panel.module.css'

export type SheetProps = {
  title: string
  labelledBy: string
  onClose: () => void
  children: ReactNode
}

const half = 50
const tall = 92
const closeBelow = 25
const dragThresholdPx = 6

/** Heights are percentages of the window, so that turning the phone keeps the proportion. */
export function Sheet({ title, labelledBy, onClose, children }: SheetProps) {
  const [height, setHeight] = useState(half)
  const drag = useRef<{ fromY: number; fromHeight: number; moved: boolean } | null>(null)
  const [dragging, setDragging] = useState(false)

  const settle = () => {
    if (height < closeBelow) onClose()
    else setHeight(height > (half + tall) / 2 ? tall : half)
  }
  const onPointerDown = (event: PointerEvent<HTMLButtonElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId)
    drag.current = { fromY: event.clientY, fromHeight: height, moved: false }
  }
  const onPointerMove = (event: PointerEvent) => {
    const start = drag.current
    if (!start) return
    const travelled = start.fromY - event.clientY
    if (!start.moved && Math.abs(travelled) < dragThresholdPx) return
    start.moved = true
    setDragging(true)
    setHeight(Math.max(10, Math.min(tall, start.fromHeight + (travelled / innerHeight) * 100)))
  }
  const onPointerEnd = () => {
    if (drag.current?.moved) settle()
    setDragging(false)
  }
  const onClick = () => {
    if (!drag.current?.moved) setHeight(height === tall ? half : tall)
    drag.current = null
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowUp') setHeight(tall)
    else if (event.key === 'ArrowDown') height === tall ? setHeight(half) : onClose()
    else return
    event.preventDefault()
  }
  return (
    <m.section
      aria-labelledby={labelledBy}
      className={styles.sheet}
      data-dragging={dragging}
      style={{ height: `${height}dvh` }}
      initial={{ y: '100%' }}
      animate={{ y: 0 }}
      exit={{ y: '100%' }}
      transition={panelMotion}
      onKeyDown={(event) => event.key === 'Escape' && onClose()}
    >
      <button
        type="button"
        className={styles.handle}
        aria-label={height === tall ? `Make ${title} smaller` : `Make ${title} taller`}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerEnd}
        onPointerCancel={onPointerEnd}
        onClick={onClick}
        onKeyDown={onKeyDown}
      />
      {children}
    </m.section>
  )
}
