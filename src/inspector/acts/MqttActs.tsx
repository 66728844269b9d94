/** What can be done to an MQTT client from the playhead on: go and come back, publish, subscribe to something else. */
import { type FormEvent, useState } from 'react'
import { isMqttTopic } from '../../scenario/schema/mqtt.ts'
import { useVerbs } from '../../session/react.tsx'
import { Button } from '../../ui/Button.tsx'
import { CutLinkIcon, LinkIcon, PublishIcon } from '../../ui/icons.ts'
import { Select } from '../../ui/Select.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { Toggle } from '../../ui/Toggle.tsx'
import { FiltersField } from '../design/MqttDesign.tsx'
import { InboxField } from '../design/texts.tsx'
import { QOS_OPTIONS, qosFrom } from '../mqttWords.ts'
import type { NowProps } from '../now/nodeState.ts'
import styles from './acts.module.css'

export function MqttClientActs({ doc, state }: NowProps<'mqttClient'>) {
  const session = useVerbs()
  const isAway = state.away !== null && state.phase === 'offline'
  return (
    <>
      <div className={styles.buttons}>
        {isAway ? (
          <Button
            icon={LinkIcon}
            disabled={state.crashed}
            onClick={() => session.act({ do: 'comeBack', node: doc.id })}
          >
            {state.away === 'not there yet' ? 'Join now' : 'Come back'}
          </Button>
        ) : (
          <Button
            icon={CutLinkIcon}
            disabled={state.crashed}
            onClick={() => session.act({ do: 'goOffline', node: doc.id })}
          >
            Go offline
          </Button>
        )}
      </div>
      <PublishTo doc={doc} state={state} />
    </>
  )
}

/** A message to any topic, retained or not. */
function PublishTo({ doc, state }: NowProps<'mqttClient'>) {
  const session = useVerbs()
  const [topic, setTopic] = useState('')
  const [body, setBody] = useState('')
  const [qos, setQos] = useState<'' | '0' | '1' | '2'>('')
  const [retain, setRetain] = useState(doc.retain ?? false)
  const target = topic || doc.topics?.[0] || ''
  const wrong = target !== '' && !isMqttTopic(target)
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (wrong || target === '') return
    session.act({
      do: 'publishMqtt',
      node: doc.id,
      ...(topic === '' && doc.topics ? {} : { topic: target }),
      ...(body === '' && !retain ? {} : { body }),
      ...(qos === '' ? {} : { qos: qosFrom(qos) }),
      ...(retain === (doc.retain ?? false) ? {} : { retain }),
    })
  }
  return (
    <form className={styles.form} onSubmit={onSubmit}>
      <TextField
        code
        label="Topic"
        value={topic}
        placeholder={doc.topics ? 'its own' : 'news/today'}
        error={wrong ? 'Enter a topic without + and #.' : undefined}
        onInput={setTopic}
      />
      <TextField
        code
        label="Body"
        value={body}
        placeholder={retain ? 'empty clears what is retained' : 'its next one'}
        onInput={setBody}
      />
      <Select
        inline
        label="QoS"
        value={qos}
        options={[{ value: '', label: 'as it does' }, ...QOS_OPTIONS] as never}
        onChange={setQos}
      />
      <Toggle label="Retained" checked={retain} onChange={setRetain} />
      <Button type="submit" icon={PublishIcon} disabled={state.crashed || wrong || target === ''}>
        Publish now
      </Button>
    </form>
  )
}

/** Filters from now on: UNSUBSCRIBE and SUBSCRIBE go to the broker. */
export function MqttFilterActs({ doc, state }: NowProps<'mqttClient'>) {
  const session = useVerbs()
  const changed = state.changed.subscriptions as typeof doc.subscriptions
  const inbox = 'inbox' in state.changed ? Number(state.changed.inbox) : doc.inbox
  const set = (name: string, value: unknown) =>
    session.act({ do: 'set', node: doc.id, name, value })
  return (
    <>
      <FiltersField
        label="Subscribed to"
        value={changed ?? doc.subscriptions ?? []}
        onCommit={(value) => set('subscriptions', value)}
      />
      <InboxField value={inbox} onCommit={(value) => set('inbox', value)} />
    </>
  )
}
