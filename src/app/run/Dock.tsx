/** The place at the bottom that time always has; on a narrow screen also the buttons that open the sheets above it. */
import { type ReactNode, useLayoutEffect, useRef } from 'react'
import { useStore } from 'zustand'
import type { StoreApi } from 'zustand/vanilla'
import { Button } from '../../ui/Button.tsx'
import { AskIcon, CodeIcon, type Icon, InspectIcon, LogIcon, PaletteIcon } from '../../ui/icons.ts'
import styles from './Dock.module.css'
import type { LeftView, Panels, RightView } from './panels.ts'

interface DockProps {
  narrow: boolean
  panels: StoreApi<Panels>
  children: ReactNode
}

export function Dock({ narrow, panels, children }: DockProps) {
  const dock = useRef<HTMLElement>(null)
  useSheetsAbove(dock)
  return (
    <footer ref={dock} className={styles.dock}>
      {narrow && <SheetButtons panels={panels} />}
      {children}
    </footer>
  )
}

type Sheet =
  | { side: 'left'; view: LeftView; label: string; icon: Icon }
  | { side: 'right'; view: RightView; label: string; icon: Icon }

const sheets: readonly Sheet[] = [
  { side: 'right', view: 'inspector', label: 'Inspect', icon: InspectIcon },
  { side: 'right', view: 'facts', label: 'Facts', icon: LogIcon },
  { side: 'right', view: 'ask', label: 'Ask', icon: AskIcon },
  { side: 'left', view: 'program', label: 'Program', icon: CodeIcon },
  { side: 'left', view: 'add', label: 'Add', icon: PaletteIcon },
]

function SheetButtons({ panels }: { panels: StoreApi<Panels> }) {
  const state = useStore(panels)
  const isOpen = ({ side, view }: Sheet) =>
    side === 'left'
      ? state.leftOpen && state.left === view
      : state.rightOpen && state.right === view
  const toggle = (sheet: Sheet) => {
    const open = !isOpen(sheet)
    if (sheet.side === 'left') {
      panels.setState({ left: sheet.view, leftOpen: open, rightOpen: false })
    } else {
      panels.setState({ right: sheet.view, rightOpen: open, leftOpen: false })
    }
  }
  return (
    <div className={styles.sheets}>
      {sheets.map((sheet) => (
        <Button
          key={sheet.view}
          size="small"
          variant="ghost"
          icon={sheet.icon}
          pressed={isOpen(sheet)}
          onClick={() => toggle(sheet)}
        >
          {sheet.label}
        </Button>
      ))}
    </div>
  )
}

/** Sheets and toasts rise above the dock, however tall it is. */
function useSheetsAbove(dock: React.RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const element = dock.current
    if (!element) return
    const { style } = document.documentElement
    const tell = () => {
      const height = `${element.offsetHeight}px`
      style.setProperty('--sheet-inset', height)
      style.setProperty('--toast-inset', height)
    }
    const observer = new ResizeObserver(tell)
    observer.observe(element)
    tell()
    return () => {
      observer.disconnect()
      style.removeProperty('--sheet-inset')
      style.removeProperty('--toast-inset')
    }
  }, [dock])
}
