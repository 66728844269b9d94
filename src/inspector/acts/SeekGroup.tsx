/** Moves a group's offsets in a topic at the playhead: the way to read again, or to skip. */
import { type FormEvent, useState } from 'react'
import { useVerbs } from '../../session/react.tsx'
import { Button } from '../../ui/Button.tsx'
import { NumberField } from '../../ui/NumberField.tsx'
import { Select } from '../../ui/Select.tsx'
import type { NowProps } from '../now/nodeState.ts'
import styles from './acts.module.css'

type Place = 'beginning' | 'end' | 'offset'

const PLACES: { value: Place; label: string }[] = [
  { value: 'beginning', label: 'the beginning' },
  { value: 'end', label: 'the end' },
  { value: 'offset', label: 'an offset' },
]

export function SeekGroup({ doc, state }: NowProps<'topic'>) {
  const session = useVerbs()
  const names = state.groups.map(({ name }) => name)
  const [chosen, setChosen] = useState('')
  const [place, setPlace] = useState<Place>('beginning')
  const [offset, setOffset] = useState(0)
  const group = names.includes(chosen) ? chosen : names[0]
  if (group === undefined) return null
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    session.act({ do: 'seek', topic: doc.id, group, to: place === 'offset' ? offset : place })
  }
  return (
    <form className={styles.form} onSubmit={onSubmit}>
      <div className={styles.pair}>
        <Select
          label="Group"
          value={group}
          options={names.map((name) => ({ value: name, label: name }))}
          onChange={setChosen}
        />
        <Select label="reads on from" value={place} options={PLACES} onChange={setPlace} />
      </div>
      {place === 'offset' && (
        <NumberField
          label="Offset in each partition"
          min={0}
          value={offset}
          onCommit={setOffset}
          inline
        />
      )}
      <Button type="submit">Move the group</Button>
    </form>
  )
}
