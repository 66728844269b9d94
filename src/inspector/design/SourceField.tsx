/** What a projection or a process manager subscribes to: all streams of its store, a category, or one stream. */
import type { NodeOf, Scenario } from '../../scenario/document.ts'
import { LIMITS } from '../../scenario/schema/limits.ts'
import { useSession } from '../../session/react.tsx'
import { Select } from '../../ui/Select.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { nameProblem } from './texts.tsx'

const CATEGORY_PREFIX = '$ce-'

const SOURCES = ['all', 'category', 'stream'] as const
type What = (typeof SOURCES)[number]

const WORDS: Record<What, { label: string; meaning: string }> = {
  all: { label: 'All streams', meaning: 'Every event of the store, by its position ($all).' },
  category: {
    label: 'A category',
    meaning:
      'All streams whose names begin alike: $ce-account has those of account-acc1 and account-acc2.',
  },
  stream: { label: 'One stream', meaning: 'Its events by their version; all others are left out.' },
}

interface SourceFieldProps {
  doc: NodeOf<'projection' | 'processManager'>
  onCommit: (source: string | undefined) => void
}

export function SourceField({ doc: { id, source = '' }, onCommit }: SourceFieldProps) {
  const example = useSession(({ scenario }) => exampleOf(scenario, id))
  const what = whatOf(source)
  const name = what === 'category' ? source.slice(CATEGORY_PREFIX.length) : source
  const commit = (as: What, text: string) => {
    if (as === 'all') onCommit(undefined)
    else onCommit(as === 'category' ? CATEGORY_PREFIX + text.replace(/-.*/, '') : text)
  }
  return (
    <>
      <Select
        inline
        label="Subscribes to"
        value={what}
        options={SOURCES.map((value) => ({ value, label: WORDS[value].label }))}
        hint={WORDS[what].meaning}
        onChange={(next) => commit(next, example)}
      />
      {what !== 'all' && (
        <TextField
          inline
          code
          label={what === 'category' ? 'Category' : 'Stream'}
          value={name}
          validate={(text) => nameProblem(text, LIMITS.nameChars - CATEGORY_PREFIX.length)}
          onCommit={(text) => commit(what, text.trim())}
        />
      )}
    </>
  )
}

function whatOf(source: string): What {
  if (source === '') return 'all'
  return source.startsWith(CATEGORY_PREFIX) ? 'category' : 'stream'
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
