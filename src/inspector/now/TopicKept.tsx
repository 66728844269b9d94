/** How a topic is kept at the playhead: its brokers, the replicas of each partition, and where keys go. */
import type { PartitionState, TopicState } from '../../history/frame.ts'
import type { KeyPlace, ReplicaState } from '../../history/kept.ts'
import { Quiet, Readings, Table } from '../Readings.tsx'
import { Part } from '../Section.tsx'
import { countText } from '../timeText.ts'

const WATERMARK = 'All replicas in sync have what is below it. Consumers read up to here.'
const STABLE = 'The first offset of the oldest open transaction. read_committed reads up to here.'
const IN_SYNC = 'It has caught up with the leader within replica.lag.time.max.ms.'

export function TopicKept({ state }: { state: TopicState }) {
  return (
    <>
      {state.partitions.map(
        (partition, index) =>
          partition.kept && (
            // biome-ignore lint/suspicious/noArrayIndexKey: a partition's number is its identity
            <KeptPartition key={index} index={index} partition={partition} />
          ),
      )}
      {state.keys.length > 0 && <Keys keys={state.keys} />}
    </>
  )
}

function KeptPartition({ index, partition }: { index: number; partition: PartitionState }) {
  const { kept, start, end } = partition
  if (!kept) return null
  const { leader, isAvailable, epoch, highWatermark, lastStable, replicas } = kept
  return (
    <Part
      title={`Partition ${index}, as it is kept`}
      aside={
        leader === -1
          ? 'no leader'
          : `broker ${leader} leads${isAvailable ? '' : ', but is down'}, epoch ${epoch}`
      }
    >
      <Readings
        of={[
          { name: 'Offsets', value: `${countText(start)} to ${countText(end)}` },
          {
            name: 'High watermark',
            value: highWatermark < 0 ? 'nobody says' : countText(highWatermark),
          },
          {
            name: 'Last stable offset',
            value: lastStable < 0 ? 'nobody says' : countText(lastStable),
            lit: lastStable < highWatermark,
          },
          { name: 'Segments', value: `${kept.segments.length}, ${countText(kept.bytes)} bytes` },
          kept.cleanTo >= 0 && { name: 'Compacted up to', value: countText(kept.cleanTo) },
        ]}
      />
      {replicas.length > 1 && (
        <Table
          label={`Replicas of partition ${index}`}
          columns={[
            { name: 'Broker' },
            { name: 'End', number: true },
            { name: 'Watermark', number: true, meaning: WATERMARK },
            { name: 'Standing', meaning: IN_SYNC },
          ]}
          rows={replicas.map((replica) => ({
            key: String(replica.broker),
            lit: !replica.inSync,
            cells: [
              replica.broker,
              countText(replica.end),
              countText(replica.highWatermark),
              standingOf(replica),
            ],
          }))}
        />
      )}
      {lastStable >= 0 && lastStable < highWatermark && <Quiet>{STABLE}</Quiet>}
    </Part>
  )
}

function standingOf({ leads, inSync, down, cut }: ReplicaState): string {
  const standing = leads ? 'leads' : inSync ? 'in sync' : 'behind'
  if (down) return `${standing}, down`
  return cut ? `${standing}, cut off` : standing
}

/** Which partition each key goes to; after partitions were added, from which. */
function Keys({ keys }: { keys: readonly KeyPlace[] }) {
  const moved = keys.filter(({ before, partition }) => before !== null && before !== partition)
  const hasGrown = keys.some(({ before }) => before !== null)
  return (
    <Part
      title="Keys"
      aside={hasGrown ? `${moved.length} of ${keys.length} moved` : 'murmur2 of the key'}
    >
      <Table
        label="Where keys go"
        columns={
          hasGrown
            ? [
                { name: 'Key' },
                { name: 'Before', number: true },
                { name: 'Partition', number: true },
              ]
            : [{ name: 'Key' }, { name: 'Partition', number: true }]
        }
        rows={keys.map(({ key, partition, before }) => ({
          key,
          lit: before !== null && before !== partition,
          cells: hasGrown ? [key, before ?? partition, partition] : [key, partition],
        }))}
      />
      {moved.length > 0 && (
        <Quiet>
          Older records of a key that moved stay where they are: they may be worked on after newer
          ones.
        </Quiet>
      )}
    </Part>
  )
}
