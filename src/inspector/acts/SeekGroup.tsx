/** Moves a group's offsets in a topic, or a member's own position, at the playhead: the way to read again, or to skip. */
import { type FormEvent, useState } from 'react'
import type { ActionBody } from '../../scenario/document.ts'
import { LIMITS } from '../../scenario/schema/limits.ts'
import { useVerbs } from '../../session/react.tsx'
import { Button } from '../../ui/Button.tsx'
import { NumberField } from '../../ui/NumberField.tsx'
import { Select } from '../../ui/Select.tsx'
import type { NowProps } from '../now/nodeState.ts'
import styles from './acts.module.css'

type Target = Extract<ActionBody, { do: 'seek' }>['to']
type Place = 'beginning' | 'end' | 'offset' | 'time'

const PLACES: { value: Place; label: string }[] = [
  { value: 'beginning', label: 'the beginning' },
  { value: 'end', label: 'the end' },
  { value: 'offset', label: 'an offset' },
  { value: 'time', label: 'a time' },
]

export function SeekGroup({ doc, state }: NowProps<'topic'>) {
  const session = useVerbs()
  const names = state.groups.map(({ name }) => name)
  const [chosen, setChosen] = useState('')
  const target = useTarget()
  const group = names.includes(chosen) ? chosen : names[0]
  if (group === undefined) return null
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    session.act({ do: 'seek', topic: doc.id, group, to: target.to })
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
        {target.place}
      </div>
      {target.more}
      <Button type="submit">Move the group</Button>
    </form>
  )
}

const ALL = 'all'

/** consumer.seek: what is committed stays, and no other member notices. */
export function SeekMember({ doc, state }: NowProps<'groupConsumer'>) {
  const session = useVerbs()
  const [chosen, setChosen] = useState(ALL)
  const target = useTarget()
  const { assigned } = state
  if (assigned.length === 0) return null
  const partition = assigned.includes(Number(chosen)) ? chosen : ALL
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    const of = partition === ALL ? {} : { partition: Number(partition) }
    session.act({ do: 'seekMember', node: doc.id, to: target.to, ...of })
  }
  return (
    <form className={styles.form} onSubmit={onSubmit}>
      <div className={styles.pair}>
        <Select
          label="Partition"
          value={partition}
          options={[
            {
              value: ALL,
              label: assigned.length === 1 ? `its own, ${assigned[0]}` : 'all its own',
            },
            ...(assigned.length === 1 ? [] : assigned).map((index) => ({
              value: String(index),
              label: String(index),
            })),
          ]}
          onChange={setChosen}
        />
        {target.place}
      </div>
      {target.more}
      <Button type="submit">Seek before its next poll</Button>
    </form>
  )
}

/** Where to, and the fields that say it. */
function useTarget() {
  const [place, setPlace] = useState<Place>('beginning')
  const [offset, setOffset] = useState(0)
  const [seconds, setSeconds] = useState(0)
  const to: Target =
    place === 'offset' ? offset : place === 'time' ? { timeMs: seconds * 1000 } : place
  return {
    to,
    place: <Select label="reads on from" value={place} options={PLACES} onChange={setPlace} />,
    more: (
      <>
        {place === 'offset' && (
          <NumberField
            label="Offset in each partition"
            min={0}
            value={offset}
            onCommit={setOffset}
            inline
          />
        )}
        {place === 'time' && (
          <NumberField
            label="First record made at"
            hint="Or later. Where there is none it reads on from the end."
            unit="s"
            min={0}
            max={LIMITS.durationMs / 1000}
            step={0.1}
            value={seconds}
            onCommit={setSeconds}
            inline
          />
        )}
      </>
    ),
  }
}
