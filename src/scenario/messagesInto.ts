/**
 * Which routing keys, or headers, a scenario and what a person did bring to an exchange: read off the
 * document, so that the canvas can say what would match before anything runs.
 */
import type { Headers } from '../brokers/amqp/properties.ts'
import { linksMatched } from './bindingMatch.ts'
import type { ExchangeDoc, LinkDoc, NodeDoc, ProducerDoc, Scenario, Script } from './document.ts'

export interface Routable {
  key: string
  headers: Headers
}

/** Turns of keys and headers go on without end; so many of them are looked at. */
const TURNS_MAX = 24

/** Each once, in the order in which the document names them. */
export function messagesInto(
  scenario: Scenario,
  script: Script,
  exchange: ExchangeDoc,
): Routable[] {
  return new Ways(scenario, script).into(exchange.id, new Set())
}

class Ways {
  private readonly scenario: Scenario
  private readonly script: Script
  private readonly nodes: ReadonlyMap<string, NodeDoc>

  constructor(scenario: Scenario, script: Script) {
    this.scenario = scenario
    this.script = script
    this.nodes = new Map(scenario.nodes.map((node) => [node.id, node]))
  }

  /** What gets to an exchange or a queue; `seen` ends circles. */
  into(id: string, seen: ReadonlySet<string>): Routable[] {
    const node = this.nodes.get(id)
    if (!node || seen.has(id)) return []
    const deeper = new Set(seen).add(id)
    const { links } = this.scenario
    return unique([
      ...links.filter(({ to }) => to === id).flatMap((link) => this.along(link, node, deeper)),
      ...this.deadInto(node, deeper),
      ...this.leftOverInto(node, deeper),
      ...this.byHand(id),
    ])
  }

  private along(link: LinkDoc, to: NodeDoc, seen: ReadonlySet<string>): Routable[] {
    const from = this.nodes.get(link.from)
    if (!from) return []
    if (from.kind === 'exchange') return this.through(from, seen, (links) => links.has(link.id))
    // A producer or service that is linked to a queue itself names it (basic.publish to the default exchange).
    const key = link.key ?? (to.kind === 'queue' ? to.name : undefined)
    if (from.kind === 'producer') return this.published(from, key)
    return this.passedOn(from, key, seen)
  }

  private published(producer: ProducerDoc, key: string | undefined): Routable[] {
    const { keys, headers = [{}] } = producer
    const own = key !== undefined ? [key] : !keys || keys.kind === 'none' ? [''] : keys.of
    const turns = Math.min(TURNS_MAX, own.length * headers.length)
    const all = Array.from({ length: turns }, (_, i) => ({
      key: own[i % own.length] ?? '',
      headers: headers[i % headers.length] ?? {},
    }))
    const typed = this.script.flatMap((act) =>
      act.do === 'publish' && act.node === producer.id && act.key !== undefined
        ? [{ key: key ?? act.key, headers: act.properties?.headers ?? {} }]
        : [],
    )
    return [...all, ...typed]
  }

  /** A service publishes under the key that came to it, a reply under the name that the request asks for. */
  private passedOn(service: NodeDoc, key: string | undefined, seen: ReadonlySet<string>) {
    if (key !== undefined) return [{ key, headers: {} }]
    if (service.kind === 'consumer' && service.reply) {
      const asked = this.scenario.nodes.flatMap((node) =>
        node.kind === 'producer' && node.replyTo !== undefined ? [node.replyTo] : [],
      )
      return asked.map((id) => ({ key: this.nodes.get(id)?.name ?? id, headers: {} }))
    }
    const sources = this.scenario.links.filter(({ to }) => to === service.id)
    const came = sources.flatMap(({ from }) => this.into(from, seen))
    return came.map((message) => ({ key: message.key, headers: {} }))
  }

  private through(
    exchange: ExchangeDoc,
    seen: ReadonlySet<string>,
    goes: (links: Set<string>) => boolean,
  ): Routable[] {
    return this.into(exchange.id, seen).filter(({ key, headers }) =>
      goes(linksMatched(this.scenario, exchange, key, headers)),
    )
  }

  private deadInto(node: NodeDoc, seen: ReadonlySet<string>): Routable[] {
    if (node.kind !== 'exchange') return []
    const named = node.type === 'default' ? ['', node.id] : [node.id]
    return this.scenario.nodes.flatMap((queue) => {
      if (queue.kind !== 'queue' || queue.deadLetterExchange === undefined) return []
      if (!named.includes(queue.deadLetterExchange)) return []
      const died = this.into(queue.id, seen)
      const { deadLetterKey } = queue
      return deadLetterKey === undefined
        ? died
        : died.map(({ headers }) => ({ key: deadLetterKey, headers }))
    })
  }

  /** What another exchange cannot route comes here if this is its alternate. */
  private leftOverInto(node: NodeDoc, seen: ReadonlySet<string>): Routable[] {
    return this.scenario.nodes.flatMap((other) =>
      other.kind === 'exchange' && other.alternate === node.id
        ? this.through(other, seen, (links) => links.size === 0)
        : [],
    )
  }

  private byHand(id: string): Routable[] {
    return this.script.flatMap((act) =>
      act.do === 'publish' && act.node === id
        ? [{ key: act.key ?? '', headers: act.properties?.headers ?? {} }]
        : [],
    )
  }
}

function unique(all: readonly Routable[]): Routable[] {
  const byText = new Map(all.map((one) => [`${one.key} ${JSON.stringify(one.headers)}`, one]))
  return [...byText.values()]
}

/** Keys that a topic pattern would match, for one that nothing matches yet: `*` one word, `#` none or two. */
export function exampleKeys(pattern: string): string[] {
  if (pattern === '') return []
  const words = pattern.split('.')
  const without = words.filter((word) => word !== '#').map(wordFor)
  const more = words.flatMap((word, i) => (word === '#' ? ['one', 'two'] : [wordFor(word, i)]))
  return [...new Set([without.join('.'), more.join('.')])].filter((key) => key !== '')
}

const WORDS = ['one', 'two', 'three', 'four']

function wordFor(word: string, i: number): string {
  return word === '*' ? (WORDS[i % WORDS.length] ?? '') : word
}
