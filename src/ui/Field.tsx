/** A control with its label, its hint and, when something is wrong, the sentence that says what to do. */

import { type ReactNode, useId } from 'react'
import { classes } from './classes.ts'
import { ErrorSentence } from './ErrorSentence.tsx'
import styles from './Field.module.css'

/** What the control must carry to belong to its label and sentences. */
export type ControlProps = {
  id: string
  'aria-describedby': string | undefined
  'aria-invalid': true | undefined
}

export type FieldProps = {
  label: ReactNode
  children: (control: ControlProps) => ReactNode
  hint?: ReactNode
  error?: ReactNode
  /** Keeps the label for screen readers only, where the surroundings already say it. */
  hideLabel?: boolean
  /** Label and control on one line, as in rows of parameters. */
  inline?: boolean
}

export function Field({ label, children, hint, error, hideLabel, inline }: FieldProps) {
  const id = useId()
  const hintId = hint ? `${id}-hint` : undefined
  const errorId = error ? `${id}-error` : undefined
  const describedBy = [errorId, hintId].filter(Boolean).join(' ') || undefined
  return (
    <div className={classes(styles.field, inline && styles.inline)}>
      <label htmlFor={id} className={hideLabel ? 'visually-hidden' : styles.label}>
        {label}
      </label>
      {children({ id, 'aria-describedby': describedBy, 'aria-invalid': error ? true : undefined })}
      {error && (
        <div className={styles.below}>
          <ErrorSentence id={errorId}>{error}</ErrorSentence>
        </div>
      )}
      {hint && (
        <p id={hintId} className={classes(styles.hint, styles.below)}>
          {hint}
        </p>
      )}
    </div>
  )
}
