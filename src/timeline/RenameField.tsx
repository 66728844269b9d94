/** The name of a branch while it is changed: Enter takes it, Escape gives it up, leaving takes it as well. */
import { type KeyboardEvent, useRef, useState } from 'react'
import styles from './Branches.module.css'

type RenameFieldProps = {
  name: string
  /** The new name, or null if it stays; and whether a key ended it, so that the focus is still here. */
  onEnd: (name: string | null, byKey: boolean) => void
}

export function RenameField({ name, onEnd }: RenameFieldProps) {
  const [draft, setDraft] = useState(name)
  const ended = useRef(false)
  const end = (text: string, byKey: boolean) => {
    // The field loses the focus once more as it goes.
    if (ended.current) return
    ended.current = true
    const trimmed = text.trim()
    onEnd(trimmed === name || trimmed === '' ? null : trimmed, byKey)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') end(draft, true)
    if (event.key !== 'Escape') return
    event.stopPropagation()
    end(name, true)
  }
  return (
    <input
      ref={startTyping}
      className={styles.rename}
      aria-label={`New name of ${name}`}
      value={draft}
      maxLength={60}
      spellCheck={false}
      autoComplete="off"
      onChange={(event) => setDraft(event.target.value)}
      onKeyDown={onKeyDown}
      onBlur={() => end(draft, false)}
    />
  )
}

/** The field appears because a person asked to rename: they type at once. */
function startTyping(field: HTMLInputElement | null) {
  field?.focus()
  field?.select()
}
