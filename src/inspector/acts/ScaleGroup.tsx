/**
 * Scales a group at the playhead, in one act: members that are closed join again, more come like the last one,
 * or the last ones close. New members are in the drawing from then on, and start at this moment.
 */
import { type FormEvent, useState } from 'react'
import type { GroupConsumerState } from '../../history/frame.ts'
import { membersOf, scalingTo, withMembers } from '../../scenario/scaling.ts'
import { LIMITS } from '../../scenario/schema/limits.ts'
import { useSession, useVerbs } from '../../session/react.tsx'
import { Button } from '../../ui/Button.tsx'
import { NumberField } from '../../ui/NumberField.tsx'
import { Select } from '../../ui/Select.tsx'
import { showToast } from '../../ui/toast.ts'
import type { NowProps } from '../now/nodeState.ts'
import styles from './acts.module.css'

/** Of a topic: any of its groups. */
export function ScaleGroup({ doc, state }: NowProps<'topic'>) {
  const names = state.groups.map(({ name }) => name)
  const [chosen, setChosen] = useState('')
  const group = names.includes(chosen) ? chosen : names[0]
  if (group === undefined) return null
  return (
    <Scale
      // What is wanted of one group says nothing of another.
      key={group}
      topic={doc.id}
      group={group}
      choice={
        names.length > 1 && (
          <Select
            label="Group to scale"
            value={group}
            options={names.map((name) => ({ value: name, label: name }))}
            onChange={setChosen}
          />
        )
      }
    />
  )
}

/** Of a member: its own group. */
export function ScaleOwnGroup({ doc }: NowProps<'groupConsumer'>) {
  const topic = useSession(({ scenario }) => scenario.links.find(({ to }) => to === doc.id)?.from)
  return topic === undefined ? null : <Scale topic={topic} group={doc.group} choice={false} />
}

function Scale(props: { topic: string; group: string; choice: React.ReactNode }) {
  const { topic, group, choice } = props
  const session = useVerbs()
  const scenario = useSession((state) => state.scenario)
  const members = useMembers(topic, group)
  const working = members.filter(({ closed, crashed }) => !closed && !crashed).length
  const [wanted, setWanted] = useState<number | null>(null)
  const count = wanted ?? working + 1
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    const { join, close, more } = scalingTo(count, members)
    setWanted(null)
    const startAtMs = Math.ceil(session.playhead().timeUs / 1000)
    try {
      session.inOneStep(`scale ${group} to ${count}`, () => {
        if (more > 0) {
          const grown = withMembers(scenario, topic, group, more, startAtMs)
          session.edit({ edit: 'replace', scenario: grown })
        }
        for (const node of join) session.act({ do: 'consume', node })
        for (const node of close) session.act({ do: 'cancel', node })
      })
    } catch (error) {
      showToast(error instanceof Error ? error.message : String(error))
    }
  }
  return (
    <form className={styles.form} onSubmit={onSubmit}>
      <div className={styles.pair}>
        {choice}
        <NumberField
          label={`Members of ${group}`}
          hint={`${working} at work now.`}
          min={0}
          max={LIMITS.partitions}
          value={count}
          onCommit={setWanted}
        />
      </div>
      <Button type="submit" disabled={count === working}>
        Scale the group
      </Button>
    </form>
  )
}

function useMembers(topic: string, group: string) {
  const scenario = useSession((state) => state.scenario)
  const nodes = useSession(({ frame }) => frame?.nodes)
  return membersOf(scenario, topic, group).map(({ id }) => {
    const state = nodes?.find((node): node is GroupConsumerState => node.id === id)
    return { id, closed: state?.closed ?? true, crashed: state?.crashed ?? false }
  })
}
