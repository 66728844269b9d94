/** The configuration of a topic, which Kafka takes at its creation and at any time later: in its design, and as acts. */
import type { TopicSettings } from '../../brokers/log/keeping.ts'
import { LIMITS } from '../../scenario/schema/limits.ts'
import { TOPIC_CONFIGS, type TopicConfig } from '../../scenario/topicConfigs.ts'
import { NumberField } from '../../ui/NumberField.tsx'
import { Select } from '../../ui/Select.tsx'
import { Toggle } from '../../ui/Toggle.tsx'
import { CLEANUP_WORDS, optionsOf } from '../settingWords.ts'
import { Ms } from './DurationField.tsx'
import { LimitField } from './LimitField.tsx'

const DIRTY = 0.5
const DAY_MS = 86_400_000

/** Settings of a topic; `undefined` takes one away. */
export type ConfigChanges = { [Name in TopicConfig]?: TopicSettings[Name] | undefined }

interface ConfigProps {
  values: Readonly<TopicSettings>
  onChange: (changes: ConfigChanges) => void
}

/** Of a topic with replicas: what a write waits for, and who may lead. */
export function InsyncFields({ values, onChange }: ConfigProps) {
  return (
    <>
      <NumberField
        inline
        label="min.insync.replicas"
        hint="With acks=all fewer than these in sync mean that nothing is written."
        min={1}
        max={values.replicationFactor ?? 1}
        value={values.minInsyncReplicas ?? 1}
        onCommit={(minInsyncReplicas) => onChange({ minInsyncReplicas })}
      />
      <Toggle
        label="Unclean leader election"
        hint="A replica that was behind may lead when no other is left: what it never had is lost."
        checked={values.uncleanLeaderElection ?? false}
        onChange={(on) => onChange({ uncleanLeaderElection: on || undefined })}
      />
    </>
  )
}

/** Which records go, and when. */
export function KeepingFields({ values, onChange }: ConfigProps) {
  const cleanup = values.cleanup ?? 'delete'
  return (
    <>
      <Limits values={values} onChange={onChange} />
      <Select
        inline
        label="cleanup.policy"
        value={cleanup}
        options={optionsOf(CLEANUP_WORDS)}
        hint={CLEANUP_WORDS[cleanup].meaning}
        onChange={(chosen) => onChange({ cleanup: chosen === 'delete' ? undefined : chosen })}
      />
      {cleanup !== 'delete' && (
        <>
          <NumberField
            inline
            label="Begins when so much is dirty"
            min={0}
            max={1}
            step={0.05}
            value={values.dirtyRatio ?? DIRTY}
            onCommit={(dirtyRatio) => onChange({ dirtyRatio })}
          />
          <Ms
            label="Tombstones stay for"
            value={values.deleteRetentionMs ?? DAY_MS}
            onCommit={(deleteRetentionMs) => onChange({ deleteRetentionMs })}
          />
        </>
      )}
    </>
  )
}

/** The four limits: what each does, what it begins with, and the most that it may be. */
const LIMITS_OF = [
  ['retentionMs', 'Delete what is older', 20_000, LIMITS.delayMs, 'ms'],
  ['retentionBytes', 'Delete what is too much', 200, LIMITS.queueBytes, 'bytes'],
  ['segmentBytes', 'Close segments by size', 60, LIMITS.queueBytes, 'bytes'],
  ['segmentMs', 'Close segments by age', 5000, LIMITS.delayMs, 'ms'],
] as const

function Limits({ values, onChange }: ConfigProps) {
  return LIMITS_OF.map(([name, does, whenSet, max, unit]) => (
    <LimitField
      key={name}
      label={`${does} (${TOPIC_CONFIGS[name]})`}
      value={values[name]}
      whenSet={whenSet}
      min={1}
      max={max}
      unit={unit}
      onCommit={(value) => onChange({ [name]: value })}
    />
  ))
}
