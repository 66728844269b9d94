/** What is inside a partitioned log's parts and clients at the playhead: topic and group consumer. */
import type { GroupState, PartitionState } from '../../history/frame.ts'
import { lagIn } from '../../history/lag.ts'
import { Term } from '../../ui/Term.tsx'
import { Quiet, Readings, Rows, Table } from '../Readings.tsx'
import { Part } from '../Section.tsx'
import { MessageChip, NodeLink } from '../Selectable.tsx'
import { countText } from '../timeText.ts'
import { BatchingNow } from './BatchingNow.tsx'
import { Jobs, Unlisted } from './Jobs.tsx'
import { effectCount, Ledger } from './Ledger.tsx'
import styles from './LogNow.module.css'
import { type NowProps, useFrameUs } from './nodeState.ts'
import { TopicKept } from './TopicKept.tsx'

const OFFSET = 'The number of a record in its partition, from 0. It never changes.'
const COMMITTED =
  'Where the group continues after a crash or a rebalance: all before it counts as done.'
const POSITION = 'The offset that the next poll reads. It runs ahead of the committed offset.'
const LAG =
  'Offsets from the committed one to the high watermark, as kafka-consumer-groups counts them, control records and deleted ones too; and how long ago the first of these records was made.'

export function TopicNow({ state }: NowProps<'topic'>) {
  const { partitions, groups } = state
  const records = partitions.reduce((sum, { start, end }) => sum + end - start, 0)
  return (
    <>
      <Readings of={[{ name: 'Records', value: countText(records) }]} />
      {partitions.map((partition, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a partition's number is its identity
        <Partition key={index} index={index} partition={partition} />
      ))}
      <TopicKept state={state} />
      {groups.length === 0 && (
        <Quiet>No group reads this topic. Its records stay all the same.</Quiet>
      )}
      {groups.map((group) => (
        <Group key={group.name} group={group} partitions={partitions} />
      ))}
    </>
  )
}

function Partition({ index, partition }: { index: number; partition: PartitionState }) {
  const { start, end, records } = partition
  const newestFirst = records.filter(({ fate }) => !fate?.removed).reverse()
  return (
    <Part
      title={`Partition ${index}`}
      aside={
        <>
          next <Term meaning={OFFSET}>offset</Term> {countText(end)}
        </>
      }
    >
      {newestFirst.length === 0 ? (
        <Quiet>Empty.</Quiet>
      ) : (
        <Rows label={`Records of partition ${index}, newest first`}>
          {newestFirst.map(({ offset, message }) => (
            <li key={offset} className={styles.record}>
              <span className={styles.offset}>{offset}</span>
              <MessageChip message={message} />
            </li>
          ))}
        </Rows>
      )}
      <Unlisted listed={records.length} count={end - start} />
    </Part>
  )
}

function Group({
  group,
  partitions,
}: {
  group: GroupState
  partitions: readonly PartitionState[]
}) {
  const nowUs = useFrameUs()
  if (group.partitions.some(({ share }) => share !== null)) return <ShareGroup group={group} />
  const { phase, waitsFor } = group
  return (
    <Part title={`Group ${group.name}`} aside={`generation ${group.generation}`}>
      {phase === 'preparing' && (
        <Quiet>
          It rebalances
          {waitsFor.length > 0 && (
            <>
              {' and waits for '}
              {waitsFor.map((id, at) => (
                <span key={id}>
                  {at > 0 && ', '}
                  <NodeLink id={id} />
                </span>
              ))}
            </>
          )}
          .
        </Quiet>
      )}
      <Table
        label={`Offsets of group ${group.name}`}
        columns={[
          { name: 'P' },
          { name: 'Committed', number: true, meaning: COMMITTED },
          { name: 'Position', number: true, meaning: POSITION },
          { name: 'Lag', number: true, meaning: LAG },
          { name: 'Member' },
        ]}
        rows={group.partitions.map((place, index) => ({
          key: String(index),
          cells: [
            index,
            committedText(place),
            place.position < 0 ? '–' : countText(place.position),
            <Lag key="lag" place={place} partition={partitions[index]} nowUs={nowUs} />,
            place.member === null ? (
              ownerless(group, place)
            ) : (
              <>
                <NodeLink key="member" id={place.member} />
                {place.leaving && ', gives it up'}
              </>
            ),
          ],
        }))}
      />
    </Part>
  )
}

/** In offsets and in time. */
function Lag({
  place: { committed, oldestUs },
  partition,
  nowUs,
}: {
  place: GroupState['partitions'][number]
  partition: PartitionState | undefined
  nowUs: number
}) {
  if (!partition) return '–'
  const { start, end, kept } = partition
  const lag = lagIn(committed, start, end, kept?.highWatermark)
  return (
    <>
      {countText(lag)}
      {lag > 0 && oldestUs >= 0 && (
        <span className={styles.age}>{((nowUs - oldestUs) / 1_000_000).toFixed(1)} s</span>
      )}
    </>
  )
}

/** What is committed, and what will be when the transaction is. */
function committedText({ committed, pending }: GroupState['partitions'][number]): string {
  const now = committed < 0 ? 'none' : countText(committed)
  return pending < 0 ? now : `${now}, then ${countText(pending)}`
}

/** A share group: what it is at, record by record. */
function ShareGroup({ group }: { group: GroupState }) {
  const rows = group.partitions.flatMap(({ share }, partition) =>
    (share ?? []).map((record) => ({
      key: `${partition}/${record.offset}`,
      cells: [
        partition,
        record.offset,
        record.state,
        record.count,
        record.member === null ? '–' : <NodeLink key="member" id={record.member} />,
      ],
    })),
  )
  return (
    <Part title={`Share group ${group.name}`}>
      {rows.length === 0 ? (
        <Quiet>Everything that was handed out is done.</Quiet>
      ) : (
        <Table
          label={`Records of share group ${group.name}`}
          columns={[
            { name: 'P' },
            { name: 'Offset', number: true, meaning: OFFSET },
            { name: 'State', meaning: SHARED },
            { name: 'Deliveries', number: true, meaning: DELIVERIES },
            { name: 'Member' },
          ]}
          rows={rows}
        />
      )}
    </Part>
  )
}

const SHARED =
  'Acquired: one member has it for a time. Available: it came back. Archived: it came back too often or was rejected.'
const DELIVERIES = 'How often the record was handed out, this time included.'

function ownerless({ phase }: GroupState, { before }: GroupState['partitions'][number]): string {
  return phase === 'preparing' && before !== null ? `given up by ${before}` : 'nobody'
}

export function GroupConsumerNow({ state }: NowProps<'groupConsumer'>) {
  const { group, assigned, lag, jobs, jobCount } = state
  return (
    <>
      <Readings
        of={[
          { name: 'Group', value: group },
          {
            name: (
              <Term meaning="The partitions that this member reads at this moment. When members come or go, the group shares them out anew: a rebalance.">
                Assigned
              </Term>
            ),
            value:
              assigned.length === 0
                ? 'no partition'
                : `${assigned.length === 1 ? 'partition' : 'partitions'} ${assigned.join(', ')}`,
            lit: assigned.length === 0,
          },
          {
            name: (
              <Term meaning="Records of its partitions that it has not read yet.">To read</Term>
            ),
            value: countText(lag),
          },
          { name: 'Processed', value: countText(state.processed) },
          { name: 'Failed', value: countText(state.failed), lit: state.failed > 0 },
        ]}
      />
      <Jobs jobs={jobs} count={jobCount} />
      {state.output && <BatchingNow batching={state.output} />}
      <Ledger effects={state.effects} total={effectCount(state)} />
    </>
  )
}
