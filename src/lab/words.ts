/** How settings and measures are called: what a person would say, from the names of fields. */
import type { Measure } from '../history/experiments/measures.ts'
import type { Setting } from '../history/experiments/settings.ts'
import { OUTCOME_WORDS, type OutcomeKind } from '../history/outcomes/outcome.ts'
import type { Scenario } from '../scenario/document.ts'

/** Where the name of the field alone would not do. */
const SETTING_WORDS: Record<string, string> = {
  copies: 'how many of it',
  'arrivals/every/meanMs': 'mean time between messages',
  'arrivals/every/ms': 'time between messages',
  'arrivals/every/minMs': 'shortest time between messages',
  'arrivals/every/maxMs': 'longest time between messages',
  'arrivals/every/cv': 'variation of the time between messages (CV)',
  'arrivals/firstMs': 'time of the first message',
  'arrivals/count': 'how many messages',
  'arrivals/size': 'messages in a burst',
  'arrivals/gapMs': 'gap within a burst',
  'arrivals/everyMs': 'time between bursts',
  'arrivals/onMs': 'time on',
  'arrivals/offMs': 'time off',
  'service/meanMs': 'mean service time',
  'service/ms': 'service time',
  'service/minMs': 'shortest service time',
  'service/maxMs': 'longest service time',
  'service/cv': 'variation of the service time (CV)',
}

const TIME_WORDS: Record<string, string> = {
  meanMs: 'mean',
  p50Ms: 'median',
  p95Ms: '95 % are below',
  p99Ms: '99 % are below',
  maxMs: 'longest',
}

/** `mean service time`. */
export function settingText({ path }: Setting): string {
  const known = SETTING_WORDS[path.join('/')]
  return known ?? path.map((field) => spaced(field.replace(/Ms$/, ''))).join(', ')
}

/** `ms`, or '' for a plain number. */
export function settingUnit({ path }: Setting): string {
  return /(^ms|Ms)$/.test(path.at(-1) ?? '') ? 'ms' : ''
}

/** `waiting, mean`. */
export function measureText({ node, path }: Measure): string {
  const [what = '', name = '', stat = ''] = path
  if (node === null) return OUTCOME_WORDS[what as OutcomeKind].name.toLowerCase()
  switch (what) {
    case 'waiting':
      return `waiting, ${TIME_WORDS[name]}`
    case 'sojourn':
      return `waiting and work, ${TIME_WORDS[name]}`
    case 'throughputPerS':
      return 'throughput'
    case 'levels':
      return `${name}, ${stat === 'mean' ? 'on average' : 'most'}`
    case 'counts':
      return `${spaced(name)}, count`
    case 'dropped':
      return `dropped: ${spaced(name)}`
    default:
      return spaced(what)
  }
}

/** The unit that its values are in, and that a chart shows them in. */
export function measureUnit({ node, path, unit }: Measure): string {
  if (path[0] === 'utilisation') return '%'
  return node === null ? 'times' : unit
}

/** `server`, `customers → line`; outcomes are of the whole run. */
export function ownerText(scenario: Scenario, id: string | null): string {
  if (id === null) return 'the whole run'
  // The nameless exchange, where it is not drawn.
  if (id === '') return 'the default exchange'
  const name = (node: string) => scenario.nodes.find((each) => each.id === node)?.name ?? node
  const link = scenario.links.find((each) => each.id === id)
  return link ? `${name(link.from)} → ${name(link.to)}` : name(id)
}

function spaced(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}
