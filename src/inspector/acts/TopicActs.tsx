/** What can be done to a topic and its brokers at the playhead: more partitions, other retention, deaths and cuts. */
import { useState } from 'react'
import type { ClusterState } from '../../history/kept.ts'
import { LIMITS } from '../../scenario/schema/limits.ts'
import { useVerbs } from '../../session/react.tsx'
import { Button } from '../../ui/Button.tsx'
import { CrashIcon, RestartIcon } from '../../ui/icons.ts'
import { NumberField } from '../../ui/NumberField.tsx'
import { withoutNulls } from '../code/presentScenario.ts'
import { type ConfigChanges, InsyncFields, KeepingFields } from '../design/TopicConfigs.tsx'
import type { NowProps } from '../now/nodeState.ts'
import { Quiet, Table } from '../Readings.tsx'
import styles from './acts.module.css'
import { ScaleGroup } from './ScaleGroup.tsx'
import { SeekGroup } from './SeekGroup.tsx'

export function TopicActs({ doc, state }: NowProps<'topic'>) {
  const isKept = state.partitions.some(({ kept }) => kept !== undefined)
  return (
    <>
      {state.cluster && state.cluster.size > 1 && <Brokers cluster={state.cluster} />}
      <AddPartitions topic={doc.id} />
      <ScaleGroup doc={doc} state={state} />
      <SeekGroup doc={doc} state={state} />
      {isKept ? (
        <AlterConfigs doc={doc} state={state} />
      ) : (
        <Quiet>
          It was made without a configuration and keeps everything. Give it a limit under Design:
          then it can be changed at any moment.
        </Quiet>
      )}
    </>
  )
}

function AddPartitions({ topic }: { topic: string }) {
  const session = useVerbs()
  const [count, setCount] = useState(1)
  return (
    <div className={styles.pair}>
      <NumberField
        hideLabel
        label="Partitions more"
        unit="more"
        min={1}
        max={LIMITS.partitions}
        value={count}
        onCommit={setCount}
      />
      <Button onClick={() => session.act({ do: 'addPartitions', topic, count })}>
        Add partitions
      </Button>
    </div>
  )
}

/** IncrementalAlterConfigs: each field is an act, and holds from the playhead on. */
function AlterConfigs({ doc, state }: NowProps<'topic'>) {
  const session = useVerbs()
  const values = { ...doc, ...withoutNulls(state.changed) }
  const alter = (changes: ConfigChanges) => {
    for (const [name, value = null] of Object.entries(changes)) {
      session.act({ do: 'alterTopic', topic: doc.id, name, value })
    }
  }
  return (
    <>
      {(doc.replicationFactor ?? 1) > 1 && <InsyncFields values={values} onChange={alter} />}
      <KeepingFields values={values} onChange={alter} />
    </>
  )
}

function Brokers({ cluster }: { cluster: ClusterState }) {
  const session = useVerbs()
  const { broker, size, down, cut } = cluster
  return (
    <Table
      label="Brokers"
      columns={[{ name: 'Broker' }, { name: 'Process' }, { name: 'Replication' }]}
      rows={Array.from({ length: size }, (_, index) => {
        const isDown = down.includes(index)
        const isCut = cut.includes(index)
        return {
          key: String(index),
          lit: isDown || isCut,
          cells: [
            index,
            <Button
              key="life"
              size="small"
              variant={isDown ? 'solid' : 'danger'}
              icon={isDown ? RestartIcon : CrashIcon}
              aria-label={isDown ? `Start broker ${index}` : `Kill broker ${index}`}
              onClick={() =>
                session.act({ do: isDown ? 'startBroker' : 'killBroker', broker, index })
              }
            >
              {isDown ? 'Start' : 'Kill'}
            </Button>,
            <Button
              key="reach"
              size="small"
              aria-label={isCut ? `Let broker ${index} rejoin` : `Cut broker ${index} off`}
              onClick={() =>
                session.act({ do: isCut ? 'rejoinBroker' : 'isolateBroker', broker, index })
              }
            >
              {isCut ? 'Rejoin' : 'Cut off'}
            </Button>,
          ],
        }
      })}
    />
  )
}
