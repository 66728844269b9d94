/** On or off, at once. For a choice of two kinds of thing take `Segmented`. */

import { type ReactNode, useId } from 'react'
import styles from './Toggle.module.css'

export type ToggleProps = {
  label: ReactNode
  checked: boolean
  onChange: (checked: boolean) => void
  hint?: ReactNode
  disabled?: boolean
}

export function Toggle({ label, checked, onChange, hint, disabled }: ToggleProps) {
  const id = useId()
  return (
    <div className={styles.toggle}>
      <label className={styles.label}>
        <span className={styles.text}>{label}</span>
        <input
          type="checkbox"
          role="switch"
          className={styles.switch}
          checked={checked}
          aria-checked={checked}
          disabled={disabled}
          aria-describedby={hint ? id : undefined}
          onChange={(event) => onChange(event.target.checked)}
        />
      </label>
      {hint && (
        <p id={id} className={styles.hint}>
          {hint}
        </p>
      )}
    </div>
  )
}
