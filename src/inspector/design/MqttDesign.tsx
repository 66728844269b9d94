/** Parameters of an MQTT broker and of its clients. */
import type { MqttSubscriptionDoc } from '../../clients/mqttClient/settings.ts'
import { LIMITS } from '../../scenario/schema/limits.ts'
import { isMqttFilter, isMqttTopic } from '../../scenario/schema/mqtt.ts'
import { NumberField } from '../../ui/NumberField.tsx'
import { Select } from '../../ui/Select.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { Toggle } from '../../ui/Toggle.tsx'
import { filtersText, QOS_OPTIONS, qosFrom, readFilters } from '../mqttWords.ts'
import { Quiet } from '../Readings.tsx'
import { ArrivalsField } from './ArrivalsField.tsx'
import { BodiesField } from './BodiesField.tsx'
import { type DesignProps, useChange } from './change.ts'
import { DurationField } from './DurationField.tsx'
import { LimitField } from './LimitField.tsx'
import { linesText, readLines } from './lines.ts'
import { EffectField, InboxField } from './texts.tsx'

export function MqttBrokerDesign() {
  return (
    <Quiet>
      Topics need no set-up: a topic is there as soon as somebody publishes or subscribes to it.
    </Quiet>
  )
}

export function MqttClientDesign({ doc }: DesignProps<'mqttClient'>) {
  const change = useChange(doc)
  const subscribes = (doc.subscriptions ?? []).length > 0
  return (
    <>
      <FiltersField
        value={doc.subscriptions ?? []}
        onCommit={(subscriptions) => change({ subscriptions })}
      />
      {subscribes && (
        <>
          <DurationField
            label="Work on a message"
            value={doc.service}
            onCommit={(service) => change({ service })}
          />
          <EffectField value={doc.effect} onCommit={(effect) => change({ effect })} />
          <InboxField value={doc.inbox} onCommit={(inbox) => change({ inbox })} />
        </>
      )}
      <Toggle
        label="Publishes"
        checked={doc.topics !== undefined}
        onChange={(on) =>
          change(
            on
              ? {
                  topics: ['news'],
                  arrivals: { kind: 'interval', every: { kind: 'fixed', ms: 2000 } },
                }
              : { topics: undefined, arrivals: { kind: 'manual' } },
          )
        }
      />
      {doc.topics !== undefined && <Publishing doc={doc} />}
      <SessionFields doc={doc} />
      <WillFields doc={doc} />
    </>
  )
}

/** Filters with their QoS, one a line. */
export function FiltersField(props: {
  value: readonly MqttSubscriptionDoc[]
  label?: string
  onCommit: (subscriptions: MqttSubscriptionDoc[]) => void
}) {
  const { value, label = 'Subscribes to, one filter a line', onCommit } = props
  return (
    <TextField
      code
      multiline
      label={label}
      hint="A filter and its QoS, as sensors/+/temperature 1. + is one level, # all that follow; $share/group/filter shares it."
      placeholder="nothing"
      value={filtersText(value)}
      validate={(text) => readFilters(text, value).problem}
      onCommit={(text) => {
        const { subscriptions } = readFilters(text, value)
        if (subscriptions?.every(({ filter }) => isMqttFilter(filter))) onCommit(subscriptions)
      }}
    />
  )
}

function Publishing({ doc }: DesignProps<'mqttClient'>) {
  const change = useChange(doc)
  const topics = (text: string) => {
    const read = readLines(text, LIMITS.keys, LIMITS.keyChars)
    const wrong = read.lines?.find((topic) => !isMqttTopic(topic))
    return wrong === undefined
      ? read
      : { problem: `${wrong || 'An empty line'} is no topic: + and # are for filters.` }
  }
  return (
    <>
      <ArrivalsField value={doc.arrivals} onCommit={(arrivals) => change({ arrivals })} />
      <TextField
        code
        multiline
        label="Topics, one a line"
        hint="Used in turn."
        value={linesText(doc.topics ?? [])}
        validate={(text) => topics(text).problem}
        onCommit={(text) => {
          const { lines } = topics(text)
          if (lines) change({ topics: lines })
        }}
      />
      <BodiesField value={doc.bodies} of="message" onCommit={(bodies) => change({ bodies })} />
      <Select
        inline
        label="QoS"
        value={String(doc.qos ?? 0)}
        options={QOS_OPTIONS}
        onChange={(qos) => change({ qos: qosFrom(qos) })}
      />
      <Toggle
        label="Retained"
        hint="The broker keeps the latest message of each topic, for those who subscribe later."
        checked={doc.retain ?? false}
        onChange={(retain) => change({ retain })}
      />
      <LimitField
        label="Messages expire"
        value={doc.expiryS || undefined}
        whenSet={10}
        min={1}
        max={LIMITS.delayMs}
        unit="s"
        onCommit={(expiryS) => change({ expiryS })}
      />
    </>
  )
}

function SessionFields({ doc }: DesignProps<'mqttClient'>) {
  const change = useChange(doc)
  const is5 = (doc.version ?? 5) === 5
  return (
    <>
      <Select
        inline
        label="Protocol"
        value={String(doc.version ?? 5)}
        options={[
          { value: '5', label: 'MQTT 5' },
          { value: '4', label: 'MQTT 3.1.1' },
        ]}
        onChange={(version) => change({ version: version === '4' ? 4 : 5 })}
      />
      <Toggle
        label="Clean start"
        hint="It begins with a new session; what waited in the one before is gone."
        checked={doc.cleanStart ?? true}
        onChange={(cleanStart) => change({ cleanStart })}
      />
      {is5 && (
        <LimitField
          label="Session outlives its connection"
          value={doc.sessionExpiryMs || undefined}
          whenSet={60_000}
          min={1}
          max={LIMITS.delayMs}
          unit="ms"
          onCommit={(sessionExpiryMs) => change({ sessionExpiryMs })}
        />
      )}
      <LimitField
        label="Keep alive"
        value={doc.keepAliveMs || undefined}
        whenSet={2000}
        min={1}
        max={LIMITS.timeoutMs}
        unit="ms"
        onCommit={(keepAliveMs) => change({ keepAliveMs })}
      />
      <NumberField
        inline
        label="Joins at"
        unit="ms"
        min={0}
        max={LIMITS.durationMs}
        value={doc.connectAtMs ?? 0}
        onCommit={(connectAtMs) => change({ connectAtMs })}
      />
      <NumberField
        inline
        label="Connects again after"
        unit="ms"
        min={1}
        max={LIMITS.timeoutMs}
        value={doc.reconnectMs ?? 1000}
        onCommit={(reconnectMs) => change({ reconnectMs })}
      />
    </>
  )
}

function WillFields({ doc }: DesignProps<'mqttClient'>) {
  const change = useChange(doc)
  const { will } = doc
  return (
    <>
      <Toggle
        label="Last will"
        hint="The broker publishes it if the connection ends without a goodbye."
        checked={will !== undefined}
        onChange={(on) =>
          change({ will: on ? { topic: `status/${doc.name}`, body: 'offline' } : undefined })
        }
      />
      {will && (
        <>
          <TextField
            inline
            code
            label="Topic of the will"
            value={will.topic}
            validate={(text) => (isMqttTopic(text) ? undefined : 'Enter a topic without + and #.')}
            onCommit={(topic) => change({ will: { ...will, topic } })}
          />
          <TextField
            inline
            code
            label="Body of the will"
            value={will.body}
            onCommit={(body) => change({ will: { ...will, body } })}
          />
          <Toggle
            label="Retain the will"
            checked={will.retain ?? false}
            onChange={(retain) => change({ will: { ...will, retain } })}
          />
        </>
      )}
    </>
  )
}
