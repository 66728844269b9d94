/** Parameters of topic and group consumer. */
import { LIMITS } from '../../scenario/schema/limits.ts'
import { NumberField } from '../../ui/NumberField.tsx'
import { Select } from '../../ui/Select.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { COMMIT_WORDS, optionsOf, RESET_WORDS } from '../settingWords.ts'
import { type DesignProps, useChange } from './change.ts'
import { DurationField, Ms } from './DurationField.tsx'
import { FailureRate } from './FailureRate.tsx'
import { GroupTerms } from './GroupTerms.tsx'
import { LimitField } from './LimitField.tsx'
import { TopicKeeping } from './TopicKeeping.tsx'
import { nameProblem, ResultFields } from './texts.tsx'

const COMMIT_EVERY_MS = 5000

export function TopicDesign({ doc }: DesignProps<'topic'>) {
  const change = useChange(doc)
  return (
    <>
      <NumberField
        inline
        label="Partitions"
        hint="A group can have at most this many members at work. Order holds within a partition only."
        min={1}
        max={LIMITS.partitions}
        value={doc.partitions}
        onCommit={(partitions) => change({ partitions })}
      />
      <TopicKeeping doc={doc} />
    </>
  )
}

export function GroupConsumerDesign({ doc }: DesignProps<'groupConsumer'>) {
  const change = useChange(doc)
  return (
    <>
      <TextField
        inline
        label="Group"
        value={doc.group}
        hint="Members of one group share the partitions; every group gets every record."
        validate={(text) => nameProblem(text, LIMITS.nameChars)}
        onCommit={(group) => change({ group: group.trim() })}
      />
      <DurationField
        label="Work on a record"
        value={doc.service}
        onCommit={(service) => change({ service })}
      />
      <NumberField
        inline
        label="Records of one poll"
        min={1}
        max={LIMITS.pollRecords}
        value={doc.maxPollRecords}
        onCommit={(maxPollRecords) => change({ maxPollRecords })}
      />
      <Ms
        label="Waits for records"
        value={doc.fetchMaxWaitMs}
        least={1}
        most={LIMITS.waitMs}
        onCommit={(fetchMaxWaitMs) => change({ fetchMaxWaitMs })}
      />
      <Select
        inline
        label="Commit offsets"
        value={doc.commit}
        options={optionsOf(COMMIT_WORDS)}
        hint={COMMIT_WORDS[doc.commit].meaning}
        onChange={(commit) =>
          change(
            commit === 'auto' && doc.commitEveryMs === undefined
              ? { commit, commitEveryMs: COMMIT_EVERY_MS }
              : { commit },
          )
        }
      />
      {doc.commit === 'auto' && (
        <Ms
          label="Commits every"
          value={doc.commitEveryMs ?? COMMIT_EVERY_MS}
          least={1}
          most={LIMITS.waitMs}
          onCommit={(commitEveryMs) => change({ commitEveryMs })}
        />
      )}
      {doc.commit === 'transaction' && (
        <Ms
          label="Transaction times out after"
          value={doc.transactionTimeoutMs ?? 60_000}
          least={1}
          most={LIMITS.timeoutMs}
          onCommit={(transactionTimeoutMs) => change({ transactionTimeoutMs })}
        />
      )}
      {doc.commit === 'after' && (
        <LimitField
          label="Commit less often than after each batch"
          unit="records"
          value={doc.commitEveryRecords}
          whenSet={10}
          min={1}
          max={LIMITS.pollRecords}
          onCommit={(commitEveryRecords) => change({ commitEveryRecords })}
        />
      )}
      <Select
        inline
        label="Starts at"
        value={doc.offsetReset}
        options={optionsOf(RESET_WORDS)}
        hint={RESET_WORDS[doc.offsetReset].meaning}
        onChange={(offsetReset) => change({ offsetReset })}
      />
      <GroupTerms doc={doc} />
      <FailureRate value={doc.failureRate} onCommit={(failureRate) => change({ failureRate })} />
      <ResultFields doc={doc} change={change} />
    </>
  )
}
