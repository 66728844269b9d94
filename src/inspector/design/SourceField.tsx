/** What a projection or a process manager subscribes to: all streams of its store, what passes a filter, a category, or one stream. */
import type { NodeOf, Scenario } from '../../scenario/document.ts'
import { LIMITS } from '../../scenario/schema/limits.ts'
import {
  isSource,
  readSource,
  SOURCES,
  type SourceKind,
  writeSource,
} from '../../scenario/storeSource.ts'
import { useSession } from '../../session/react.tsx'
import { Select } from '../../ui/Select.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { nameProblem } from './texts.tsx'

const FILTERED =
  'The store filters $all and sends no other event. Prefixes, with commas between them.'

const WORDS: Record<SourceKind, { label: string; meaning: string; name?: string }> = {
  all: { label: 'All streams', meaning: 'Every event of the store, by its position ($all).' },
  type: { label: 'All, by event type', meaning: FILTERED, name: 'Types that begin with' },
  stream: { label: 'All, by stream name', meaning: FILTERED, name: 'Streams that begin with' },
  category: {
    label: 'A category',
    meaning:
      'All streams whose names begin alike: $ce-account has those of account-acc1 and account-acc2.',
    name: 'Category',
  },
  one: {
    label: 'One stream',
    meaning: 'Its events by their version; all others are left out.',
    name: 'Stream',
  },
}

interface SourceFieldProps {
  doc: NodeOf<'projection' | 'processManager'>
  onCommit: (source: string | undefined) => void
}

export function SourceField({ doc: { id, source = '' }, onCommit }: SourceFieldProps) {
  const example = useSession(({ scenario }) => exampleOf(scenario, id))
  const { what, text } = readSource(source)
  const { meaning, name } = WORDS[what]
  return (
    <>
      <Select
        inline
        label="Subscribes to"
        value={what}
        options={SOURCES.map((value) => ({ value, label: WORDS[value].label }))}
        hint={meaning}
        onChange={(next) => onCommit(writeSource(next, next === 'type' ? 'Deposited' : example))}
      />
      {name !== undefined && (
        <TextField
          inline
          code
          label={name}
          value={text}
          validate={(typed) => problemOf(what, typed.trim())}
          onCommit={(typed) => onCommit(writeSource(what, typed.trim()))}
        />
      )}
    </>
  )
}

function problemOf(what: SourceKind, text: string): string | undefined {
  const source = writeSource(what, text) ?? ''
  if (!isSource(source)) return 'Write prefixes with commas between them.'
  return nameProblem(text, LIMITS.nameChars - source.length + text.length)
}

/** A stream of the store that the node follows: one that it begins with, or that its command handlers write to. */
function exampleOf({ nodes, links }: Scenario, id: string): string {
  const before = links.filter(({ to }) => to === id).map(({ from }) => from)
  const store = nodes.find((node) => node.kind === 'eventStore' && before.includes(node.id))
  if (store?.kind === 'eventStore' && store.contents?.[0]) return store.contents[0].stream
  const writers = links.filter(({ to }) => to === store?.id).map(({ from }) => from)
  const writer = nodes.find((node) => node.kind === 'commandHandler' && writers.includes(node.id))
  return writer?.kind === 'commandHandler' ? writer.stream : 'account-acc1'
}
