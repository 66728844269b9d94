/** Crash, restart and slow down: what can be done to every client. */
import type { NodeState } from '../../history/frame.ts'
import { useVerbs } from '../../session/react.tsx'
import { Button } from '../../ui/Button.tsx'
import { CrashIcon, RestartIcon } from '../../ui/icons.ts'
import { Segmented } from '../../ui/Segmented.tsx'
import styles from './acts.module.css'
import { slowChoices } from './slowChoices.ts'

export function LifeActs({ state, works }: { state: NodeState; works: boolean }) {
  const session = useVerbs()
  const { id, crashed, slow } = state
  return (
    <>
      <div className={styles.buttons}>
        {crashed ? (
          <Button
            variant="solid"
            icon={RestartIcon}
            onClick={() => session.act({ do: 'restart', node: id })}
          >
            Restart
          </Button>
        ) : (
          <Button
            variant="danger"
            icon={CrashIcon}
            onClick={() => session.act({ do: 'crash', node: id })}
          >
            Crash
          </Button>
        )}
      </div>
      {works && (
        <Segmented
          label="Work takes so many times as long"
          stretch
          size="small"
          value={String(slow)}
          options={slowChoices(slow).map((factor) => ({
            value: String(factor),
            label: `${factor}×`,
          }))}
          onChange={(factor) => session.act({ do: 'slow', node: id, factor: Number(factor) })}
        />
      )}
    </>
  )
}
