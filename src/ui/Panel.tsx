/** A titled panel that lies over its edge of the canvas and slides back to it; on a narrow screen it is a sheet from below.
 * It floats in its positioned parent instead of taking a column, so that the canvas never jumps. */

import { type ReactNode, type RefObject, useEffect, useId, useRef } from 'react'
import { classes } from './classes.ts'
import { IconButton } from './IconButton.tsx'
import { CloseIcon, type Icon, PanelBottomIcon, PanelLeftIcon, PanelRightIcon } from './icons.ts'
import { narrowScreen, useMediaQuery } from './mediaQuery.ts'
import { AnimatePresence, m, panel as panelMotion } from './motion.tsx'
import styles from './Panel.module.css'
import { Sheet } from './Sheet.tsx'

export type PanelSide = 'left' | 'right' | 'bottom'

export type PanelProps = {
  title: string
  side: PanelSide
  open: boolean
  onOpenChange: (open: boolean) => void
  children: ReactNode
  /** Width of a side panel, height of a bottom one, in pixels at normal type size. */
  size?: number
  /** Drawn on the tab that stays at the edge. */
  icon?: Icon
  /** Buttons in the title row, before the one that collapses. */
  actions?: ReactNode
  /** Kept below the scrolling contents. */
  footer?: ReactNode
}

const collapseIcon = { left: PanelLeftIcon, right: PanelRightIcon, bottom: PanelBottomIcon }
const away = { left: { x: '-100%' }, right: { x: '100%' }, bottom: { y: '100%' } }
const home = { x: 0, y: 0 }

export function Panel(props: PanelProps) {
  const narrow = useMediaQuery(narrowScreen)
  return narrow ? <PanelAsSheet {...props} /> : <PanelAtEdge {...props} />
}

function PanelAtEdge(props: PanelProps) {
  const { title, side, open, onOpenChange, size = side === 'bottom' ? 240 : 304, icon } = props
  const tab = useRef<HTMLButtonElement>(null)
  const collapse = useRef<HTMLButtonElement>(null)
  useFocusFollows(open, tab, collapse)
  const Drawing = icon ?? collapseIcon[side]
  const extent = `min(calc(${size}px * var(--panel-scale)), 100%)`
  return (
    <>
      {!open && (
        <button
          ref={tab}
          type="button"
          aria-expanded={false}
          className={classes(styles.tab, styles[side])}
          onClick={() => onOpenChange(true)}
        >
          <Drawing aria-hidden="true" className={styles.tabIcon} />
          <span>{title}</span>
        </button>
      )}
      <AnimatePresence initial={false}>
        {open && (
          <m.section
            key="panel"
            aria-label={title}
            className={classes(styles.panel, styles[side])}
            style={side === 'bottom' ? { height: extent } : { width: extent }}
            initial={away[side]}
            animate={home}
            exit={away[side]}
            transition={panelMotion}
          >
            <header className={styles.header}>
              <h2 className={styles.title}>{title}</h2>
              {props.actions}
              <IconButton
                ref={collapse}
                icon={collapseIcon[side]}
                label={`Collapse ${title}`}
                size="small"
                aria-expanded={true}
                onClick={() => onOpenChange(false)}
              />
            </header>
            <div className={styles.body}>{props.children}</div>
            {props.footer && <footer className={styles.footer}>{props.footer}</footer>}
          </m.section>
        )}
      </AnimatePresence>
    </>
  )
}

function PanelAsSheet({ title, open, onOpenChange, actions, footer, children }: PanelProps) {
  const titleId = useId()
  return (
    <AnimatePresence initial={false}>
      {open && (
        <Sheet key="sheet" title={title} labelledBy={titleId} onClose={() => onOpenChange(false)}>
          <header className={styles.header}>
            <h2 id={titleId} className={styles.title}>
              {title}
            </h2>
            {actions}
            <IconButton
              icon={CloseIcon}
              label={`Close ${title}`}
              onClick={() => onOpenChange(false)}
            />
          </header>
          <div className={styles.body}>{children}</div>
          {footer && <footer className={styles.footer}>{footer}</footer>}
        </Sheet>
      )}
    </AnimatePresence>
  )
}

type ButtonRef = RefObject<HTMLButtonElement | null>

/** When the button that was pressed leaves the page, the focus goes to the one that undoes it. */
function useFocusFollows(open: boolean, tab: ButtonRef, collapse: ButtonRef): void {
  const before = useRef(open)
  useEffect(() => {
    if (before.current === open) return
    before.current = open
    const orphaned = document.activeElement === document.body
    const inPanel = collapse.current?.closest('section')?.contains(document.activeElement)
    if (orphaned || (!open && inPanel)) (open ? collapse : tab).current?.focus()
  }, [open, tab, collapse])
}
