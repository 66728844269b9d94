/** How a producer sends to a topic: just so, or in batches for which it waits for answers, as a Kafka client does. */
import { LIMITS } from '../../scenario/schema/limits.ts'
import { NumberField } from '../../ui/NumberField.tsx'
import { Select } from '../../ui/Select.tsx'
import { Toggle } from '../../ui/Toggle.tsx'
import { ACKS_WORDS, optionsOf } from '../settingWords.ts'
import { type Changes, type DesignProps, useChange } from './change.ts'
import { Ms } from './DurationField.tsx'
import { FailureRate } from './FailureRate.tsx'
import { LimitField } from './LimitField.tsx'

/** What goes with batching when it is switched off. */
const NOTHING: Changes<'producer'> = {
  acks: undefined,
  idempotent: undefined,
  transaction: undefined,
  abortRate: undefined,
  transactionTimeoutMs: undefined,
  lingerMs: undefined,
  batchBytes: undefined,
  batchRecords: undefined,
  maxInFlight: undefined,
  requestTimeoutMs: undefined,
  deliveryTimeoutMs: undefined,
  lossRate: undefined,
}

export function Batching({ doc }: DesignProps<'producer'>) {
  const change = useChange(doc)
  const { acks, idempotent = false, transaction } = doc
  const batches = acks !== undefined || idempotent || transaction !== undefined
  return (
    <>
      <LimitField
        label="Always the same partition"
        value={doc.partition}
        whenSet={0}
        min={0}
        max={LIMITS.partitions - 1}
        unit="is the partition"
        onCommit={(partition) => change({ partition })}
      />
      <Toggle
        label="Batches and waits for answers"
        hint="As a Kafka client: with acks, retries, sequence numbers and transactions. Otherwise each record is written as it comes."
        checked={batches}
        onChange={(on) => change(on ? { acks: 'all' } : NOTHING)}
      />
      {batches && (
        <>
          {!idempotent && transaction === undefined && (
            <Select
              inline
              label="acks"
              value={acks ?? 'all'}
              options={optionsOf(ACKS_WORDS)}
              hint={ACKS_WORDS[acks ?? 'all'].meaning}
              onChange={(chosen) => change({ acks: chosen })}
            />
          )}
          <Toggle
            label="Idempotent"
            hint="Each batch has a sequence number: none is written twice or out of order (enable.idempotence). Needs acks=all."
            checked={idempotent || transaction !== undefined}
            disabled={transaction !== undefined}
            onChange={(on) =>
              change(on ? { idempotent: true, acks: 'all' } : { idempotent: undefined })
            }
          />
          <Transactions doc={doc} />
          <Sending doc={doc} />
        </>
      )}
    </>
  )
}

function Transactions({ doc }: DesignProps<'producer'>) {
  const change = useChange(doc)
  return (
    <>
      <LimitField
        label="Writes in transactions"
        value={doc.transaction}
        whenSet={2}
        min={1}
        max={LIMITS.batchRecords}
        unit="records each"
        onCommit={(transaction) =>
          change(
            transaction === undefined
              ? { transaction, abortRate: undefined, acks: 'all' }
              : { transaction },
          )
        }
      />
      {doc.transaction !== undefined && (
        <NumberField
          inline
          label="Aborts this share"
          min={0}
          max={1}
          step={0.05}
          value={doc.abortRate ?? 0}
          onCommit={(abortRate) => change({ abortRate: abortRate || undefined })}
        />
      )}
    </>
  )
}

function Sending({ doc }: DesignProps<'producer'>) {
  const change = useChange(doc)
  return (
    <>
      <Ms
        label="linger.ms"
        value={doc.lingerMs ?? 0}
        most={LIMITS.waitMs}
        onCommit={(lingerMs) => change({ lingerMs })}
      />
      <NumberField
        inline
        label="batch.size"
        hint="A batch that is full goes out before it has lingered. A record has the bytes of its key and value."
        unit="bytes"
        min={1}
        max={LIMITS.queueBytes}
        value={doc.batchBytes ?? 16_384}
        onCommit={(batchBytes) => change({ batchBytes })}
      />
      {doc.batchRecords !== undefined && (
        <LimitField
          label="Besides, a limit that Kafka does not have"
          unit="records in a batch"
          value={doc.batchRecords}
          whenSet={16}
          min={1}
          max={LIMITS.batchRecords}
          onCommit={(batchRecords) => change({ batchRecords })}
        />
      )}
      <NumberField
        inline
        label="Requests in flight"
        hint="More than one, without idempotence: a batch that is tried again lands behind later ones."
        min={1}
        max={LIMITS.inFlight}
        value={doc.maxInFlight ?? 5}
        onCommit={(maxInFlight) => change({ maxInFlight })}
      />
      <Ms
        label="Waits for an answer"
        value={doc.requestTimeoutMs ?? 30_000}
        least={1}
        most={LIMITS.timeoutMs}
        onCommit={(requestTimeoutMs) => change({ requestTimeoutMs })}
      />
      <Ms
        label="Pause before a retry"
        value={doc.backoffMs ?? 100}
        least={1}
        onCommit={(backoffMs) => change({ backoffMs })}
      />
      <Ms
        label="Gives up after"
        value={doc.deliveryTimeoutMs ?? 120_000}
        least={1}
        most={LIMITS.timeoutMs}
        onCommit={(deliveryTimeoutMs) => change({ deliveryTimeoutMs })}
      />
      <FailureRate
        label="Requests or answers lost"
        value={doc.lossRate}
        onCommit={(lossRate) => change({ lossRate })}
      />
    </>
  )
}
