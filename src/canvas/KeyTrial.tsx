/**
 * In an exchange's toolbar: which of the keys that come to it each binding matches, and a field in which
 * another key, or headers, can be tried. What is pointed at, or typed, lights its links.
 */
import { useEffect, useState } from 'react'
import { isByHeaders, linksFor } from '../scenario/bindingMatch.ts'
import type { ExchangeDoc } from '../scenario/document.ts'
import { useSession } from '../session/react.tsx'
import { KeyMatches } from './KeyMatches.tsx'
import styles from './KeyTrial.module.css'
import { tryKey } from './keyTrial.ts'

export default function KeyTrial({ exchange }: { exchange: ExchangeDoc }) {
  const scenario = useSession((state) => state.scenario)
  const [typed, setTyped] = useState('')
  const [pointed, setPointed] = useState<string | null>(null)
  const byHeaders = isByHeaders(exchange)
  const text = pointed ?? typed
  const links = linksFor(scenario, exchange, text)
  const lit = [...links].join(' ')
  // biome-ignore lint/correctness/useExhaustiveDependencies: a set is new each time; its text is not
  useEffect(() => {
    tryKey(text === '' && pointed === null ? null : { exchange: exchange.id, links })
    return () => tryKey(null)
  }, [exchange.id, text, pointed, lit])
  const names = scenario.links
    .filter(({ id }) => links.has(id))
    .map(({ to }) => scenario.nodes.find(({ id }) => id === to)?.name ?? to)
  return (
    <>
      <label className={styles.trial}>
        <span className="visually-hidden">
          {byHeaders ? 'Try headers, as name=value' : 'Try a routing key'}
        </span>
        <input
          value={typed}
          placeholder={byHeaders ? 'try type=pdf, pages=3' : 'try a key'}
          spellCheck={false}
          onChange={(event) => setTyped(event.target.value)}
        />
        {typed !== '' && (
          <output className={styles.figure}>
            {names.length === 0 ? 'no link' : [...new Set(names)].join(', ')}
          </output>
        )}
      </label>
      <KeyMatches exchange={exchange} onPoint={setPointed} onChoose={setTyped} />
    </>
  )
}
