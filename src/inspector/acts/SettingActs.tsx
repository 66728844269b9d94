/** Settings of a client that can be changed from the playhead on. The document keeps its own. */
import { LIMITS } from '../../scenario/schema/limits.ts'
import { useVerbs } from '../../session/react.tsx'
import { NumberField } from '../../ui/NumberField.tsx'
import { Select } from '../../ui/Select.tsx'
import { FailureRate } from '../design/FailureRate.tsx'
import { CommandHandlerRules } from '../design/SourcingRules.tsx'
import { InboxField } from '../design/texts.tsx'
import type { NowProps } from '../now/nodeState.ts'
import { ACK_WORDS, COMMIT_WORDS, optionsOf, POLLED_WORDS } from '../settingWords.ts'
import { ScaleOwnGroup } from './ScaleGroup.tsx'
import { SeekMember } from './SeekGroup.tsx'

export function ConsumerSettingActs({ doc, state }: NowProps<'consumer'>) {
  const set = useSetting(doc.id)
  const failureRate = settingNow(state.changed, 'failureRate', doc.failureRate ?? 0)
  return (
    <>
      <Select
        inline
        label="Acknowledge"
        value={state.ack}
        options={optionsOf(ACK_WORDS)}
        hint={ACK_WORDS[state.ack].meaning}
        onChange={(ack) => set('ack', ack)}
      />
      <NumberField
        inline
        label="Prefetch"
        min={0}
        max={LIMITS.prefetch}
        value={state.prefetch}
        hint={state.prefetch === 0 ? '0 means no limit.' : undefined}
        onCommit={(prefetch) => set('prefetch', prefetch)}
      />
      <NumberField
        inline
        label="Work on at once"
        min={1}
        max={LIMITS.concurrency}
        value={state.concurrency}
        onCommit={(concurrency) => set('concurrency', concurrency)}
      />
      <InboxField
        value={settingNow(state.changed, 'inbox', doc.inbox)}
        onCommit={(inbox) => set('inbox', inbox)}
      />
      <FailureRate value={failureRate} onCommit={(rate) => set('failureRate', rate)} />
    </>
  )
}

export function PollingConsumerSettingActs({ doc, state }: NowProps<'pollingConsumer'>) {
  const set = useSetting(doc.id)
  const words = POLLED_WORDS[state.polled]
  return (
    <>
      <Select
        inline
        label={words.settle}
        value={state.deleteWhen}
        options={optionsOf(words.when)}
        hint={words.when[state.deleteWhen].meaning}
        onChange={(deleteWhen) => set('deleteWhen', deleteWhen)}
      />
      {words.most && (
        <NumberField
          inline
          label={words.most}
          min={1}
          max={LIMITS.receiveMessages}
          value={state.maxMessages}
          onCommit={(most) => set('maxMessages', most)}
        />
      )}
      {words.wait && (
        <NumberField
          inline
          label={words.wait}
          unit="ms"
          min={0}
          max={LIMITS.receiveWaitMs}
          value={settingNow(state.changed, 'waitTimeMs', doc.waitTimeMs)}
          onCommit={(waitTimeMs) => set('waitTimeMs', waitTimeMs)}
        />
      )}
      <InboxField
        value={settingNow(state.changed, 'inbox', doc.inbox)}
        onCommit={(inbox) => set('inbox', inbox)}
      />
      <FailureRate
        value={settingNow(state.changed, 'failureRate', doc.failureRate ?? 0)}
        onCommit={(rate) => set('failureRate', rate)}
      />
    </>
  )
}

export function GroupConsumerSettingActs({ doc, state }: NowProps<'groupConsumer'>) {
  const set = useSetting(doc.id)
  const commit = settingNow(state.changed, 'commit', doc.commit)
  return (
    <>
      {commit !== 'transaction' && (
        <Select
          inline
          label="Commit offsets"
          value={commit}
          options={optionsOf(COMMIT_WORDS).filter(({ value }) => value !== 'transaction')}
          hint={COMMIT_WORDS[commit].meaning}
          onChange={(next) => set('commit', next)}
        />
      )}
      <NumberField
        inline
        label="Records of one poll"
        min={1}
        max={LIMITS.pollRecords}
        value={settingNow(state.changed, 'maxPollRecords', doc.maxPollRecords)}
        onCommit={(most) => set('maxPollRecords', most)}
      />
      <InboxField
        value={settingNow(state.changed, 'inbox', doc.inbox)}
        onCommit={(inbox) => set('inbox', inbox)}
      />
      <FailureRate
        value={settingNow(state.changed, 'failureRate', doc.failureRate ?? 0)}
        onCommit={(rate) => set('failureRate', rate)}
      />
      {doc.protocol !== 'share' && <SeekMember doc={doc} state={state} />}
      <ScaleOwnGroup doc={doc} state={state} />
    </>
  )
}

export function CommandHandlerSettingActs({ doc, state }: NowProps<'commandHandler'>) {
  const set = useSetting(doc.id)
  return (
    <>
      <NumberField
        inline
        label="Retries of a conflict"
        min={0}
        max={LIMITS.retries}
        value={settingNow(state.changed, 'retries', doc.retries)}
        onCommit={(retries) => set('retries', retries)}
      />
      <CommandHandlerRules values={{ ...doc, ...state.changed }} onChange={set} />
    </>
  )
}

export function RelaySettingActs({ doc, state }: NowProps<'relay'>) {
  const set = useSetting(doc.id)
  return (
    <>
      <NumberField
        inline
        label="Polls every"
        unit="ms"
        min={1}
        max={LIMITS.waitMs}
        step={0.1}
        value={settingNow(state.changed, 'pollMs', doc.pollMs)}
        onCommit={(pollMs) => set('pollMs', pollMs)}
      />
      <NumberField
        inline
        label="Events of one poll"
        min={1}
        max={LIMITS.relayBatch}
        value={settingNow(state.changed, 'batch', doc.batch)}
        onCommit={(batch) => set('batch', batch)}
      />
    </>
  )
}

export function useSetting(node: string): (name: string, value: unknown) => void {
  const session = useVerbs()
  return (name, value) => session.act({ do: 'set', node, name, value })
}

/** An act's value wins over the document's. */
function settingNow<T>(changed: Record<string, unknown>, name: string, designed: T): T {
  return name in changed ? (changed[name] as T) : designed
}
