/** Parameters of a member that are about its group: how it is shared out, what rebalances cost, when it comes and goes. */
import { LIMITS } from '../../scenario/schema/limits.ts'
import { NumberField } from '../../ui/NumberField.tsx'
import { Select } from '../../ui/Select.tsx'
import { Toggle } from '../../ui/Toggle.tsx'
import {
  ASSIGNOR_WORDS,
  ISOLATION_WORDS,
  optionsOf,
  PROTOCOL_WORDS,
  SHARE_FAILURE_WORDS,
} from '../settingWords.ts'
import { type DesignProps, useChange } from './change.ts'
import { Ms } from './DurationField.tsx'
import { LimitField } from './LimitField.tsx'

const DEFAULT_LOCK_MS = 30_000
const DEFAULT_DELIVERY_LIMIT = 5
const DEFAULT_SESSION_TIMEOUT_MS = 3000
const DEFAULT_MAX_POLL_INTERVAL_MS = 300_000

/** How its group shares out and rebalances, and when it counts as gone. */
export function GroupTerms({ doc }: DesignProps<'groupConsumer'>) {
  const change = useChange(doc)
  const protocol = doc.protocol ?? 'classic'
  const assignor = doc.assignor ?? 'range'
  const isolation = doc.isolation ?? 'read_uncommitted'
  return (
    <>
      <Select
        inline
        label="Group protocol"
        value={protocol}
        options={optionsOf(PROTOCOL_WORDS)}
        hint={PROTOCOL_WORDS[protocol].meaning}
        onChange={(next) => change({ protocol: next === 'classic' ? undefined : next })}
      />
      {protocol === 'share' && (
        <>
          <Ms
            label="A record is its own for"
            value={doc.lockMs ?? DEFAULT_LOCK_MS}
            least={1}
            most={LIMITS.timeoutMs}
            onCommit={(lockMs) => change({ lockMs })}
          />
          <NumberField
            inline
            label="Deliveries at most"
            min={1}
            max={LIMITS.attempts}
            value={doc.deliveryLimit ?? DEFAULT_DELIVERY_LIMIT}
            onCommit={(deliveryLimit) => change({ deliveryLimit })}
          />
          <LimitField
            label="Renews the locks of what it has (KIP-1222)"
            unit="ms apart"
            value={doc.renewEveryMs}
            whenSet={Math.max(1, Math.round((doc.lockMs ?? DEFAULT_LOCK_MS) / 2))}
            min={1}
            max={LIMITS.timeoutMs}
            onCommit={(renewEveryMs) => change({ renewEveryMs })}
          />
          <Select
            inline
            label="When the work fails"
            value={doc.onFailure ?? 'skip'}
            options={optionsOf(SHARE_FAILURE_WORDS)}
            onChange={(onFailure) => change({ onFailure })}
          />
        </>
      )}
      {protocol === 'classic' && (
        <Select
          inline
          label="Assignor"
          value={assignor}
          options={optionsOf(ASSIGNOR_WORDS)}
          hint={`${ASSIGNOR_WORDS[assignor].meaning} All members of a group need the same one.`}
          onChange={(next) => change({ assignor: next === 'range' ? undefined : next })}
        />
      )}
      <Toggle
        label="Static member"
        hint="It has a group.instance.id: back within the session timeout, it takes its old place without a rebalance."
        checked={doc.staticMember ?? false}
        onChange={(isOn) => change({ staticMember: isOn || undefined })}
      />
      <Select
        inline
        label="Isolation level"
        value={isolation}
        options={optionsOf(ISOLATION_WORDS)}
        hint={ISOLATION_WORDS[isolation].meaning}
        onChange={(next) => change({ isolation: next === 'read_committed' ? next : undefined })}
      />
      <Ms
        label="Session timeout"
        value={doc.sessionTimeoutMs ?? DEFAULT_SESSION_TIMEOUT_MS}
        least={100}
        most={LIMITS.timeoutMs}
        onCommit={(sessionTimeoutMs) => change({ sessionTimeoutMs })}
      />
      <Ms
        label="Longest time between polls"
        value={doc.maxPollIntervalMs ?? DEFAULT_MAX_POLL_INTERVAL_MS}
        least={100}
        most={LIMITS.timeoutMs}
        onCommit={(maxPollIntervalMs) => change({ maxPollIntervalMs })}
      />
      <LimitField
        label="Starts later"
        unit="ms"
        value={doc.startAtMs}
        whenSet={10_000}
        min={0}
        max={LIMITS.durationMs}
        onCommit={(startAtMs) => change({ startAtMs })}
      />
      <LimitField
        label="Closes"
        unit="ms"
        value={doc.closeAtMs}
        whenSet={10_000}
        min={0}
        max={LIMITS.durationMs}
        onCommit={(closeAtMs) => change({ closeAtMs })}
      />
      <LimitField
        label="Crashes"
        unit="ms"
        value={doc.crashAtMs}
        whenSet={10_000}
        min={0}
        max={LIMITS.durationMs}
        onCommit={(crashAtMs) => change({ crashAtMs })}
      />
      {(doc.closeAtMs !== undefined || doc.crashAtMs !== undefined) && (
        <LimitField
          label="Comes back after that"
          unit="ms"
          value={doc.restartAfterMs}
          whenSet={1000}
          min={0}
          max={LIMITS.delayMs}
          onCommit={(restartAfterMs) => change({ restartAfterMs })}
        />
      )}
    </>
  )
}
