/** Parameters of a Redis stream, of its groups, and of those who read. */
import { LIMITS } from '../../scenario/schema/limits.ts'
import { useSession } from '../../session/react.tsx'
import { NumberField } from '../../ui/NumberField.tsx'
import { Select } from '../../ui/Select.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { Toggle } from '../../ui/Toggle.tsx'
import { entryIdProblem, REDIS_ACK_WORDS } from '../redisWords.ts'
import { optionsOf } from '../settingWords.ts'
import { type Changes, type DesignProps, useChange } from './change.ts'
import { DurationField } from './DurationField.tsx'
import { FailureRate } from './FailureRate.tsx'
import { LimitField } from './LimitField.tsx'
import { linesText, readLines } from './lines.ts'
import { RedisReadFields } from './RedisReadFields.tsx'
import { ResultFields } from './texts.tsx'

const TRIMMING = [
  { value: 'never', label: 'never' },
  { value: 'length', label: 'to a length (MAXLEN)' },
  { value: 'age', label: 'to an age (MINID)' },
] as const

export function RedisStreamDesign({ doc }: DesignProps<'redisStream'>) {
  const change = useChange(doc)
  const { maxLength, maxAgeMs } = doc
  const by = maxLength !== undefined ? 'length' : maxAgeMs !== undefined ? 'age' : 'never'
  const onBy = (next: (typeof TRIMMING)[number]['value']) =>
    change({
      maxLength: next === 'length' ? 20 : undefined,
      maxAgeMs: next === 'age' ? 10_000 : undefined,
      ...(next === 'never' && { approximate: undefined }),
    })
  const read = (text: string) => readLines(text, LIMITS.bodies, LIMITS.bodyChars)
  return (
    <>
      <Select
        inline
        label="Each XADD trims"
        value={by}
        options={TRIMMING}
        hint={
          by === 'never'
            ? undefined
            : 'The oldest entries go, whether a group has read them or not.'
        }
        onChange={onBy}
      />
      {maxLength !== undefined && (
        <NumberField
          inline
          label="Keeps"
          unit="entries"
          min={1}
          max={LIMITS.queueLength}
          value={maxLength}
          onCommit={(next) => change({ maxLength: next })}
        />
      )}
      {maxAgeMs !== undefined && (
        <NumberField
          inline
          label="Keeps what is younger than"
          unit="ms"
          min={1}
          max={LIMITS.delayMs}
          value={maxAgeMs}
          onCommit={(next) => change({ maxAgeMs: next })}
        />
      )}
      {by !== 'never' && (
        <Toggle
          label="Approximately (~)"
          hint="Only whole nodes of a hundred entries go: cheaper, and a short stream is never trimmed."
          checked={doc.approximate ?? false}
          onChange={(on) => change({ approximate: on || undefined })}
        />
      )}
      <TextField
        multiline
        code
        label="Entries from the start"
        hint="One body a line. A group with the start $ does not get them."
        value={linesText(doc.contents ?? [])}
        validate={(text) => (text.trim() === '' ? undefined : read(text).problem)}
        onCommit={(text) => change({ contents: read(text).lines })}
      />
    </>
  )
}

export function RedisGroupDesign({ doc }: DesignProps<'redisGroup'>) {
  const change = useChange(doc)
  return (
    <>
      <TextField
        inline
        code
        label="Starts after"
        hint="$ is the last entry at that moment, 0 is before all; or an id."
        value={doc.start ?? '$'}
        validate={entryIdProblem}
        onCommit={(start) => change({ start })}
      />
      <LimitField
        label="Is created late, at"
        unit="ms"
        value={doc.createdAtMs}
        whenSet={8000}
        min={0}
        max={LIMITS.durationMs}
        onCommit={(createdAtMs) => change({ createdAtMs })}
      />
    </>
  )
}

/** What reading for a group and reading alone have in common. */
function ReadFields(props: {
  doc: DesignProps<'redisConsumer'>['doc'] | DesignProps<'redisReader'>['doc']
  change: (changes: Changes<'redisReader'> & Changes<'redisConsumer'>) => void
}) {
  const { doc, change } = props
  return (
    <>
      <DurationField
        label="Work on an entry"
        value={doc.service}
        onCommit={(service) => change({ service })}
      />
      <RedisReadFields
        count={doc.count}
        blockMs={doc.blockMs}
        onChange={(name, value) => change({ [name]: value })}
      />
      <LimitField
        label="Starts late, at"
        unit="ms"
        value={doc.startAtMs}
        whenSet={8000}
        min={0}
        max={LIMITS.durationMs}
        onCommit={(startAtMs) => change({ startAtMs })}
      />
    </>
  )
}

/** Handlers that throw, and what comes of the others. */
function WorkFields(props: Parameters<typeof ReadFields>[0]) {
  const { doc, change } = props
  return (
    <>
      <FailureRate value={doc.failureRate} onCommit={(failureRate) => change({ failureRate })} />
      <TextField
        inline
        code
        label="Always fails on"
        hint="A text in the body, such as a poison message has it."
        placeholder="nothing"
        value={doc.failOn ?? ''}
        onCommit={(text) => change({ failOn: text === '' ? undefined : text })}
      />
      <ResultFields doc={doc} change={change} />
    </>
  )
}

export function RedisReaderDesign({ doc }: DesignProps<'redisReader'>) {
  const change = useChange(doc)
  return (
    <>
      <TextField
        inline
        code
        label="Reads from"
        hint="$ is what comes after it has asked, 0 is all; or an id. It begins there again after a crash."
        value={doc.from}
        validate={entryIdProblem}
        onCommit={(from) => change({ from })}
      />
      <ReadFields doc={doc} change={change as Parameters<typeof ReadFields>[0]['change']} />
      <WorkFields doc={doc} change={change as Parameters<typeof ReadFields>[0]['change']} />
    </>
  )
}

export function RedisConsumerDesign({ doc }: DesignProps<'redisConsumer'>) {
  const change = useChange(doc)
  return (
    <>
      <ReadFields doc={doc} change={change as Parameters<typeof ReadFields>[0]['change']} />
      <Select
        inline
        label="Acknowledge"
        value={doc.ack}
        options={optionsOf(REDIS_ACK_WORDS)}
        hint={REDIS_ACK_WORDS[doc.ack].meaning}
        onChange={(ack) => change({ ack })}
      />
      <Toggle
        label="Read its own pending entries first"
        hint="As it starts: XREADGROUP with 0. What it had and lost in a crash comes again."
        checked={doc.readsPending ?? false}
        onChange={(on) => change({ readsPending: on || undefined })}
      />
      <Claiming doc={doc} />
      <GivingUp doc={doc} />
      <WorkFields doc={doc} change={change as Parameters<typeof ReadFields>[0]['change']} />
    </>
  )
}

function Claiming({ doc }: DesignProps<'redisConsumer'>) {
  const change = useChange(doc)
  return (
    <>
      <LimitField
        label="Claim idle entries (XAUTOCLAIM) every"
        value={doc.claimEveryMs}
        whenSet={2000}
        min={1}
        max={LIMITS.delayMs}
        unit="ms"
        onCommit={(claimEveryMs) =>
          change({ claimEveryMs, minIdleMs: claimEveryMs === undefined ? undefined : 5000 })
        }
      />
      {doc.claimEveryMs !== undefined && (
        <NumberField
          inline
          label="idle for at least"
          unit="ms"
          hint="Shorter than the work on an entry, it takes entries away from those who still work on them."
          min={0}
          max={LIMITS.delayMs}
          value={doc.minIdleMs ?? 0}
          onCommit={(minIdleMs) => change({ minIdleMs })}
        />
      )}
    </>
  )
}

const NONE = ''

/** Redis counts deliveries and does not act on them: this is a rule of the program. */
function GivingUp({ doc }: DesignProps<'redisConsumer'>) {
  const change = useChange(doc)
  const streams = useSession((session) => session.scenario.nodes).filter(
    ({ kind }) => kind === 'redisStream',
  )
  return (
    <>
      <LimitField
        label="Give up, by its own rule, after"
        value={doc.maxDeliveries}
        whenSet={3}
        min={1}
        max={LIMITS.deliveries}
        unit="deliveries"
        onCommit={(maxDeliveries) =>
          change({
            maxDeliveries,
            ...(maxDeliveries === undefined && { deadLetters: undefined }),
          })
        }
      />
      {doc.maxDeliveries !== undefined && (
        <Select
          inline
          label="then add it to"
          value={doc.deadLetters ?? NONE}
          options={[
            { value: NONE, label: 'no stream: only XACK' },
            ...streams.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={(id) => change({ deadLetters: id === NONE ? undefined : id })}
        />
      )}
    </>
  )
}
