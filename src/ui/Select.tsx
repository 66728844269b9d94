/** The platform's own list of choices, dressed like the other controls; it brings its keyboard and its touch behaviour along. */

import type { ReactNode } from 'react'
import styles from './Field.module.css'
import { Field } from './Field.tsx'
import { ChevronDownIcon } from './icons.ts'

export type SelectOption<T extends string> = { value: T; label: string; disabled?: boolean }

export type SelectProps<T extends string> = {
  label: ReactNode
  value: T
  options: readonly SelectOption<T>[]
  onChange: (value: T) => void
  hint?: ReactNode
  error?: ReactNode
  hideLabel?: boolean
  inline?: boolean
  disabled?: boolean
}

export function Select<T extends string>(props: SelectProps<T>) {
  return (
    <Field
      label={props.label}
      hint={props.hint}
      error={props.error}
      hideLabel={props.hideLabel ?? false}
      inline={props.inline ?? false}
    >
      {(control) => (
        <span className={styles.select}>
          <select
            {...control}
            className={styles.control}
            value={props.value}
            disabled={props.disabled}
            onChange={(event) => props.onChange(event.target.value as T)}
          >
            {props.options.map(({ value, label, disabled }) => (
              <option key={value} value={value} disabled={disabled}>
                {label}
              </option>
            ))}
          </select>
          <ChevronDownIcon aria-hidden="true" className={styles.chevron} />
        </span>
      )}
    </Field>
  )
}
