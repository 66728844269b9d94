/** What can be done to Redis streams, their groups and consumers at the playhead, as with `redis-cli`. */
import { type FormEvent, useState } from 'react'
import type { RedisAct } from '../../scenario/redisActs.ts'
import { LIMITS } from '../../scenario/schema/limits.ts'
import { useSession, useVerbs } from '../../session/react.tsx'
import { Button } from '../../ui/Button.tsx'
import { PublishIcon, PurgeIcon, RemoveIcon, RestartIcon } from '../../ui/icons.ts'
import { NumberField } from '../../ui/NumberField.tsx'
import { Select } from '../../ui/Select.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { FailureRate } from '../design/FailureRate.tsx'
import type { NowProps } from '../now/nodeState.ts'
import { entryIdProblem, REDIS_ACK_WORDS } from '../redisWords.ts'
import { optionsOf } from '../settingWords.ts'
import styles from './acts.module.css'
import { useSetting } from './SettingActs.tsx'

function useAct(node: string): (act: RedisAct) => void {
  const session = useVerbs()
  return (act) => session.act({ do: 'redisStreams', node, act })
}

/** XADD by hand, XTRIM, and a restart of the server. */
export function RedisStreamActs({ doc, state }: NowProps<'redisStream'>) {
  const session = useVerbs()
  const act = useAct(doc.id)
  const [body, setBody] = useState('')
  const [keep, setKeep] = useState(5)
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    session.act({ do: 'publish', node: doc.id, body: body === '' ? 'By hand' : body })
  }
  return (
    <>
      <form className={styles.form} onSubmit={onSubmit}>
        <TextField code label="Body" value={body} placeholder="By hand" onInput={setBody} />
        <Button type="submit" icon={PublishIcon}>
          Add an entry
        </Button>
      </form>
      <div className={styles.pair}>
        <NumberField
          hideLabel
          label="Entries to keep"
          unit="entries"
          min={0}
          max={LIMITS.queueLength}
          value={keep}
          onCommit={setKeep}
        />
        <Button
          icon={PurgeIcon}
          disabled={state.length <= keep}
          onClick={() => act({ what: 'trim', maxLength: keep })}
        >
          Trim to this
        </Button>
      </div>
      <div className={styles.buttons}>
        <Button
          icon={RestartIcon}
          onClick={() => session.act({ do: 'restartBroker', broker: doc.broker })}
        >
          Restart the server
        </Button>
      </div>
    </>
  )
}

/** XCLAIM and XACK of an entry, XGROUP SETID, XGROUP DELCONSUMER. */
export function RedisGroupActs({ doc, state }: NowProps<'redisGroup'>) {
  if (state.gone) return null
  return (
    <>
      <PendingActs doc={doc} state={state} />
      <MoveGroup doc={doc} />
      <DeleteConsumer doc={doc} state={state} />
    </>
  )
}

function PendingActs({ doc, state }: NowProps<'redisGroup'>) {
  const act = useAct(doc.id)
  const looks = useSession((session) => session.looks)
  const links = useSession(({ scenario }) => scenario.links)
  const nodes = useSession(({ scenario }) => scenario.nodes)
  const [chosen, setChosen] = useState('')
  const [claimer, setClaimer] = useState('')
  const members = nodes.filter(
    ({ id, kind }) =>
      kind === 'redisConsumer' && links.some(({ from, to }) => from === doc.id && to === id),
  )
  const pending = state.pending.filter(({ gone }) => !gone)
  const entry = pending.find(({ entry: id }) => id === chosen) ?? pending[0]
  const others = members.filter(({ name }) => name !== entry?.by)
  const by = others.find(({ id }) => id === claimer) ?? others[0]
  if (!entry) return null
  return (
    <div className={styles.form}>
      <Select
        label="Pending entry"
        value={entry.entry}
        options={pending.map(({ entry: id, message, by: owner }) => ({
          value: id,
          label: `${looks.get(message)?.label ?? id}, of ${owner}`,
        }))}
        onChange={setChosen}
      />
      {by && (
        <div className={styles.pair}>
          <Select
            hideLabel
            label="Who claims it"
            value={by.id}
            options={others.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={setClaimer}
          />
          <Button onClick={() => act({ what: 'claim', message: entry.message, by: by.id })}>
            Claim it
          </Button>
        </div>
      )}
      <Button onClick={() => act({ what: 'acknowledge', message: entry.message })}>
        Acknowledge it by hand
      </Button>
    </div>
  )
}

function MoveGroup({ doc }: Pick<NowProps<'redisGroup'>, 'doc'>) {
  const act = useAct(doc.id)
  const [to, setTo] = useState('0')
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (entryIdProblem(to) === undefined) act({ what: 'moveGroup', to })
      }}
    >
      <TextField
        inline
        code
        label="Read on after"
        hint="$, 0 or an id (XGROUP SETID)."
        value={to}
        validate={entryIdProblem}
        onInput={setTo}
      />
      <Button type="submit">Move the group</Button>
    </form>
  )
}

function DeleteConsumer({ doc, state }: NowProps<'redisGroup'>) {
  const act = useAct(doc.id)
  const [chosen, setChosen] = useState('')
  const { consumers } = state
  const consumer = consumers.find(({ name }) => name === chosen) ?? consumers[0]
  if (!consumer) return null
  return (
    <div className={styles.form}>
      <Select
        label="Consumer"
        value={consumer.name}
        options={consumers.map(({ name, pending }) => ({
          value: name,
          label: `${name}, ${pending} pending`,
        }))}
        onChange={setChosen}
      />
      <Button
        variant="danger"
        icon={RemoveIcon}
        onClick={() => act({ what: 'deleteConsumer', consumer: consumer.name })}
      >
        Delete it with what is pending
      </Button>
    </div>
  )
}

export function RedisConsumerActs({ doc, state }: NowProps<'redisConsumer'>) {
  const act = useAct(doc.id)
  if (state.crashed) return null
  return (
    <div className={styles.buttons}>
      <Button onClick={() => act({ what: 'autoClaim' })}>Claim idle entries next</Button>
    </div>
  )
}

export function RedisConsumerChanges({ doc, state }: NowProps<'redisConsumer'>) {
  const set = useSetting(doc.id)
  const { count, blockMs, minIdleMs = 0, failureRate } = { ...doc, ...state.changed }
  return (
    <>
      <Select
        inline
        label="Acknowledge"
        value={state.ack}
        options={optionsOf(REDIS_ACK_WORDS)}
        hint={REDIS_ACK_WORDS[state.ack].meaning}
        onChange={(ack) => set('ack', ack)}
      />
      <NumberField
        inline
        label="Entries of one read"
        min={1}
        max={LIMITS.pollRecords}
        value={count}
        onCommit={(next) => set('count', next)}
      />
      <NumberField
        inline
        label="A read blocks"
        unit="ms"
        min={0}
        max={LIMITS.delayMs}
        value={blockMs}
        onCommit={(next) => set('blockMs', next)}
      />
      <NumberField
        inline
        label="Claims what is idle for"
        unit="ms"
        min={0}
        max={LIMITS.delayMs}
        value={minIdleMs}
        onCommit={(next) => set('minIdleMs', next)}
      />
      <FailureRate value={failureRate ?? 0} onCommit={(rate) => set('failureRate', rate)} />
    </>
  )
}
