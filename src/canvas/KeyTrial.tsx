/** The field in an exchange's toolbar in which a key, or headers, can be tried. */
import { useEffect, useState } from 'react'
import { headersFrom, linksMatched } from '../scenario/bindingMatch.ts'
import type { ExchangeDoc } from '../scenario/document.ts'
import { useSession } from '../session/react.tsx'
import { tryKey } from './keyTrial.ts'
import styles from './Tools.module.css'

export default function KeyTrial({ exchange }: { exchange: ExchangeDoc }) {
  const scenario = useSession((state) => state.scenario)
  const [text, setText] = useState('')
  const byHeaders = exchange.type === 'headers' || exchange.hashHeader !== undefined
  const links = byHeaders
    ? linksMatched(scenario, exchange, '', headersFrom(text))
    : linksMatched(scenario, exchange, text)
  const matched = [...links].join(' ')
  // biome-ignore lint/correctness/useExhaustiveDependencies: a set is new each time; its text is not
  useEffect(() => {
    tryKey(text === '' ? null : { exchange: exchange.id, links })
    return () => tryKey(null)
  }, [exchange.id, text, matched])
  const names = scenario.links
    .filter(({ id }) => links.has(id))
    .map(({ to }) => scenario.nodes.find(({ id }) => id === to)?.name ?? to)
  return (
    <label className={styles.trial}>
      <span className="visually-hidden">
        {byHeaders ? 'Try headers, as name=value' : 'Try a routing key'}
      </span>
      <input
        value={text}
        placeholder={byHeaders ? 'try type=pdf, pages=3' : 'try a key'}
        spellCheck={false}
        onChange={(event) => setText(event.target.value)}
      />
      {text !== '' && (
        <output className={styles.figure}>
          {names.length === 0 ? 'no link' : [...new Set(names)].join(', ')}
        </output>
      )}
    </label>
  )
}
