/** A native range whose value is always also said in words, beside it and to screen readers. */

import type { ReactNode } from 'react'
import { Field } from './Field.tsx'
import styles from './Slider.module.css'

export type SliderProps = {
  label: ReactNode
  value: number
  min: number
  max: number
  step?: number
  onChange: (value: number) => void
  /** The value in words and units: `250 ms`. */
  valueText: (value: number) => string
  hint?: ReactNode
  hideLabel?: boolean
  /** Leaves out the words beside it, where they stand elsewhere on the screen. */
  hideValue?: boolean
  disabled?: boolean
}

export function Slider(props: SliderProps) {
  const { value, min, max, step = 1, valueText } = props
  const filled = max > min ? (value - min) / (max - min) : 0
  return (
    <Field label={props.label} hint={props.hint} hideLabel={props.hideLabel ?? false}>
      {(control) => (
        <span className={styles.row}>
          <input
            {...control}
            type="range"
            className={styles.range}
            style={{ '--_filled': filled } as object}
            min={min}
            max={max}
            step={step}
            value={value}
            disabled={props.disabled}
            aria-valuetext={valueText(value)}
            onChange={(event) => props.onChange(event.target.valueAsNumber)}
          />
          {!props.hideValue && (
            <output htmlFor={control.id} className={styles.value}>
              {valueText(value)}
            </output>
          )}
        </span>
      )}
    </Field>
  )
}
