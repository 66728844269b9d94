/** A number that may be absent: a switch, and the number once it is on. */
import { NumberField } from '../../ui/NumberField.tsx'
import { Toggle } from '../../ui/Toggle.tsx'

export interface LimitFieldProps {
  label: string
  value: number | undefined
  /** The number that switching it on begins with. */
  whenSet: number
  min: number
  max: number
  step?: number
  unit?: string
  onCommit: (value: number | undefined) => void
}

export function LimitField(props: LimitFieldProps) {
  const { label, value, whenSet, min, max, step = 1, unit = '', onCommit } = props
  return (
    <>
      <Toggle
        label={label}
        checked={value !== undefined}
        onChange={(on) => onCommit(on ? whenSet : undefined)}
      />
      {value !== undefined && (
        <NumberField
          hideLabel
          label={label}
          unit={unit}
          min={min}
          max={max}
          step={step}
          value={value}
          onCommit={onCommit}
        />
      )}
    </>
  )
}
