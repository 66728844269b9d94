/** A list of things to do, opened from a button: arrow keys, Home, End and first letters move, Escape and a click outside close. */

import {
  Fragment,
  type KeyboardEvent,
  type ReactNode,
  type ToggleEvent,
  useId,
  useRef,
  useState,
} from 'react'
import { flushSync } from 'react-dom'
import { type Placement, useAnchor } from './anchor.ts'
import { classes } from './classes.ts'
import { DoneIcon, type Icon } from './icons.ts'
import { Kbd } from './Kbd.tsx'
import styles from './Menu.module.css'

export type MenuItem = {
  id: string
  label: string
  onSelect: () => void
  icon?: Icon
  /** A second, quieter line. */
  detail?: string
  shortcut?: string
  disabled?: boolean
  danger?: boolean
  /** Makes it one of a set of choices, and says whether it holds. */
  checked?: boolean
  /** Draws a line above it. */
  separated?: boolean
  /** Opens a part of the list, with these words above it. */
  heading?: string
}

/** Spread these on the button that opens the menu. */
export type MenuTriggerProps = {
  popoverTarget: string
  'aria-haspopup': 'menu'
  'aria-expanded': boolean
}

export type MenuProps = {
  label: string
  items: readonly MenuItem[]
  trigger: (props: MenuTriggerProps) => ReactNode
  placement?: Placement
}

export function Menu({ label, items, trigger, placement = 'bottom-start' }: MenuProps) {
  const id = useId()
  const holder = useRef<HTMLSpanElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const [open, setOpen] = useState(false)
  useAnchor(() => holder.current?.querySelector('button') ?? null, list, open, placement)

  const onToggle = (event: ToggleEvent) => {
    const opened = event.newState === 'open'
    // The rows must exist before one of them can take the focus.
    flushSync(() => setOpen(opened))
    if (opened) focusStart(list.current)
  }
  const choose = (item: MenuItem) => {
    list.current?.hidePopover()
    item.onSelect()
  }
  return (
    <span ref={holder} className={styles.holder}>
      {trigger({ popoverTarget: id, 'aria-haspopup': 'menu', 'aria-expanded': open })}
      <div
        ref={list}
        id={id}
        role="menu"
        aria-label={label}
        tabIndex={-1}
        popover="auto"
        className={styles.menu}
        onToggle={onToggle}
        onKeyDown={(event) => moveFocus(event, list.current)}
      >
        {open &&
          items.map((item) => (
            <Fragment key={item.id}>
              {item.separated && <hr className={styles.separator} />}
              {item.heading && (
                <div role="presentation" className={styles.heading}>
                  {item.heading}
                </div>
              )}
              <MenuRow item={item} onChoose={() => choose(item)} />
            </Fragment>
          ))}
      </div>
    </span>
  )
}

function MenuRow({ item, onChoose }: { item: MenuItem; onChoose: () => void }) {
  const { icon: Drawing, checked } = item
  const choice = checked !== undefined
  return (
    <button
      type="button"
      role={choice ? 'menuitemradio' : 'menuitem'}
      {...(choice ? { 'aria-checked': checked } : {})}
      tabIndex={-1}
      aria-disabled={item.disabled}
      className={classes(styles.item, item.danger && styles.danger)}
      onClick={() => !item.disabled && onChoose()}
      onPointerMove={(event) => event.currentTarget.focus({ preventScroll: true })}
    >
      {Drawing && <Drawing aria-hidden="true" className={styles.icon} />}
      <span className={styles.text}>
        {item.label}
        {item.detail && <span className={styles.detail}>{item.detail}</span>}
      </span>
      {item.shortcut && <Kbd keys={item.shortcut} />}
      {choice && <DoneIcon aria-hidden="true" className={styles.icon} opacity={checked ? 1 : 0} />}
    </button>
  )
}

function rowsOf(list: HTMLElement | null): HTMLElement[] {
  return [...(list?.querySelectorAll<HTMLElement>('[role^=menuitem]') ?? [])]
}

/** The choice that holds, else the first row. */
function focusStart(list: HTMLElement | null): void {
  const rows = rowsOf(list)
  const start = rows.find((row) => row.ariaChecked === 'true') ?? rows[0]
  start?.focus()
}

function moveFocus(event: KeyboardEvent, list: HTMLElement | null): void {
  const rows = rowsOf(list)
  const at = rows.indexOf(document.activeElement as HTMLElement)
  const last = rows.length - 1
  if (event.key === 'Tab') {
    list?.hidePopover()
    return
  }
  let next = -1
  if (event.key === 'ArrowDown') next = at >= last ? 0 : at + 1
  else if (event.key === 'ArrowUp') next = at <= 0 ? last : at - 1
  else if (event.key === 'Home') next = 0
  else if (event.key === 'End') next = last
  else if (event.key.length === 1 && /\S/.test(event.key) && !event.ctrlKey && !event.metaKey) {
    next = nextStartingWith(rows, at, event.key)
  }
  // A menu's keys are its own: shortcuts of the page must not act behind it.
  if (event.key !== 'Escape') event.stopPropagation()
  if (next < 0) return
  event.preventDefault()
  rows[next]?.focus()
}

function nextStartingWith(rows: HTMLElement[], at: number, letter: string): number {
  for (let step = 1; step <= rows.length; step += 1) {
    const index = (at + step) % rows.length
    const text = rows[index]?.textContent ?? ''
    if (text.toLowerCase().startsWith(letter.toLowerCase())) return index
  }
  return -1
}
