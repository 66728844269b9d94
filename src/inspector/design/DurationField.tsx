/** A duration of the document: its kind and that kind's numbers. */
import { useId } from 'react'
import type { Duration } from '../../engine/distributions.ts'
import { LIMITS } from '../../scenario/schema/limits.ts'
import { NumberField } from '../../ui/NumberField.tsx'
import { Select } from '../../ui/Select.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { optionsOf } from '../settingWords.ts'
import { spanText } from '../timeText.ts'
import styles from './design.module.css'
import { DURATION_WORDS, durationAs, meanMs, readTimes } from './durations.ts'

export interface DurationFieldProps {
  label: string
  value: Duration
  onCommit: (value: Duration) => void
  /** The shortest that may be entered: pauses between arrivals cannot be nothing. */
  leastMs?: number
}

export function DurationField({ label, value, onCommit, leastMs = 0 }: DurationFieldProps) {
  const hint = useId()
  return (
    <fieldset className={styles.group} aria-describedby={hint}>
      <legend className={styles.legend}>{label}</legend>
      <Select
        inline
        label="Distribution"
        value={value.kind}
        options={optionsOf(DURATION_WORDS)}
        onChange={(kind) => onCommit(durationAs(kind, value))}
      />
      <Numbers value={value} onCommit={onCommit} leastMs={leastMs} />
      <p id={hint} className={styles.hint}>
        {DURATION_WORDS[value.kind].meaning}
        {value.kind !== 'fixed' && ` Mean ${spanText(meanMs(value) * 1000)}.`}
      </p>
    </fieldset>
  )
}

type NumbersProps = Required<Omit<DurationFieldProps, 'label'>>

function Numbers({ value, onCommit, leastMs }: NumbersProps) {
  switch (value.kind) {
    case 'fixed':
      return (
        <Ms
          label="Takes"
          value={value.ms}
          least={leastMs}
          onCommit={(ms) => onCommit({ ...value, ms })}
        />
      )
    case 'uniform':
      return (
        <>
          <Ms
            label="From"
            value={value.minMs}
            least={leastMs}
            most={value.maxMs}
            onCommit={(minMs) => onCommit({ ...value, minMs })}
          />
          <Ms
            label="To"
            value={value.maxMs}
            least={Math.max(value.minMs, LIMITS.pauseMinMs)}
            onCommit={(maxMs) => onCommit({ ...value, maxMs })}
          />
        </>
      )
    case 'exponential':
      return <Mean value={value} onCommit={onCommit} />
    case 'lognormal':
      return (
        <>
          <Mean value={value} onCommit={onCommit} />
          <NumberField
            inline
            label="CV"
            min={0.01}
            max={10}
            step={0.01}
            value={value.cv}
            onCommit={(cv) => onCommit({ ...value, cv })}
          />
        </>
      )
    case 'trace':
      return (
        <TimesField
          label="Durations in ms"
          value={value.ms}
          least={1}
          onCommit={(ms) => onCommit({ ...value, ms })}
        />
      )
  }
}

type WithMean = Extract<Duration, { meanMs: number }>

function Mean({ value, onCommit }: { value: WithMean; onCommit: (value: Duration) => void }) {
  return (
    <Ms
      label="Mean"
      value={value.meanMs}
      least={LIMITS.pauseMinMs}
      onCommit={(mean) => onCommit({ ...value, meanMs: mean })}
    />
  )
}

export interface MsProps {
  label: string
  value: number
  onCommit: (ms: number) => void
  least?: number
  most?: number
}

/** Milliseconds of the document. */
export function Ms({ label, value, onCommit, least = 0, most = LIMITS.delayMs }: MsProps) {
  return (
    <NumberField
      inline
      label={label}
      unit="ms"
      min={least}
      max={most}
      step={0.1}
      value={value}
      onCommit={onCommit}
    />
  )
}

export interface TimesFieldProps {
  label: string
  value: readonly number[]
  least: number
  onCommit: (ms: number[]) => void
}

/** A list of times, typed with commas, spaces or lines between. */
export function TimesField({ label, value, least, onCommit }: TimesFieldProps) {
  return (
    <TextField
      label={label}
      code
      multiline
      value={value.join(', ')}
      validate={(text) => readTimes(text, least).problem}
      onCommit={(text) => {
        const { ms } = readTimes(text, least)
        if (ms) onCommit(ms)
      }}
    />
  )
}
