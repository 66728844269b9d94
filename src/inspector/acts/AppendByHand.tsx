/** An event that a person appends to a store, with the version that they expect its stream to be at. */
import { useState } from 'react'
import type { EventStoreState } from '../../history/sourcingStates.ts'
import { LIMITS } from '../../scenario/schema/limits.ts'
import { useVerbs } from '../../session/react.tsx'
import { Button } from '../../ui/Button.tsx'
import { NumberField } from '../../ui/NumberField.tsx'
import { Select } from '../../ui/Select.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { atMost, nameProblem } from '../design/texts.tsx'
import styles from './acts.module.css'

/** What a writer expects who names no version: `ExpectedVersion`. */
const EXPECTED = { any: -2, noStream: -1, streamExists: -4 } as const
type Expects = keyof typeof EXPECTED | 'version'

const WORDS: readonly { value: Expects; label: string }[] = [
  { value: 'any', label: 'Whatever it is' },
  { value: 'noStream', label: 'No stream' },
  { value: 'streamExists', label: 'That it exists' },
  { value: 'version', label: 'A version' },
]

export function AppendByHand({ state }: { state: EventStoreState }) {
  const session = useVerbs()
  const [first] = state.streams
  const [stream, setStream] = useState(first?.name ?? 'account-acc1')
  const [type, setType] = useState('Deposited')
  const [data, setData] = useState('{"account":"acc1","amount":10}')
  const [expects, setExpects] = useState<Expects>('version')
  const present = state.streams.find(({ name }) => name === stream)?.version ?? 0
  const [version, setVersion] = useState<number | null>(null)
  const expected = expects === 'version' ? (version ?? present) : EXPECTED[expects]
  const append = () => {
    const event = { type: type.trim(), data: dataOf(data) ?? {} }
    session.act({
      ...{ do: 'sourcing', node: state.id },
      act: { what: 'append', stream: stream.trim(), expected, ...event },
    })
  }
  return (
    <fieldset className={styles.points}>
      <legend>Append an event</legend>
      <TextField
        inline
        code
        label="Stream to append to"
        value={stream}
        validate={(text) => nameProblem(text, LIMITS.nameChars)}
        onCommit={setStream}
      />
      <TextField
        inline
        code
        label="Type"
        value={type}
        validate={(text) => nameProblem(text, LIMITS.nameChars)}
        onCommit={setType}
      />
      <TextField code label="Data" value={data} validate={jsonProblem} onCommit={setData} />
      <Select
        inline
        label="Expects"
        value={expects}
        options={WORDS}
        hint={
          expects === 'version' ? 'The append is refused if the stream has moved on.' : undefined
        }
        onChange={setExpects}
      />
      {expects === 'version' && (
        <NumberField
          inline
          label="Expected version"
          min={0}
          max={LIMITS.queueLength}
          value={version ?? present}
          onCommit={setVersion}
        />
      )}
      <div className={styles.buttons}>
        <Button onClick={append}>Append</Button>
      </div>
    </fieldset>
  )
}

function jsonProblem(text: string): string | undefined {
  return dataOf(text) === null
    ? 'Write a JSON object, such as {"account":"acc1","amount":10}.'
    : atMost(text, LIMITS.bodyChars)
}

/** The object that a text is the JSON of; null if it is none. */
function dataOf(text: string): object | null {
  try {
    const data: unknown = JSON.parse(text)
    return typeof data === 'object' && !Array.isArray(data) ? data : null
  } catch {
    return null
  }
}
