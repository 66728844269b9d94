/** Parameters of command handler, event store, projection and relay. */
import { LIMITS } from '../../scenario/schema/limits.ts'
import { NumberField } from '../../ui/NumberField.tsx'
import { Select } from '../../ui/Select.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { Quiet } from '../Readings.tsx'
import { optionsOf, VIEW_WORDS } from '../settingWords.ts'
import { type DesignProps, useChange } from './change.ts'
import { DurationField, Ms } from './DurationField.tsx'
import { atMost, nameProblem } from './texts.tsx'

/** What a relay takes to save its position where the document does not say. */
const SAVE_MS = 100

export function CommandHandlerDesign({ doc }: DesignProps<'commandHandler'>) {
  const change = useChange(doc)
  return (
    <>
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
    </>
  )
}

export function EventStoreDesign() {
  return (
    <Quiet>An event store has no parameters: it appends, and it never changes or forgets.</Quiet>
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
      <DurationField
        label="Work on an event"
        value={doc.service}
        onCommit={(service) => change({ service })}
      />
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
