/** A few choices side by side, of which one holds; native radio buttons, so arrow keys move between them. */

import { type ReactNode, useId } from 'react'
import { classes } from './classes.ts'
import type { Icon } from './icons.ts'
import styles from './Segmented.module.css'
import { Tooltip } from './Tooltip.tsx'

export type SegmentedOption<T extends string> = {
  value: T
  label: string
  icon?: Icon
  disabled?: boolean
}

export type SegmentedProps<T extends string> = {
  label: ReactNode
  value: T
  options: readonly SegmentedOption<T>[]
  onChange: (value: T) => void
  hideLabel?: boolean
  /** Shows icons without their words; the words remain as names. */
  iconsOnly?: boolean
  size?: 'small' | 'medium'
  /** Takes the whole width, in equal parts. */
  stretch?: boolean
}

export function Segmented<T extends string>(props: SegmentedProps<T>) {
  const { label, value, options, onChange, hideLabel, iconsOnly, size = 'medium', stretch } = props
  const name = useId()
  return (
    <fieldset className={classes(styles.group, stretch && styles.stretch)}>
      <legend className={hideLabel ? 'visually-hidden' : styles.legend}>{label}</legend>
      <div className={styles.track}>
        {options.map(({ value: option, label: text, icon: Drawing, disabled }) => {
          const wordless = iconsOnly && Drawing
          const segment = (
            <label key={option} className={classes(styles.segment, styles[size])}>
              <input
                type="radio"
                className={styles.radio}
                name={name}
                value={option}
                checked={option === value}
                disabled={disabled}
                onChange={() => onChange(option)}
              />
              {Drawing && <Drawing aria-hidden="true" className={styles.icon} />}
              <span className={wordless ? 'visually-hidden' : undefined}>{text}</span>
            </label>
          )
          if (!wordless) return segment
          return (
            <Tooltip key={option} text={text} repeatsName>
              {segment}
            </Tooltip>
          )
        })}
      </div>
    </fieldset>
  )
}
