/** Several views in one place, of which one is shown; arrow keys move along the row and choose at once. */

import { type KeyboardEvent, type ReactNode, useId, useRef } from 'react'
import type { Icon } from './icons.ts'
import styles from './Tabs.module.css'

export type TabItem<T extends string> = { id: T; label: string; icon?: Icon; badge?: ReactNode }

export type TabsProps<T extends string> = {
  /** Names the row. */
  label: string
  tabs: readonly TabItem<T>[]
  selected: T
  onSelect: (id: T) => void
  /** What the selected tab shows. */
  children: ReactNode
}

export function Tabs<T extends string>({
  label,
  tabs,
  selected,
  onSelect,
  children,
}: TabsProps<T>) {
  const base = useId()
  const row = useRef<HTMLDivElement>(null)
  const onKeyDown = (event: KeyboardEvent) => {
    const at = tabs.findIndex((tab) => tab.id === selected)
    const next = destination(event.key, at, tabs.length)
    const tab = next === undefined ? undefined : tabs[next]
    if (!tab) return
    event.preventDefault()
    onSelect(tab.id)
    row.current?.querySelectorAll<HTMLElement>('[role=tab]')[next ?? 0]?.focus()
  }
  return (
    <div className={styles.tabs}>
      <div ref={row} role="tablist" aria-label={label} className={styles.row} onKeyDown={onKeyDown}>
        {tabs.map(({ id, label: text, icon: Drawing, badge }) => (
          <button
            key={id}
            type="button"
            role="tab"
            id={`${base}-tab-${id}`}
            aria-selected={id === selected}
            aria-controls={`${base}-view`}
            tabIndex={id === selected ? 0 : -1}
            className={styles.tab}
            onClick={() => onSelect(id)}
          >
            {Drawing && <Drawing aria-hidden="true" className={styles.icon} />}
            {text}
            {badge}
          </button>
        ))}
      </div>
      <div
        role="tabpanel"
        id={`${base}-view`}
        aria-labelledby={`${base}-tab-${selected}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a view without controls can still be scrolled by keyboard
        tabIndex={0}
        className={styles.view}
      >
        {children}
      </div>
    </div>
  )
}

function destination(key: string, at: number, count: number): number | undefined {
  if (key === 'ArrowRight') return (at + 1) % count
  if (key === 'ArrowLeft') return (at - 1 + count) % count
  if (key === 'Home') return 0
  if (key === 'End') return count - 1
  return undefined
}
