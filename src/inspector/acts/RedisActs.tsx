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
import { Toggle } from '../../ui/Toggle.tsx'
import { FailureRate } from '../design/FailureRate.tsx'
import { RedisReadFields } from '../design/RedisReadFields.tsx'
import { InboxField } from '../design/texts.tsx'
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
  const [body, setBody] = useState('')
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
      <Trim doc={doc} state={state} />
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

const TRIMMING = [
  { value: 'length', label: 'to a length (MAXLEN)' },
  { value: 'id', label: 'before an id (MINID)' },
] as const

function Trim({ doc, state }: NowProps<'redisStream'>) {
  const act = useAct(doc.id)
  const [by, setBy] = useState<(typeof TRIMMING)[number]['value']>('length')
  const [keep, setKeep] = useState(5)
  const [minId, setMinId] = useState('$')
  const [approximate, setApproximate] = useState(false)
  const how = approximate ? { approximate } : {}
  const isWrong = by === 'id' && entryIdProblem(minId) !== undefined
  return (
    <div className={styles.form}>
      <Select label="Trim" value={by} options={TRIMMING} onChange={setBy} />
      {by === 'length' ? (
        <NumberField
          inline
          label="Entries to keep"
          min={0}
          max={LIMITS.queueLength}
          value={keep}
          onCommit={setKeep}
        />
      ) : (
        <TextField
          inline
          code
          label="Oldest id to keep"
          hint="$ is the last one."
          value={minId}
          validate={entryIdProblem}
          onInput={setMinId}
        />
      )}
      <Toggle
        label="Approximately (~)"
        hint="Only whole nodes of a hundred entries go, so a short stream stays as it is."
        checked={approximate}
        onChange={setApproximate}
      />
      <Button
        icon={PurgeIcon}
        disabled={state.length === 0 || isWrong}
        onClick={() =>
          act(
            by === 'length'
              ? { what: 'trim', maxLength: keep, ...how }
              : { what: 'trimBefore', minId, ...how },
          )
        }
      >
        Trim the stream
      </Button>
    </div>
  )
}

/** XCLAIM and XACK of an entry, XGROUP SETID, DELCONSUMER, DESTROY and CREATE. */
export function RedisGroupActs({ doc, state }: NowProps<'redisGroup'>) {
  const act = useAct(doc.id)
  if (state.gone) return <CreateGroup doc={doc} />
  return (
    <>
      <PendingActs doc={doc} state={state} />
      <MoveGroup doc={doc} />
      <DeleteConsumer doc={doc} state={state} />
      <div className={styles.buttons}>
        <Button variant="danger" icon={RemoveIcon} onClick={() => act({ what: 'destroyGroup' })}>
          Destroy the group
        </Button>
      </div>
    </>
  )
}

function CreateGroup({ doc }: Pick<NowProps<'redisGroup'>, 'doc'>) {
  const act = useAct(doc.id)
  const isOfStream = useSession(({ scenario }) => scenario.links.some(({ to }) => to === doc.id))
  if (!isOfStream) return null
  return (
    <PlaceForm
      label="Start after"
      hint="$ is what comes from now on, 0 is all; or an id (XGROUP CREATE)."
      first={doc.start ?? '$'}
      verb="Create the group"
      onPlace={(start) => act({ what: 'createGroup', start })}
    />
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
  return (
    <PlaceForm
      label="Read on after"
      hint="$, 0 or an id (XGROUP SETID)."
      first="0"
      verb="Move the group"
      onPlace={(to) => act({ what: 'moveGroup', to })}
    />
  )
}

/** Asks for a place in the stream: `$`, `0` or an id. */
function PlaceForm(props: {
  label: string
  hint: string
  first: string
  verb: string
  onPlace: (place: string) => void
}) {
  const { label, hint, first, verb, onPlace } = props
  const [place, setPlace] = useState(first)
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (entryIdProblem(place) === undefined) onPlace(place)
      }}
    >
      <TextField
        inline
        code
        label={label}
        hint={hint}
        value={place}
        validate={entryIdProblem}
        onInput={setPlace}
      />
      <Button type="submit">{verb}</Button>
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
  if (state.crashed || state.phase === 'out') return null
  return (
    <div className={styles.buttons}>
      <Button onClick={() => act({ what: 'autoClaim' })}>Claim idle entries next</Button>
    </div>
  )
}

/** What reading for a group and reading alone have in common. */
function ReadingChanges({ doc, state }: NowProps<'redisConsumer'> | NowProps<'redisReader'>) {
  const set = useSetting(doc.id)
  const { count, blockMs, inbox, failureRate } = { ...doc, ...state.changed }
  return (
    <>
      <RedisReadFields count={count} blockMs={blockMs} onChange={set} />
      <InboxField value={inbox} onCommit={(next) => set('inbox', next)} />
      <FailureRate value={failureRate ?? 0} onCommit={(rate) => set('failureRate', rate)} />
    </>
  )
}

export function RedisReaderChanges(props: NowProps<'redisReader'>) {
  return <ReadingChanges {...props} />
}

export function RedisConsumerChanges({ doc, state }: NowProps<'redisConsumer'>) {
  const set = useSetting(doc.id)
  const { minIdleMs = 0 } = { ...doc, ...state.changed }
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
        label="Claims what is idle for"
        unit="ms"
        min={0}
        max={LIMITS.delayMs}
        value={minIdleMs}
        onCommit={(next) => set('minIdleMs', next)}
      />
      <ReadingChanges doc={doc} state={state} />
    </>
  )
}
