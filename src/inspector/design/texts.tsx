/** The texts of handlers: what they do, and what they publish. */
import { LIMITS } from '../../scenario/schema/limits.ts'
import { useSession } from '../../session/react.tsx'
import { NumberField } from '../../ui/NumberField.tsx'
import { TextField } from '../../ui/TextField.tsx'

export interface OptionalTextProps {
  value: string | undefined
  onCommit: (text: string | undefined) => void
}

export function EffectField({ value, onCommit }: OptionalTextProps) {
  return (
    <TextField
      code
      label="Effect"
      hint="What the handler does, for the ledger. {body} is the message's body."
      placeholder="Processing order: {body}"
      value={value ?? ''}
      validate={(text) => atMost(text, LIMITS.effectChars)}
      onCommit={(text) => onCommit(text === '' ? undefined : text)}
    />
  )
}

export function OutputField({ value, onCommit }: OptionalTextProps) {
  return (
    <TextField
      code
      label="Publishes for each"
      hint="Body of what it publishes. {body} is the consumed one."
      placeholder="{body}"
      value={value ?? ''}
      validate={(text) => atMost(text, LIMITS.bodyChars)}
      onCommit={(text) => onCommit(text === '' ? undefined : text)}
    />
  )
}

interface InboxFieldProps {
  value: number | undefined
  onCommit: (inbox: number) => void
}

/** How far back a consumer remembers what it has done. */
export function InboxField({ value = 0, onCommit }: InboxFieldProps) {
  return (
    <NumberField
      inline
      label="Inbox remembers"
      min={0}
      max={LIMITS.burst}
      value={value}
      hint={
        value === 0
          ? 'Messages that have no effect a second time. 0: none.'
          : 'Messages that have no effect a second time. What came before them is forgotten.'
      }
      onCommit={onCommit}
    />
  )
}

interface Result {
  effect?: string | undefined
  output?: string | undefined
  inbox?: number
}

/** What comes of a message: its effect, and what is published for it where there is a link out. */
export function ResultFields(props: {
  doc: Result & { id: string }
  change: (changes: Result) => void
}) {
  const { doc, change } = props
  const publishes = useSession((session) => session.scenario.links.some((l) => l.from === doc.id))
  return (
    <>
      <EffectField value={doc.effect} onCommit={(effect) => change({ effect })} />
      <InboxField value={doc.inbox} onCommit={(inbox) => change({ inbox })} />
      {publishes && <OutputField value={doc.output} onCommit={(output) => change({ output })} />}
    </>
  )
}

/** The sentence about a text that is too long. */
export function atMost(text: string, chars: number): string | undefined {
  return text.length > chars
    ? `Shorten it to ${chars} characters; there are ${text.length}.`
    : undefined
}

/** The sentence about a name that is missing or too long. */
export function nameProblem(text: string, chars: number): string | undefined {
  return text.trim() === '' ? 'Enter a name.' : atMost(text, chars)
}
