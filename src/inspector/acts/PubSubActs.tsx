/** What can be done to places, streams, subscribers and requesters at the playhead. */
import { type FormEvent, useState } from 'react'
import { LIMITS } from '../../scenario/schema/limits.ts'
import { useVerbs } from '../../session/react.tsx'
import { Button } from '../../ui/Button.tsx'
import { CutLinkIcon, LinkIcon, PublishIcon, PurgeIcon, RestartIcon } from '../../ui/icons.ts'
import { NumberField } from '../../ui/NumberField.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { FailureRate } from '../design/FailureRate.tsx'
import { InboxField } from '../design/texts.tsx'
import type { NowProps } from '../now/nodeState.ts'
import styles from './acts.module.css'

/** Offline and back; before it has joined, join. */
export function PresenceActs({ state }: NowProps<'natsSubscriber'> | NowProps<'redisSubscriber'>) {
  const session = useVerbs()
  const { id, online, joined, crashed } = state
  if (crashed) return null
  return (
    <div className={styles.buttons}>
      {online ? (
        <Button icon={CutLinkIcon} onClick={() => session.act({ do: 'goOffline', node: id })}>
          Go offline
        </Button>
      ) : (
        <Button
          variant="solid"
          icon={LinkIcon}
          onClick={() => session.act({ do: 'comeBack', node: id })}
        >
          {joined ? 'Come back' : 'Join now'}
        </Button>
      )}
    </div>
  )
}

export function SubscriberChanges({
  doc,
  state,
}: NowProps<'natsSubscriber'> | NowProps<'redisSubscriber'>) {
  const session = useVerbs()
  const set = (name: string, value: unknown) =>
    session.act({ do: 'set', node: doc.id, name, value })
  const { failureRate, batch, inbox } = { ...doc, ...state.changed }
  return (
    <>
      {doc.kind === 'natsSubscriber' && (
        <NumberField
          inline
          label="Asks for at once"
          min={1}
          max={LIMITS.pollRecords}
          value={batch ?? 1}
          onCommit={(next) => set('batch', next)}
        />
      )}
      <InboxField value={inbox} onCommit={(next) => set('inbox', next)} />
      <FailureRate value={failureRate ?? 0} onCommit={(rate) => set('failureRate', rate)} />
    </>
  )
}

export function AskNow({ doc, state }: NowProps<'natsRequester'>) {
  const session = useVerbs()
  const [body, setBody] = useState('')
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    const asked = body === '' ? (doc.bodies[0] ?? '') : body
    session.act({ do: 'publish', node: doc.id, body: asked.replaceAll('{n}', 'now') })
  }
  return (
    <form className={styles.form} onSubmit={onSubmit}>
      <TextField
        code
        label="Request"
        value={body}
        placeholder={doc.bodies[0] ?? 'empty'}
        onInput={setBody}
      />
      <Button type="submit" icon={PublishIcon} disabled={state.crashed}>
        Ask now
      </Button>
    </form>
  )
}

export function ServerActs({
  doc,
}: NowProps<'natsServer'> | NowProps<'redisServer'> | NowProps<'mqttBroker'>) {
  const session = useVerbs()
  return (
    <div className={styles.buttons}>
      <Button
        icon={RestartIcon}
        onClick={() => session.act({ do: 'restartBroker', broker: doc.broker })}
      >
        Restart the {doc.kind === 'mqttBroker' ? 'broker' : 'server'}
      </Button>
    </div>
  )
}

export function StreamActs({ doc }: NowProps<'natsStream'>) {
  const session = useVerbs()
  return (
    <div className={styles.buttons}>
      <Button icon={PurgeIcon} onClick={() => session.act({ do: 'purge', node: doc.id })}>
        Purge the stream
      </Button>
    </div>
  )
}
