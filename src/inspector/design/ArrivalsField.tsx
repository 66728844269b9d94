/** When a producer publishes by itself: the kind of arrivals and that kind's numbers. */
import { useId } from 'react'
import type { Arrivals } from '../../engine/distributions.ts'
import { LIMITS } from '../../scenario/schema/limits.ts'
import { NumberField } from '../../ui/NumberField.tsx'
import { Select } from '../../ui/Select.tsx'
import { optionsOf } from '../settingWords.ts'
import { amountText } from '../timeText.ts'
import { DurationField, Ms, TimesField } from './DurationField.tsx'
import styles from './design.module.css'
import { ARRIVAL_WORDS, arrivalsAs, ratePerS } from './durations.ts'
import { LimitField } from './LimitField.tsx'

export interface ArrivalsFieldProps {
  value: Arrivals
  onCommit: (value: Arrivals) => void
}

export function ArrivalsField({ value, onCommit }: ArrivalsFieldProps) {
  const hint = useId()
  const rate = ratePerS(value)
  return (
    <fieldset className={styles.group} aria-describedby={hint}>
      <legend className={styles.legend}>Publishes</legend>
      <Select
        inline
        label="Arrivals"
        value={value.kind}
        options={optionsOf(ARRIVAL_WORDS)}
        onChange={(kind) => onCommit(arrivalsAs(kind, value))}
      />
      <Numbers value={value} onCommit={onCommit} />
      <p id={hint} className={styles.hint}>
        {ARRIVAL_WORDS[value.kind].meaning}
        {rate !== null && ` On average ${amountText(rate, 'a second')}.`}
      </p>
    </fieldset>
  )
}

function Numbers({ value, onCommit }: ArrivalsFieldProps) {
  switch (value.kind) {
    case 'interval':
      return (
        <>
          <Every value={value} onCommit={onCommit} />
          <First value={value} onCommit={onCommit} />
          <Count value={value} onCommit={onCommit} />
        </>
      )
    case 'bursts':
      return (
        <>
          <NumberField
            inline
            label="Messages of a burst"
            min={1}
            max={LIMITS.burst}
            value={value.size}
            onCommit={(size) => onCommit({ ...value, size })}
          />
          <Ms
            label="Apart"
            value={value.gapMs}
            onCommit={(gapMs) => onCommit({ ...value, gapMs })}
          />
          <Ms
            label="A burst every"
            value={value.everyMs}
            least={LIMITS.pauseMinMs}
            onCommit={(everyMs) => onCommit({ ...value, everyMs })}
          />
          <First value={value} onCommit={onCommit} />
          <Count value={value} onCommit={onCommit} />
        </>
      )
    case 'onOff':
      return (
        <>
          <Every value={value} onCommit={onCommit} />
          <Ms
            label="On for"
            value={value.onMs}
            least={LIMITS.pauseMinMs}
            onCommit={(onMs) => onCommit({ ...value, onMs })}
          />
          <Ms
            label="Off for"
            value={value.offMs}
            onCommit={(offMs) => onCommit({ ...value, offMs })}
          />
          <Count value={value} onCommit={onCommit} />
        </>
      )
    case 'trace':
      return (
        <TimesField
          label="Moments in ms"
          value={value.atMs}
          least={0}
          onCommit={(atMs) => onCommit({ ...value, atMs: [...atMs].sort((a, b) => a - b) })}
        />
      )
    case 'manual':
      return null
  }
}

interface OfKind<A extends Arrivals> {
  value: A
  onCommit: (value: Arrivals) => void
}

function Every({ value, onCommit }: OfKind<Extract<Arrivals, { every: unknown }>>) {
  return (
    <DurationField
      label="Interval"
      value={value.every}
      leastMs={LIMITS.pauseMinMs}
      onCommit={(every) => onCommit({ ...value, every })}
    />
  )
}

function First({ value, onCommit }: OfKind<Extract<Arrivals, { firstMs?: number }>>) {
  const { firstMs, ...rest } = value
  return (
    <LimitField
      label="First at a set time"
      unit="ms"
      value={firstMs}
      whenSet={0}
      min={0}
      max={LIMITS.delayMs}
      step={0.1}
      onCommit={(next) => onCommit(next === undefined ? rest : { ...rest, firstMs: next })}
    />
  )
}

function Count({ value, onCommit }: OfKind<Extract<Arrivals, { count?: number }>>) {
  const { count, ...rest } = value
  return (
    <LimitField
      label="Stop after a number"
      value={count}
      whenSet={10}
      min={1}
      max={LIMITS.arrivals}
      onCommit={(next) => onCommit(next === undefined ? rest : { ...rest, count: next })}
    />
  )
}
