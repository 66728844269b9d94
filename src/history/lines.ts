/** Facts as sentences: one line each, filtered, and the whole life of a message. */

import { AMQP_FACTS } from '../brokers/amqp/facts.ts'
import { type FactFilter, type FactLine, SCAN_MAX } from './answers.ts'
import type { History } from './history.ts'
import { labelOf, shorten } from './looks.ts'
import type { FactContext, FactKind } from './sentences/sentence.ts'
import { factKind, kindsNamed } from './vocabulary.ts'

/** Fact `index` as a line. */
export function lineOf(history: History, index: number): FactLine {
  const fact = contextOf(history, index)
  const kind = factKind(fact.kind)
  return lineFrom(fact, kind)
}

/** Up to `limit` lines from fact `from` on; before it (nearest last) when `limit` is negative. */
export function listFacts(
  history: History,
  from: number,
  limit: number,
  filter: FactFilter,
): FactLine[] {
  const { facts } = history.live.records
  const matches = matcher(history, filter)
  const lines: FactLine[] = []
  const step = limit < 0 ? -1 : 1
  const wanted = Math.abs(limit)
  let index = limit < 0 ? Math.min(from, facts.count) - 1 : Math.max(0, from)
  for (let scanned = 0; scanned < SCAN_MAX && lines.length < wanted; scanned++, index += step) {
    if (index < 0 || index >= facts.count) break
    const line = matches(index)
    if (line) lines.push(line)
  }
  return limit < 0 ? lines.reverse() : lines
}

const LIFE_MAX = 1000

/** All facts in which a message itself takes part, link facts included, looked for a stretch at a time. */
export class LifeReader {
  private readonly indexes: number[] = []
  private readonly history: History
  private readonly message: number

  constructor(history: History, message: number) {
    this.history = history
    this.message = message
  }

  read(from: number, to: number): void {
    let index = from
    this.history.live.records.facts.each(from, to, (_timeUs, kind, _node, about) => {
      if (about === this.message && carriesMessage(kind)) this.indexes.push(index)
      index++
    })
  }

  lines(): FactLine[] {
    return this.indexes.slice(0, LIFE_MAX).map((at) => lineOf(this.history, at))
  }
}

/** The fact that is `steps` facts away, stepping over set-up and link facts unless `everything`. */
export function stepFrom(
  history: History,
  from: number,
  steps: number,
  everything: boolean,
): { factIndex: number; timeUs: number } {
  const { facts } = history.live.records
  const direction = steps < 0 ? -1 : 1
  let factIndex = from
  for (let left = Math.abs(steps); left > 0; left--) {
    factIndex += direction
    while (
      !everything &&
      factIndex > 0 &&
      factIndex < facts.count &&
      isQuiet(history, factIndex - 1)
    ) {
      factIndex += direction
    }
  }
  factIndex = Math.max(0, Math.min(factIndex, facts.count))
  return { factIndex, timeUs: factIndex === 0 ? 0 : facts.timeUs(factIndex - 1) }
}

function isQuiet(history: History, index: number): boolean {
  const { tone } = factKind(history.live.records.facts.kind(index))
  return tone === 'setup' || tone === 'link'
}

/** Set-up facts use the message column for rows. */
export function carriesMessage(kind: number): boolean {
  return factKind(kind).tone !== 'setup' && !NAMES_A_ROW.has(kind)
}

/** Facts that anyone may want to see and whose message column names a row all the same. */
const NAMES_A_ROW: ReadonlySet<number> = new Set([AMQP_FACTS.recovered, AMQP_FACTS.txAnswered])

function matcher(history: History, filter: FactFilter): (index: number) => FactLine | null {
  const { facts } = history.live.records
  const kinds = filter.kinds && filter.kinds.length > 0 ? kindsNamed(filter.kinds) : null
  const text = filter.text?.trim().toLowerCase() ?? ''
  return (index) => {
    const number = facts.kind(index)
    if (kinds && !kinds.has(number)) return null
    const kind = factKind(number)
    if (filter.tones && !filter.tones.includes(kind.tone)) return null
    const quiet = kind.tone === 'setup' || kind.tone === 'link'
    if (quiet && !filter.everything && !kinds) return null
    if (filter.message !== undefined && facts.message(index) !== filter.message) return null
    if (filter.node !== undefined && history.live.owner(facts.node(index)) !== filter.node)
      return null
    const line = lineFrom(contextOf(history, index), kind)
    return text === '' || line.sentence.toLowerCase().includes(text) ? line : null
  }
}

function lineFrom(fact: FactContext, kind: FactKind): FactLine {
  return {
    index: fact.index,
    timeUs: fact.timeUs,
    node: fact.owner(fact.node),
    kind: kind.name,
    message: carriesMessage(fact.kind) ? fact.message : -1,
    // A message without a body has no name of its own to begin with.
    sentence: kind.sentence(fact).replace(/^an empty/, 'An empty'),
    tone: kind.tone,
  }
}

function contextOf(history: History, index: number): FactContext {
  const world = history.live
  const { facts } = world.records
  const owner = (part: number) => world.owner(part)
  return {
    index,
    timeUs: facts.timeUs(index),
    kind: facts.kind(index),
    node: facts.node(index),
    message: facts.message(index),
    aux: facts.aux(index),
    records: world.records,
    owner,
    name: (part) => nameOf(history, owner(part)),
    nameOfId: (id) => nameOf(history, id),
    way: (part) => wayOf(history, part),
    place: (position) => placeIn(history, world.owner(facts.node(index)), position),
    // A person may name a message that this run never makes.
    label: (message) =>
      message < 0 || message >= world.records.messages.count
        ? 'a message'
        : shorten(labelOf(world.records, message), 40),
  }
}

/** From where to where a pipe of a link leads: each link has one forward and, after it, one back. */
function wayOf(history: History, part: number): string {
  const pipe = part - history.live.scenario.nodes.length
  const name = nameOf(history, history.live.owner(part))
  return pipe % 2 === 0 ? name : name.split(' → ').reverse().join(' → ')
}

/** A position as the node counts them that is at it: in the whole store, or in what it is subscribed to. */
function placeIn(history: History, id: string, position: number): string {
  const node = history.live.scenario.nodes.find((each) => each.id === id)
  const source = node && 'source' in node ? node.source : undefined
  return source ? `event ${position} of ${source}` : `position ${position}`
}

/** What a node or link of the scenario is called: its name, or from where to where it goes. */
export function nameOf(history: History, id: string): string {
  const { nodes, links } = history.live.scenario
  const node = nodes.find((n) => n.id === id)
  if (node) return node.name
  const link = links.find((l) => l.id === id)
  if (!link) return ''
  const end = (at: string) => nodes.find((n) => n.id === at)?.name || at
  return `${end(link.from)} → ${end(link.to)}`
}
