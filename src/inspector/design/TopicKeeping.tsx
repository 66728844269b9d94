/** How a topic is kept: its replicas and the cluster that they lie on, and its configuration. What is not set is not kept. */
import type { BrokerDoc } from '../../scenario/document.ts'
import { LIMITS } from '../../scenario/schema/limits.ts'
import { clusterSize } from '../../scenario/topicSettings.ts'
import { useSession } from '../../session/react.tsx'
import { NumberField } from '../../ui/NumberField.tsx'
import { useEdit } from '../editing.ts'
import { type DesignProps, useChange } from './change.ts'
import { Ms } from './DurationField.tsx'
import { InsyncFields, KeepingFields } from './TopicConfigs.tsx'

const LAG_MS = 30_000
const SESSION_MS = 2000
const FETCH_MS = 200
const CHECK_MS = 1000

export function TopicKeeping({ doc }: DesignProps<'topic'>) {
  const change = useChange(doc)
  return (
    <>
      <Replicas doc={doc} />
      <KeepingFields values={doc} onChange={change} />
      {(doc.cleanup ?? 'delete') !== 'delete' && (
        <Ms
          label="Looks every"
          value={doc.checkMs ?? CHECK_MS}
          least={1}
          onCommit={(checkMs) => change({ checkMs })}
        />
      )}
    </>
  )
}

function Replicas({ doc }: DesignProps<'topic'>) {
  const change = useChange(doc)
  const replicas = doc.replicationFactor ?? 1
  return (
    <>
      <NumberField
        inline
        label="Replicas"
        hint="On so many brokers each partition lies (replication.factor). One of them leads."
        min={1}
        max={LIMITS.clusterBrokers}
        value={replicas}
        onCommit={(replicationFactor) =>
          change({
            replicationFactor: replicationFactor === 1 ? undefined : replicationFactor,
            ...((doc.minInsyncReplicas ?? 1) > replicationFactor && {
              minInsyncReplicas: replicationFactor,
            }),
          })
        }
      />
      {replicas > 1 && (
        <>
          <InsyncFields values={doc} onChange={change} />
          <Ms
            label="Out of sync after"
            value={doc.replicaLagMs ?? LAG_MS}
            least={1}
            onCommit={(replicaLagMs) => change({ replicaLagMs })}
          />
          <Ms
            label="A follower’s fetch takes"
            value={doc.replicaFetchMs ?? FETCH_MS}
            least={1}
            onCommit={(replicaFetchMs) => change({ replicaFetchMs })}
          />
          <Cluster doc={doc} />
        </>
      )}
    </>
  )
}

/** Of the whole log, and so of all its topics. */
function Cluster({ doc }: DesignProps<'topic'>) {
  const edit = useEdit()
  const scenario = useSession((state) => state.scenario)
  const broker = scenario.brokers.find(({ id }) => id === doc.broker)
  if (!broker) return null
  const change = (changes: Partial<BrokerDoc>) =>
    edit({
      edit: 'replace',
      scenario: {
        ...scenario,
        brokers: scenario.brokers.map((each) => (each === broker ? { ...each, ...changes } : each)),
      },
    })
  return (
    <>
      <NumberField
        inline
        label={`Brokers of ${broker.id}`}
        hint="Partitions are dealt out over them. As many as there are replicas, or more."
        min={doc.replicationFactor ?? 1}
        max={LIMITS.clusterBrokers}
        value={clusterSize(scenario, broker)}
        onCommit={(brokers) => change({ brokers })}
      />
      <Ms
        label="A dead broker is noticed after"
        value={broker.brokerSessionMs ?? SESSION_MS}
        least={1}
        onCommit={(brokerSessionMs) => change({ brokerSessionMs })}
      />
    </>
  )
}
