/** The share of messages whose handler throws, entered as percent. */
import { NumberField } from '../../ui/NumberField.tsx'

export interface FailureRateProps {
  value: number | undefined
  onCommit: (rate: number) => void
}

export function FailureRate({ value = 0, onCommit }: FailureRateProps) {
  return (
    <NumberField
      inline
      label="Handler fails"
      unit="%"
      min={0}
      max={100}
      step={0.1}
      value={Number((value * 100).toFixed(4))}
      onCommit={(percent) => onCommit(Number((percent / 100).toFixed(6)))}
    />
  )
}
