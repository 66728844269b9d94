/** What can be done to a topic and its brokers at the playhead: more partitions, other retention, deaths and cuts. */
import { useState } from 'react'
import type { ClusterState } from '../../history/kept.ts'
import { LIMITS } from '../../scenario/schema/limits.ts'
import { useVerbs } from '../../session/react.tsx'
import { Button } from '../../ui/Button.tsx'
import { CrashIcon, RestartIcon } from '../../ui/icons.ts'
import { NumberField } from '../../ui/NumberField.tsx'
import type { NowProps } from '../now/nodeState.ts'
import { Table } from '../Readings.tsx'
import styles from './acts.module.css'
import { ScaleGroup } from './ScaleGroup.tsx'
import { SeekGroup } from './SeekGroup.tsx'

export function TopicActs({ doc, state }: NowProps<'topic'>) {
  const isKept = state.partitions.some(({ kept }) => kept !== undefined)
  return (
    <>
      {state.cluster && state.cluster.size > 1 && <Brokers cluster={state.cluster} />}
      <AddPartitions topic={doc.id} />
      {isKept && <KeepFor topic={doc.id} now={retentionNow(doc, state)} />}
      <ScaleGroup doc={doc} state={state} />
      <SeekGroup doc={doc} state={state} />
    </>
  )
}

function retentionNow(doc: NowProps<'topic'>['doc'], state: NowProps<'topic'>['state']): number {
  const changed = state.changed.retentionMs
  return typeof changed === 'number' ? changed : (doc.retentionMs ?? 60_000)
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

function KeepFor({ topic, now }: { topic: string; now: number }) {
  const session = useVerbs()
  const [ms, setMs] = useState(now)
  return (
    <div className={styles.pair}>
      <NumberField
        hideLabel
        label="Keep records for"
        unit="ms"
        min={1}
        max={LIMITS.delayMs}
        value={ms}
        onCommit={setMs}
      />
      <Button
        onClick={() => session.act({ do: 'alterTopic', topic, name: 'retentionMs', value: ms })}
      >
        Keep so long
      </Button>
    </div>
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
