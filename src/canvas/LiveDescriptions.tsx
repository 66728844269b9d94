/** What each node holds, in words, for those who do not see it. Follows the session's slow clock, at most four times a second. */
import { memo } from 'react'
import { useSession } from '../session/react.tsx'
import { NO_NOTES, notesOf } from './notes.ts'
import { describeState } from './stateWords.ts'

export function LiveDescriptions({ idOf }: { idOf: (node: string) => string }) {
  const scenario = useSession((state) => state.scenario)
  return (
    <div hidden>
      {scenario.nodes.map(({ id }, i) => (
        <LiveDescription key={id} id={idOf(id)} node={id} index={i} />
      ))}
    </div>
  )
}

const LiveDescription = memo((props: { id: string; node: string; index: number }) => {
  const text = useSession(({ frame }) => {
    const state = frame?.nodes[props.index]
    return state?.id === props.node ? describeState(state) : ''
  })
  const notes = useSession(({ scenario }) => notesOf(scenario).get(props.node) ?? NO_NOTES)
  return <span id={props.id}>{[text, ...notes].join('. ')}</span>
})
