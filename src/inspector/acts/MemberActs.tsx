/** What can be done to a member of a consumer group besides what every client can have done to it. */
import { useVerbs } from '../../session/react.tsx'
import { Button } from '../../ui/Button.tsx'
import type { NowProps } from '../now/nodeState.ts'
import styles from './acts.module.css'

export function MemberActs({ doc, state }: NowProps<'groupConsumer'>) {
  const session = useVerbs()
  const { id } = doc
  if (state.crashed) return null
  if (state.closed) {
    return (
      <div className={styles.buttons}>
        <Button onClick={() => session.act({ do: 'consume', node: id })}>
          {state.joined ? 'Join the group again' : 'Join now'}
        </Button>
      </div>
    )
  }
  return (
    <div className={styles.buttons}>
      {doc.commit !== 'transaction' && (
        <Button onClick={() => session.act({ do: 'commitNow', node: id })}>Commit now</Button>
      )}
      <Button onClick={() => session.act({ do: state.paused ? 'resume' : 'pause', node: id })}>
        {state.paused ? 'Resume' : 'Pause'}
      </Button>
      <Button onClick={() => session.act({ do: 'stall', node: id })}>
        Outlast max.poll.interval
      </Button>
      <Button onClick={() => session.act({ do: 'cancel', node: id })}>Close</Button>
    </div>
  )
}
