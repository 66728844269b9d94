/** Parameters of command handler, event store, projection, process manager, service and relay. */
import type { ConfirmSettings } from '../../clients/unconfirmed.ts'
import { LIMITS } from '../../scenario/schema/limits.ts'
import { NumberField } from '../../ui/NumberField.tsx'
import { Select } from '../../ui/Select.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { Toggle } from '../../ui/Toggle.tsx'
import { Quiet } from '../Readings.tsx'
import { DOMAIN_WORDS, MODE_WORDS, optionsOf, PROCESS_WORDS, VIEW_WORDS } from '../settingWords.ts'
import { type DesignProps, useChange } from './change.ts'
import { DurationField, Ms } from './DurationField.tsx'
import { SourceField } from './SourceField.tsx'
import {
  CommandHandlerRules,
  ProcessRules,
  ProjectionRules,
  ServiceRules,
} from './SourcingRules.tsx'
import { atMost, EffectField, nameProblem, OutputField } from './texts.tsx'

/** How long a relay waits for a confirm where the document does not say. */
const CONFIRM_MS = 2000
/** What a relay takes to save its position where the document does not say. */
const SAVE_MS = 100
/** What a process manager does with a command where the document does not say. */
const DEFAULT_TIMEOUT_MS = 2000
const DEFAULT_RETRIES = 5
/** Most messages that the relay of a service publishes at once where the document does not say. */
const DEFAULT_BATCH = 10
const ONE_READER = 'A replication slot has one reader at a time; the others stand by.'

export function CommandHandlerDesign({ doc }: DesignProps<'commandHandler'>) {
  const change = useChange(doc)
  return (
    <>
      <Select
        inline
        label="Domain"
        value={doc.domain}
        options={optionsOf(DOMAIN_WORDS)}
        hint={DOMAIN_WORDS[doc.domain].meaning}
        onChange={(domain) => change({ domain })}
      />
      <TextField
        inline
        code
        label="Stream"
        hint="Where the events of a command go that names no stream of its own."
        value={doc.stream}
        validate={(text) => nameProblem(text, LIMITS.nameChars)}
        onCommit={(stream) => change({ stream: stream.trim() })}
      />
      <DurationField
        label="Work on a command"
        value={doc.service}
        onCommit={(service) => change({ service })}
      />
      <NumberField
        inline
        label="Retries of a conflict"
        min={0}
        max={LIMITS.retries}
        value={doc.retries}
        onCommit={(retries) => change({ retries })}
      />
      <Ms
        label="Waits before a retry"
        value={doc.backoffMs ?? 0}
        most={LIMITS.waitMs}
        onCommit={(backoffMs) => change({ backoffMs })}
      />
      <Ms
        label="Folding one event takes"
        value={doc.foldMs ?? 0}
        most={LIMITS.waitMs}
        onCommit={(foldMs) => change({ foldMs })}
      />
      <NumberField
        inline
        label="Snapshot every so many events"
        min={0}
        max={LIMITS.arrivals}
        value={doc.snapshotEvery ?? 0}
        hint={doc.snapshotEvery ? undefined : '0 means never.'}
        onCommit={(snapshotEvery) => change({ snapshotEvery })}
      />
      <CommandHandlerRules
        values={doc}
        onChange={(name, value) => change({ [name]: value } as Partial<typeof doc>)}
      />
    </>
  )
}

export function EventStoreDesign({ doc }: DesignProps<'eventStore'>) {
  const held = doc.contents?.reduce((sum, { times = 1, events }) => sum + times * events.length, 0)
  return (
    <Quiet>
      {held === undefined
        ? 'An event store has no parameters: it appends, and what it has written stays.'
        : `It begins with ${held} events. It appends, and what it has written stays.`}
    </Quiet>
  )
}

export function ProjectionDesign({ doc }: DesignProps<'projection'>) {
  const change = useChange(doc)
  return (
    <>
      <Select
        inline
        label="Read model"
        value={doc.view}
        options={optionsOf(VIEW_WORDS)}
        hint={VIEW_WORDS[doc.view].meaning}
        onChange={(view) => change({ view })}
      />
      <SourceField doc={doc} onCommit={(source) => change({ source })} />
      <DurationField
        label="Work on an event"
        value={doc.service}
        onCommit={(service) => change({ service })}
      />
      <Select
        inline
        label="Is written"
        value={doc.mode ?? 'async'}
        options={optionsOf(MODE_WORDS)}
        hint={MODE_WORDS[doc.mode ?? 'async'].meaning}
        onChange={(mode) => change({ mode })}
      />
      <Ms
        label="Waits for more events"
        value={doc.lagMs ?? 0}
        most={LIMITS.delayMs}
        onCommit={(lagMs) => change({ lagMs })}
      />
      <NumberField
        inline
        label="Events of one transaction"
        min={1}
        max={LIMITS.relayBatch}
        value={doc.batch ?? 1}
        onCommit={(batch) => change({ batch })}
      />
      <ProjectionRules
        values={doc}
        onChange={(name, value) => change({ [name]: value } as Partial<typeof doc>)}
      />
    </>
  )
}

export function ProcessManagerDesign({ doc }: DesignProps<'processManager'>) {
  const change = useChange(doc)
  return (
    <>
      <Select
        inline
        label="Process"
        value={doc.process}
        options={optionsOf(PROCESS_WORDS)}
        hint={PROCESS_WORDS[doc.process].meaning}
        onChange={(process) => change({ process })}
      />
      <SourceField doc={doc} onCommit={(source) => change({ source })} />
      <DurationField
        label="Work on an event"
        value={doc.service}
        onCommit={(service) => change({ service })}
      />
      <Ms
        label="Saves its position in"
        value={doc.checkpointMs ?? 0}
        most={LIMITS.waitMs}
        onCommit={(checkpointMs) => change({ checkpointMs })}
      />
      <TextField
        inline
        label="Persistent subscription"
        hint="Members with the same name compete for events. Empty: it keeps its own position."
        value={doc.group ?? ''}
        validate={(text) => atMost(text, LIMITS.nameChars)}
        onCommit={(text) => change({ group: text.trim() === '' ? undefined : text.trim() })}
      />
      {doc.group !== undefined && <GroupFields doc={doc} change={change} />}
      <Ms
        label="Sends a command again after"
        value={doc.timeoutMs ?? DEFAULT_TIMEOUT_MS}
        least={1}
        most={LIMITS.delayMs}
        onCommit={(timeoutMs) => change({ timeoutMs })}
      />
      <NumberField
        inline
        label="Retries of a command"
        min={0}
        max={LIMITS.retries}
        value={doc.retries ?? DEFAULT_RETRIES}
        onCommit={(retries) => change({ retries })}
      />
      <EffectField value={doc.effect} onCommit={(effect) => change({ effect })} />
      <ProcessRules
        values={doc}
        onChange={(name, value) => change({ [name]: value } as Partial<typeof doc>)}
      />
    </>
  )
}

/** How a persistent subscription is set up: what its first member says counts for all. */
function GroupFields(props: {
  doc: DesignProps<'processManager'>['doc']
  change: ReturnType<typeof useChange<'processManager'>>
}) {
  const { doc, change } = props
  return (
    <>
      <NumberField
        inline
        label="Events a member holds"
        min={1}
        max={LIMITS.prefetch}
        value={doc.bufferSize ?? 2}
        onCommit={(bufferSize) => change({ bufferSize })}
      />
      <Ms
        label="Time for an event"
        value={doc.messageTimeoutMs ?? 10_000}
        least={1}
        most={LIMITS.delayMs}
        onCommit={(messageTimeoutMs) => change({ messageTimeoutMs })}
      />
      <NumberField
        inline
        label="Retries before it is parked"
        min={0}
        max={LIMITS.retries}
        value={doc.maxRetryCount ?? 2}
        onCommit={(maxRetryCount) => change({ maxRetryCount })}
      />
    </>
  )
}

export function ServiceDesign({ doc }: DesignProps<'service'>) {
  const change = useChange(doc)
  return (
    <>
      <ServiceRules
        values={doc}
        onChange={(name, value) => change({ [name]: value } as Partial<typeof doc>)}
      />
      <DurationField
        label="Work on a command"
        value={doc.service}
        onCommit={(service) => change({ service })}
      />
      <Ms
        label="Between the two writes"
        value={doc.writeMs ?? 100}
        most={LIMITS.waitMs}
        onCommit={(writeMs) => change({ writeMs })}
      />
      {(doc.writes === 'outbox' || doc.writes === 'cdc') && (
        <NumberField
          inline
          label="Relays"
          min={1}
          max={LIMITS.relays}
          value={doc.relays ?? 1}
          hint={doc.relays && doc.relays > 1 && doc.writes === 'cdc' ? ONE_READER : undefined}
          onCommit={(relays) => change({ relays })}
        />
      )}
      <Ms
        label="The relay looks every"
        value={doc.pollMs ?? 500}
        least={1}
        most={LIMITS.waitMs}
        onCommit={(pollMs) => change({ pollMs })}
      />
      <NumberField
        inline
        label="Messages at once"
        min={1}
        max={LIMITS.relayBatch}
        value={doc.batch ?? DEFAULT_BATCH}
        onCommit={(batch) => change({ batch })}
      />
      <Ms
        label="Marking takes"
        value={doc.markMs ?? 100}
        most={LIMITS.waitMs}
        onCommit={(markMs) => change({ markMs })}
      />
      {(doc.writes === 'outbox' || doc.writes === 'cdc') && (
        <ConfirmFields doc={doc} onChange={change} />
      )}
      <OutputField value={doc.output} onCommit={(output) => change({ output })} />
    </>
  )
}

/** Whether a relay waits for what the broker says before it marks or saves. */
function ConfirmFields(props: {
  doc: ConfirmSettings
  onChange: (values: { confirms?: boolean | undefined; confirmMs?: number }) => void
}) {
  const { doc, onChange } = props
  const { confirms = false, confirmMs = CONFIRM_MS } = doc
  return (
    <>
      <Toggle
        label="Waits for confirms"
        hint="It marks only what the broker has, and publishes the rest again. Otherwise what a cut link loses is lost."
        checked={confirms}
        onChange={(on) => onChange({ confirms: on || undefined })}
      />
      {confirms && (
        <Ms
          label="Waits for a confirm"
          value={confirmMs}
          least={1}
          most={LIMITS.delayMs}
          onCommit={(ms) => onChange({ confirmMs: ms })}
        />
      )}
    </>
  )
}

export function RelayDesign({ doc }: DesignProps<'relay'>) {
  const change = useChange(doc)
  return (
    <>
      <Ms
        label="Polls every"
        value={doc.pollMs}
        least={1}
        most={LIMITS.waitMs}
        onCommit={(pollMs) => change({ pollMs })}
      />
      <NumberField
        inline
        label="Events of one poll"
        min={1}
        max={LIMITS.relayBatch}
        value={doc.batch}
        onCommit={(batch) => change({ batch })}
      />
      <Ms
        label="Saves its position in"
        value={doc.saveMs ?? SAVE_MS}
        most={LIMITS.waitMs}
        onCommit={(saveMs) => change({ saveMs })}
      />
      <ConfirmFields doc={doc} onChange={change} />
      <TextField
        code
        label="Body"
        hint="{type}, {data}, {stream} and the cells of the data, such as {account}. Empty: the event as JSON."
        value={doc.body ?? ''}
        validate={(text) => atMost(text, LIMITS.bodyChars)}
        onCommit={(body) => change({ body: body === '' ? undefined : body })}
      />
    </>
  )
}
