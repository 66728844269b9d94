/** A share, of messages whose handler throws unless another is named, entered as percent. */
import { NumberField } from '../../ui/NumberField.tsx'

export interface FailureRateProps {
  label?: string
  value: number | undefined
  onCommit: (rate: number) => void
}

export function FailureRate({ label = 'Handler fails', value = 0, onCommit }: FailureRateProps) {
  return (
    <NumberField
      inline
      label={label}
      unit="%"
      min={0}
      max={100}
      step={0.1}
      value={Number((value * 100).toFixed(4))}
      onCommit={(percent) => onCommit(Number((percent / 100).toFixed(6)))}
    />
  )
}
