/**
 * Which bindings of an exchange a key, or headers, would match: the broker's own rules over the document,
 * so that the canvas can show it without a run.
 */
import { bucketOf } from '../brokers/amqp/consistentHash.ts'
import { headerTerm, UNDEFINED } from '../brokers/amqp/erlangHash.ts'
import { matchesHeaders } from '../brokers/amqp/headersMatch.ts'
import type { Headers } from '../brokers/amqp/properties.ts'
import { matchesTopic } from '../brokers/amqp/topicPattern.ts'
import type { ExchangeDoc, LinkDoc, Scenario } from './document.ts'
import { headersFrom } from './headersText.ts'

/** Ids of the links out of an exchange by which a message with this key and these headers would go. */
export function linksMatched(
  scenario: Pick<Scenario, 'nodes' | 'links'>,
  exchange: ExchangeDoc,
  key: string,
  headers: Headers = {},
): Set<string> {
  const bound = scenario.links.filter(({ from }) => from === exchange.id)
  if (exchange.type === 'x-consistent-hash') return new Set(hashed(bound, exchange, key, headers))
  const names = new Map(scenario.nodes.map(({ id, name }) => [id, name]))
  const matching = bound.filter((link) => {
    const own = exchange.type === 'default' ? (names.get(link.to) ?? '') : (link.key ?? '')
    return bindingMatches(exchange.type, own, link, key, headers)
  })
  return new Set(matching.map(({ id }) => id))
}

/** Whether an exchange looks at headers instead of the key. */
export function isByHeaders({ type, hashHeader }: ExchangeDoc): boolean {
  return type === 'headers' || hashHeader !== undefined
}

/** The same for a key, or for headers where the exchange looks at those, as a person types them. */
export function linksFor(
  scenario: Pick<Scenario, 'nodes' | 'links'>,
  exchange: ExchangeDoc,
  text: string,
): Set<string> {
  return isByHeaders(exchange)
    ? linksMatched(scenario, exchange, '', headersFrom(text))
    : linksMatched(scenario, exchange, text)
}

function bindingMatches(
  type: ExchangeDoc['type'],
  own: string,
  link: LinkDoc,
  key: string,
  headers: Headers,
): boolean {
  switch (type) {
    case 'fanout':
      return true
    case 'topic':
      return matchesTopic(own, key)
    case 'headers':
      return matchesHeaders({ 'x-match': link.match ?? 'all', ...link.headers }, headers)
    default:
      return own === key
  }
}

/** Each destination has as many buckets as the weight of its first binding; the key falls into one. */
function hashed(
  bound: readonly LinkDoc[],
  exchange: ExchangeDoc,
  key: string,
  headers: Headers,
): string[] {
  const first = bound.filter(({ to }, i) => bound.findIndex((link) => link.to === to) === i)
  const buckets = first.reduce((sum, link) => sum + Number(link.key ?? 1), 0)
  if (buckets === 0) return []
  const { hashHeader } = exchange
  const value = hashHeader === undefined ? undefined : headers[hashHeader]
  const header = value === undefined ? UNDEFINED : headerTerm(value)
  let bucket = bucketOf(hashHeader === undefined ? key : header, buckets)
  for (const link of first) {
    bucket -= Number(link.key ?? 1)
    if (bucket < 0) return [link.id]
  }
  return []
}
