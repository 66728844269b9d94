/** What can be done to a producer that batches: its last request goes out once more. */
import { useVerbs } from '../../session/react.tsx'
import { Button } from '../../ui/Button.tsx'
import type { NowProps } from '../now/nodeState.ts'
import styles from './acts.module.css'
import { PublishNow } from './PublishNow.tsx'

export function ProducerActs({ doc, state }: NowProps<'producer'>) {
  const session = useVerbs()
  return (
    <>
      <PublishNow doc={doc} state={state} />
      {state.batching.length > 0 && (
        <div className={styles.buttons}>
          <Button
            disabled={state.crashed || state.published === 0}
            onClick={() => session.act({ do: 'duplicateSend', node: doc.id })}
          >
            Send the last request again
          </Button>
        </div>
      )}
    </>
  )
}
