/** Which of the keys, or headers, that come to an exchange each of its bindings matches. */
import { useMemo } from 'react'
import { isByHeaders, linksFor } from '../scenario/bindingMatch.ts'
import type { ExchangeDoc, LinkDoc } from '../scenario/document.ts'
import { headersText } from '../scenario/headersText.ts'
import { exampleKeys, messagesInto } from '../scenario/messagesInto.ts'
import { useSession } from '../session/react.tsx'
import styles from './KeyTrial.module.css'
import { keyOf } from './words.ts'

/** As many rows, and keys in a row, as are read at a glance. */
const ROWS_MAX = 8
const KEYS_MAX = 4

interface Chips {
  /** Told the key that is pointed at, and null when none is. */
  onPoint: (text: string | null) => void
  onChoose: (text: string) => void
}

export function KeyMatches({ exchange, ...chips }: { exchange: ExchangeDoc } & Chips) {
  const scenario = useSession((state) => state.scenario)
  const ways = useWays(exchange)
  const bound = scenario.links.filter(({ from }) => from === exchange.id)
  if (bound.length === 0) return null
  const lost = ways.filter(({ links }) => links.size === 0).map(({ key }) => key)
  const nameOf = (id: string) => scenario.nodes.find((node) => node.id === id)?.name ?? id
  return (
    <dl className={styles.matches} aria-label="Which keys match">
      {bound.slice(0, ROWS_MAX).map((link) => (
        <div key={link.id} className={styles.row}>
          <dt>
            <span className={styles.pattern}>{askedBy(exchange, link)}</span> {nameOf(link.to)}
          </dt>
          <dd>
            <Matching
              keys={ways.filter(({ links }) => links.has(link.id)).map(({ key }) => key)}
              examples={exchange.type === 'topic' ? exampleKeys(link.key ?? '') : []}
              {...chips}
            />
          </dd>
        </div>
      ))}
      {bound.length > ROWS_MAX && (
        <div className={styles.row}>
          <dt>and {bound.length - ROWS_MAX} more bindings</dt>
        </div>
      )}
      {lost.length > 0 && (
        <div className={styles.row}>
          <dt>no binding</dt>
          <dd>
            <Keys keys={lost} {...chips} />
          </dd>
        </div>
      )}
    </dl>
  )
}

/** What a binding asks for, where it asks for something. */
function askedBy(exchange: ExchangeDoc, link: LinkDoc): string {
  if (exchange.type === 'fanout' || exchange.type === 'default') return ''
  if (exchange.type === 'x-consistent-hash') return `weight ${link.key ?? 1}`
  return keyOf(link, [])
}

function Matching({
  keys,
  examples,
  ...chips
}: { keys: readonly string[]; examples: readonly string[] } & Chips) {
  if (keys.length > 0) return <Keys keys={keys} {...chips} />
  if (examples.length === 0) return <span className={styles.none}>none of its keys</span>
  return (
    <>
      <span className={styles.none}>none yet; would match</span>
      <Keys keys={examples} {...chips} />
    </>
  )
}

function Keys({ keys, onPoint, onChoose }: { keys: readonly string[] } & Chips) {
  return (
    <>
      {keys.slice(0, KEYS_MAX).map((key) => (
        <button
          key={key}
          type="button"
          className={styles.chip}
          onPointerEnter={() => onPoint(key)}
          onPointerLeave={() => onPoint(null)}
          onFocus={() => onPoint(key)}
          onBlur={() => onPoint(null)}
          onClick={() => onChoose(key)}
        >
          {nameOfKey(key)}
        </button>
      ))}
      {keys.length > KEYS_MAX && <span className={styles.none}>+{keys.length - KEYS_MAX}</span>}
    </>
  )
}

/** The keys that come to an exchange, each with the links by which it goes on. */
function useWays(exchange: ExchangeDoc): { key: string; links: Set<string> }[] {
  const scenario = useSession((state) => state.scenario)
  const script = useSession(
    ({ branches, branchId }) => branches.find(({ id }) => id === branchId)?.script ?? NO_SCRIPT,
  )
  return useMemo(() => {
    const texts = messagesInto(scenario, script, exchange).map(({ key, headers }) =>
      isByHeaders(exchange) ? headersText(headers) : key,
    )
    return [...new Set(texts)].map((key) => ({ key, links: linksFor(scenario, exchange, key) }))
  }, [scenario, script, exchange])
}

const NO_SCRIPT: never[] = []

/** The same for one binding, in its link's toolbar. */
export default function BindingMatches({
  exchange,
  link,
}: {
  exchange: ExchangeDoc
  link: LinkDoc
}) {
  const ways = useWays(exchange)
  const keys = ways.filter(({ links }) => links.has(link.id)).map(({ key }) => key)
  const examples = exchange.type === 'topic' ? exampleKeys(link.key ?? '') : []
  return (
    <span className={styles.binding}>
      {keys.length > 0 || examples.length === 0 ? 'matches' : 'would match'}
      {(keys.length > 0 ? keys : examples).slice(0, KEYS_MAX).map((key) => (
        <code key={key} className={styles.key}>
          {nameOfKey(key)}
        </code>
      ))}
      {keys.length > KEYS_MAX && <span>+{keys.length - KEYS_MAX}</span>}
      {keys.length === 0 && examples.length === 0 && 'none of its keys'}
    </span>
  )
}

function nameOfKey(key: string): string {
  return key === '' ? '(empty)' : key
}
