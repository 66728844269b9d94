/** A number with its unit. Enter or leaving commits it, arrow keys step it, and a text that is no valid number stays to be mended. */

import { type KeyboardEvent, type ReactNode, useState } from 'react'
import { classes } from './classes.ts'
import styles from './Field.module.css'
import { Field } from './Field.tsx'
import { type NumberRange, readNumber, stepNumber } from './numberText.ts'

export type NumberFieldProps = NumberRange & {
  label: ReactNode
  value: number
  onCommit: (value: number) => void
  /** Shown after the number: `ms`, `/s`, `%`. */
  unit?: string
  hint?: ReactNode
  error?: ReactNode
  hideLabel?: boolean
  inline?: boolean
  disabled?: boolean
}

export function NumberField(props: NumberFieldProps) {
  const { value, onCommit, unit = '' } = props
  const [draft, setDraft] = useState<string | null>(null)
  const read = draft === null ? { value } : readNumber(draft, props)
  const [left, setLeft] = useState(false)

  const commit = () => {
    setLeft(true)
    if (draft === null || read.value === undefined) return
    setDraft(null)
    if (read.value !== value) onCommit(read.value)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') commit()
    if (event.key === 'Escape' && draft !== null) {
      event.stopPropagation()
      setDraft(null)
    }
    const direction = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0
    if (direction === 0) return
    event.preventDefault()
    const stepped = stepNumber(read.value ?? value, direction * (event.shiftKey ? 10 : 1), props)
    setDraft(null)
    if (stepped !== value) onCommit(stepped)
  }
  // The sentence waits until the person has left: half-typed numbers are not mistakes.
  const problem = left && read.value === undefined ? read.problem : undefined
  return (
    <Field
      label={props.label}
      hint={props.hint}
      error={problem ?? props.error}
      hideLabel={props.hideLabel ?? false}
      inline={props.inline ?? false}
    >
      {(control) => (
        <span
          className={styles.withUnit}
          style={{ '--_unit': unit ? unit.length + 1 : 0 } as object}
        >
          <input
            {...control}
            className={classes(styles.control, styles.number)}
            type="text"
            inputMode="decimal"
            role="spinbutton"
            autoComplete="off"
            aria-valuenow={read.value ?? value}
            aria-valuetext={`${read.value ?? value} ${unit}`.trim()}
            aria-valuemin={props.min}
            aria-valuemax={props.max}
            value={draft ?? String(value)}
            disabled={props.disabled}
            onChange={(event) => {
              setLeft(false)
              setDraft(event.target.value)
            }}
            onFocus={(event) => event.target.select()}
            onBlur={commit}
            onKeyDown={onKeyDown}
          />
          {unit && (
            <span aria-hidden="true" className={styles.unit}>
              {unit}
            </span>
          )}
        </span>
      )}
    </Field>
  )
}
