/** The field in the toolbar of an MQTT broker in which a topic can be tried: the links of all who would hear it light up. */
import { useEffect, useId, useState } from 'react'
import type { NodeOf, Scenario } from '../scenario/document.ts'
import { isMqttTopic, mqttFilterMatches } from '../scenario/schema/mqtt.ts'
import { useSession } from '../session/react.tsx'
import { tryKey } from './keyTrial.ts'
import styles from './Tools.module.css'

export default function TopicTrial({ place }: { place: NodeOf<'mqttBroker'> }) {
  const scenario = useSession((state) => state.scenario)
  const topics = useSession(({ frame }) => {
    const state = frame?.nodes.find(({ id }) => id === place.id)
    return state?.kind === 'mqttBroker' ? state.topics.map(({ topic }) => topic).join('\n') : ''
  })
  const [text, setText] = useState('')
  const list = useId()
  const links = linksHearing(scenario, place.id, text)
  const matched = [...links].join(' ')
  // biome-ignore lint/correctness/useExhaustiveDependencies: a set is new each time; its text is not
  useEffect(() => {
    tryKey(isMqttTopic(text) ? { exchange: place.id, links } : null)
    return () => tryKey(null)
  }, [place.id, text, matched])
  const names = scenario.links
    .filter(({ id }) => links.has(id))
    .map(({ from, to }) => (from === place.id ? to : from))
    .map((id) => scenario.nodes.find((node) => node.id === id)?.name ?? id)
  return (
    <label className={styles.trial}>
      <span className="visually-hidden">Try a topic</span>
      <input
        value={text}
        list={list}
        placeholder="try a topic"
        spellCheck={false}
        onChange={(event) => setText(event.target.value)}
      />
      <datalist id={list}>
        {topics.split('\n').map((topic) => (
          <option key={topic} value={topic} />
        ))}
      </datalist>
      {text !== '' && (
        <output className={styles.figure}>
          {!isMqttTopic(text)
            ? 'a topic has no + and #'
            : names.length === 0
              ? 'nobody'
              : names.join(', ')}
        </output>
      )}
    </label>
  )
}

/** Links of the clients whose filters, as the document has them, match a topic. */
function linksHearing(scenario: Scenario, place: string, topic: string): Set<string> {
  const hears = new Set(
    scenario.nodes.flatMap((node) =>
      node.kind === 'mqttClient' &&
      (node.subscriptions ?? []).some(({ filter }) => mqttFilterMatches(filter, topic))
        ? [node.id]
        : [],
    ),
  )
  return new Set(
    scenario.links
      .filter(
        ({ from, to }) => (from === place || to === place) && (hears.has(from) || hears.has(to)),
      )
      .map(({ id }) => id),
  )
}
