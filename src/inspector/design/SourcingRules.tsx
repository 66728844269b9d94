/** Choices of event sourcing that are made in the design and can be changed while it runs: the same fields for both. */
import type { CommandHandlerSettings } from '../../clients/commandHandler/settings.ts'
import type { ProcessManagerSettings } from '../../clients/processManager/settings.ts'
import type { ProjectionSettings } from '../../clients/projection/settings.ts'
import type { ServiceSettings } from '../../clients/service/settings.ts'
import { LIMITS } from '../../scenario/schema/limits.ts'
import { Select } from '../../ui/Select.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { Toggle } from '../../ui/Toggle.tsx'
import {
  ANSWER_WORDS,
  CHECKPOINT_WORDS,
  CLAIMS_WORDS,
  EXPECTS_WORDS,
  ON_FAIL_WORDS,
  optionsOf,
  READS_WORDS,
  TWO_WRITES_WORDS,
  WRITES_WORDS,
} from '../settingWords.ts'
import { Ms } from './DurationField.tsx'

/** How long a lease of a relay lasts where the document does not say. */
const DEFAULT_LEASE_MS = 5000

interface RulesProps<Settings> {
  values: Settings
  onChange: (name: keyof Settings & string, value: unknown) => void
}

export function CommandHandlerRules({ values, onChange }: RulesProps<CommandHandlerSettings>) {
  const { expects = 'version', writes = 'v1', reads = 'old', foldVersion = 1 } = values
  return (
    <>
      <Select
        inline
        label="Expects"
        value={expects}
        options={optionsOf(EXPECTS_WORDS)}
        hint={EXPECTS_WORDS[expects].meaning}
        onChange={(value) => onChange('expects', value)}
      />
      {values.domain === 'account' && (
        <>
          <Toggle
            label="Limits withdrawals"
            hint="A second version of the fold adds up what was withdrawn: at most 100."
            checked={foldVersion === 2}
            onChange={(on) => onChange('foldVersion', on ? 2 : 1)}
          />
          {(values.snapshotEvery ?? 0) > 0 && (
            <Toggle
              label="Looks at the fold of a snapshot"
              hint="One of another version of the fold is left aside."
              checked={values.checksSnapshots ?? true}
              onChange={(on) => onChange('checksSnapshots', on)}
            />
          )}
          <Select
            inline
            label="Writes"
            value={writes}
            options={optionsOf(WRITES_WORDS)}
            hint={WRITES_WORDS[writes].meaning}
            onChange={(value) => onChange('writes', value)}
          />
          <ReadsField reads={reads} onChange={(value) => onChange('reads', value)} />
        </>
      )}
    </>
  )
}

export function ProjectionRules({ values, onChange }: RulesProps<ProjectionSettings>) {
  const { checkpoint = 'with', answers = 'now', reads = 'old', onUnreadable = 'stop' } = values
  return (
    <>
      <Select
        inline
        label="Saves its position"
        value={checkpoint}
        options={optionsOf(CHECKPOINT_WORDS)}
        hint={CHECKPOINT_WORDS[checkpoint].meaning}
        onChange={(value) => onChange('checkpoint', value)}
      />
      <Toggle
        label="Rows know their position"
        hint="An event that is in the rows already is not counted again."
        checked={values.idempotent ?? false}
        onChange={(on) => onChange('idempotent', on)}
      />
      <Select
        inline
        label="Answers a query"
        value={answers}
        options={optionsOf(ANSWER_WORDS)}
        hint={ANSWER_WORDS[answers].meaning}
        onChange={(value) => onChange('answers', value)}
      />
      <ReadsField reads={reads} onChange={(value) => onChange('reads', value)} />
      {reads === 'strict' && (
        <Toggle
          label="Goes on without what it cannot read"
          checked={onUnreadable === 'skip'}
          onChange={(on) => onChange('onUnreadable', on ? 'skip' : 'stop')}
        />
      )}
    </>
  )
}

export function ProcessRules({ values, onChange }: RulesProps<ProcessManagerSettings>) {
  const { onFail = 'retry' } = values
  return (
    <>
      {values.group === undefined && (
        <Toggle
          label="Remembers what it has reacted to"
          hint="It does not react to an event a second time."
          checked={values.remembers ?? false}
          onChange={(on) => onChange('remembers', on)}
        />
      )}
      <TextField
        inline
        code
        label="Cannot work on"
        hint="An event whose data contains this text."
        value={values.failOn ?? ''}
        onCommit={(text) => onChange('failOn', text)}
      />
      {values.group !== undefined && (
        <Select
          inline
          label="What it cannot work on is"
          value={onFail}
          options={optionsOf(ON_FAIL_WORDS)}
          hint={ON_FAIL_WORDS[onFail].meaning}
          onChange={(value) => onChange('onFail', value)}
        />
      )}
    </>
  )
}

export function ServiceRules({ values, onChange }: RulesProps<ServiceSettings>) {
  const { writes, relays = 1, claims = 'none', leaseMs = DEFAULT_LEASE_MS } = values
  return (
    <>
      <Select
        inline
        label="Writes"
        value={writes}
        options={optionsOf(TWO_WRITES_WORDS)}
        hint={TWO_WRITES_WORDS[writes].meaning}
        onChange={(value) => onChange('writes', value)}
      />
      {writes === 'outbox' && relays > 1 && (
        <Select
          inline
          label="A relay takes rows"
          value={claims}
          options={optionsOf(CLAIMS_WORDS)}
          hint={CLAIMS_WORDS[claims].meaning}
          onChange={(value) => onChange('claims', value)}
        />
      )}
      {writes === 'outbox' && relays > 1 && claims === 'lease' && (
        <Ms
          label="A lease lasts"
          value={leaseMs}
          least={1}
          most={LIMITS.delayMs}
          onCommit={(ms) => onChange('leaseMs', ms)}
        />
      )}
    </>
  )
}

function ReadsField(props: {
  reads: keyof typeof READS_WORDS
  onChange: (reads: keyof typeof READS_WORDS) => void
}) {
  return (
    <Select
      inline
      label="Reads events with"
      value={props.reads}
      options={optionsOf(READS_WORDS)}
      hint={READS_WORDS[props.reads].meaning}
      onChange={props.onChange}
    />
  )
}
