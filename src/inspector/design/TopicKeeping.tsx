/** How a topic is kept: replicas, retention, compaction. What is not set is not kept. */
import type { BrokerDoc } from '../../scenario/document.ts'
import { LIMITS } from '../../scenario/schema/limits.ts'
import { clusterSize } from '../../scenario/topicSettings.ts'
import { useSession } from '../../session/react.tsx'
import { NumberField } from '../../ui/NumberField.tsx'
import { Select } from '../../ui/Select.tsx'
import { Toggle } from '../../ui/Toggle.tsx'
import { useEdit } from '../editing.ts'
import { CLEANUP_WORDS, optionsOf } from '../settingWords.ts'
import { type DesignProps, useChange } from './change.ts'
import { Ms } from './DurationField.tsx'
import { LimitField } from './LimitField.tsx'

const LAG_MS = 30_000
const SESSION_MS = 2000
const FETCH_MS = 200
const CHECK_MS = 1000
const DIRTY = 0.5
const DAY_MS = 86_400_000

export function TopicKeeping({ doc }: DesignProps<'topic'>) {
  return (
    <>
      <Replicas doc={doc} />
      <Retention doc={doc} />
      <Compaction doc={doc} />
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
          <NumberField
            inline
            label="min.insync.replicas"
            hint="With acks=all fewer than these in sync mean that nothing is written."
            min={1}
            max={replicas}
            value={doc.minInsyncReplicas ?? 1}
            onCommit={(minInsyncReplicas) => change({ minInsyncReplicas })}
          />
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
          <Toggle
            label="Unclean leader election"
            hint="A replica that was behind may lead when no other is left: what it never had is lost."
            checked={doc.uncleanLeaderElection ?? false}
            onChange={(on) => change({ uncleanLeaderElection: on || undefined })}
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

function Retention({ doc }: DesignProps<'topic'>) {
  const change = useChange(doc)
  return (
    <>
      <LimitField
        label="Delete what is older (retention.ms)"
        value={doc.retentionMs}
        whenSet={20_000}
        min={1}
        max={LIMITS.delayMs}
        unit="ms"
        onCommit={(retentionMs) => change({ retentionMs })}
      />
      <LimitField
        label="Delete what is too much (retention.bytes)"
        value={doc.retentionBytes}
        whenSet={200}
        min={1}
        max={LIMITS.queueBytes}
        unit="bytes"
        onCommit={(retentionBytes) => change({ retentionBytes })}
      />
      <LimitField
        label="Close segments by size (segment.bytes)"
        value={doc.segmentBytes}
        whenSet={60}
        min={1}
        max={LIMITS.queueBytes}
        unit="bytes"
        onCommit={(segmentBytes) => change({ segmentBytes })}
      />
      <LimitField
        label="Close segments by age (segment.ms)"
        value={doc.segmentMs}
        whenSet={5000}
        min={1}
        max={LIMITS.delayMs}
        unit="ms"
        onCommit={(segmentMs) => change({ segmentMs })}
      />
    </>
  )
}

function Compaction({ doc }: DesignProps<'topic'>) {
  const change = useChange(doc)
  const cleanup = doc.cleanup ?? 'delete'
  return (
    <>
      <Select
        inline
        label="cleanup.policy"
        value={cleanup}
        options={optionsOf(CLEANUP_WORDS)}
        hint={CLEANUP_WORDS[cleanup].meaning}
        onChange={(chosen) => change({ cleanup: chosen === 'delete' ? undefined : chosen })}
      />
      {cleanup !== 'delete' && (
        <>
          <NumberField
            inline
            label="Begins when so much is dirty"
            min={0}
            max={1}
            step={0.05}
            value={doc.dirtyRatio ?? DIRTY}
            onCommit={(dirtyRatio) => change({ dirtyRatio })}
          />
          <Ms
            label="Tombstones stay for"
            value={doc.deleteRetentionMs ?? DAY_MS}
            onCommit={(deleteRetentionMs) => change({ deleteRetentionMs })}
          />
          <Ms
            label="Looks every"
            value={doc.checkMs ?? CHECK_MS}
            least={1}
            onCommit={(checkMs) => change({ checkMs })}
          />
        </>
      )}
    </>
  )
}
