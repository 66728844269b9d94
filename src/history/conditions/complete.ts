/** What can stand at the caret of a condition, and conditions that make sense of a scenario. */
import type { NodeKind } from '../../scenario/document.ts'
import { isConsuming } from '../../scenario/kinds.ts'
import { kindNamesOf } from '../vocabulary.ts'
import type { Catalog } from './catalog.ts'
import { formOf } from './check.ts'
import { quoted } from './names.ts'
import type { RunNames } from './runNames.ts'
import { findWord, type Parameter, vocabularyOf, type Word } from './words.ts'

export interface Completion {
  /** What takes the place of the text from `from` to the caret. */
  insert: string
  from: number
  /** How it is written in full, and what it means. */
  label: string
  meaning: string
}

const ITEMS_MAX = 40
/** The word, name or sign that is being written: quotes belong to it. */
const WRITTEN = /(?:["'][^"'()]*|[\p{L}_][\p{L}\p{N}_.-]*)$/u
const OPERATORS: readonly [string, string][] = [
  ['>', 'is greater than'],
  ['<', 'is less than'],
  ['=', 'is'],
  ['>=', 'is at least'],
  ['<=', 'is at most'],
  ['rises', 'has just become greater'],
  ['falls', 'has just become less'],
  ['and', 'both are true'],
  ['or', 'one of them is true'],
]
const GOALS: readonly [string, string][] = [
  ['order violated by key', 'messages of one key had their effects in another order'],
  ['always', 'a goal: true at every moment'],
  ['never', 'a goal: true at no moment'],
  ['eventually', 'a goal: true at some moment'],
  ['at end', 'a goal: true when the run is over'],
  ['not', 'the contrary'],
]

export function completionsAt(
  catalog: Catalog,
  text: string,
  caret: number,
  run: RunNames | null = null,
): Completion[] {
  const before = text.slice(0, caret)
  const written = WRITTEN.exec(before)?.[0] ?? ''
  const from = caret - written.length
  const lead = before.slice(0, from)
  const words = vocabularyOf(catalog)
  const call = callAround(lead)
  const items = call
    ? argumentItems(catalog, words, call, run)
    : /[\p{L}\p{N}_)%]\s*$/u.test(lead) &&
        !/\b(?:and|or|not|always|never|eventually|end|after)\s*$/u.test(lead)
      ? OPERATORS.map(([label, meaning]) => ({ insert: `${label} `, label, meaning }))
      : operandItems(catalog, words)
  const start = written.replace(/^["']/, '').toLowerCase()
  return items
    .filter(({ label }) => label.replace(/^["']/, '').toLowerCase().startsWith(start))
    .slice(0, ITEMS_MAX)
    .map((item) => ({ ...item, from }))
}

/** What messages wait in: what examples are about. */
const WAITED_IN: readonly NodeKind[] = [
  'queue',
  'sqsQueue',
  'cloudSubscription',
  'natsConsumer',
  'redisGroup',
  'mqttBroker',
]

/** A few conditions about what the scenario has, simplest first. */
export function examplesOf(catalog: Catalog): string[] {
  const written = (places: readonly number[]) =>
    places[0] === undefined ? null : catalog.written(places[0])
  const waits = written(catalog.placesOf(...WAITED_IN))
  const isWorking = new Set(catalog.workPlaces)
  const consumes = (place: number) => isConsuming(catalog.node(place))
  const workers = catalog.placesWhere(isConsuming).filter((place) => isWorking.has(place))
  const worker = written(workers)
  const missing = written((catalog.levelPlaces.get('missed') ?? []).filter(consumes))
  const group = [...catalog.groups.keys()][0]
  const reader = written(catalog.placesOf('projection', 'relay'))
  const store = written(catalog.placesOf('eventStore'))
  const topic = written(catalog.placesOf('topic'))
  const service = written(catalog.placesOf('service'))
  return [
    waits && `backlog(${waits}) > 3`,
    group !== undefined && `lag(${quoted(group)}) > 2s`,
    reader && `lag(${reader}) > 0`,
    store && 'balance falls',
    store && 'balance < 0',
    missing && `missed(${missing}) > 0`,
    worker && `duplicates(${worker}) > 0`,
    worker && 'order violated by key',
    worker && `utilisation(${worker}) > 90%`,
    service && `at end missing(${service}) = 0 and at end ghost(${service}) = 0`,
    'lost > 0',
    topic && `records(${topic}) > 20`,
    store && `events(${store}) > 20`,
    waits && `within 10s after backlog(${waits}) > 3: backlog(${waits}) = 0`,
  ].filter((example) => typeof example === 'string')
}

type Item = Omit<Completion, 'from'>

function operandItems(catalog: Catalog, words: ReadonlyMap<string, Word>): Item[] {
  const items = [...words].flatMap(([name, word]): Item[] => {
    if (word.nodes && word.nodes(catalog).length === 0) return []
    if (word.needs && catalog.placesOf(word.needs).length === 0) return []
    const opens = word.takes.some((parameter) => !parameter.endsWith('?'))
    return [{ insert: opens ? `${name}(` : name, label: formOf(name, word), meaning: word.meaning }]
  })
  return [...items, ...GOALS.map(([label, meaning]) => ({ insert: `${label} `, label, meaning }))]
}

function argumentItems(
  catalog: Catalog,
  words: ReadonlyMap<string, Word>,
  { word: text, index, first }: Call,
  run: RunNames | null,
): Item[] {
  const word = findWord(words, text)?.[1]
  const parameter = word?.takes[index]
  if (!word || !parameter) return []
  const close =
    index === word.takes.length - 1 || word.takes[index + 1]?.endsWith('?') ? ') ' : ', '
  return namesFor(parameter, catalog, word, { run, first }).map(({ label, meaning }) => ({
    insert: label + close,
    label,
    meaning,
  }))
}

function namesFor(
  parameter: Parameter,
  catalog: Catalog,
  word: Word,
  { run, first }: { run: RunNames | null; first: string },
): { label: string; meaning: string }[] {
  switch (parameter) {
    case 'kind': {
      const here = run?.kinds ?? []
      const others = kindNamesOf().filter((name) => !here.includes(name))
      return [
        ...here.map((label) => ({ label, meaning: 'a kind of fact in this run' })),
        ...others.map((label) => ({ label, meaning: 'a kind of fact' })),
      ]
    }
    case 'node':
    case 'node?': {
      const places = word.nodes?.(catalog) ?? catalog.scenario.nodes.map((_, place) => place)
      const nodes = [...new Set(places)].map((place) => ({
        label: catalog.written(place),
        meaning: catalog.node(place).kind,
      }))
      const groups = word.groups ? [...catalog.groups.keys()] : []
      // A member's name says the same as its group's where both are one.
      const others = groups.map(quoted).filter((name) => !nodes.some(({ label }) => label === name))
      return [...nodes, ...others.map((label) => ({ label, meaning: 'group' }))]
    }
    case 'by?':
      return ['by=key', 'by=all'].map((label) => ({ label, meaning: 'which order is meant' }))
    case 'window?':
      return ['1s', '10s'].map((label) => ({ label, meaning: 'over which time' }))
    case 'key': {
      const place = catalog.placeOf(first)
      const keys = typeof place === 'number' && place >= 0 ? (run?.keysOf(place) ?? []) : []
      return keys.map((key) => ({ label: quoted(key), meaning: `a row of ${first}` }))
    }
    case 'key?':
      return (run?.accounts ?? []).map((name) => ({ label: quoted(name), meaning: 'an account' }))
  }
}

interface Call {
  word: string
  /** Which of its arguments is being written. */
  index: number
  /** The first of them, as a name. */
  first: string
}

/** The word whose bracket is open at the end of a text. */
function callAround(text: string): Call | null {
  let depth = 0
  let index = 0
  for (let at = text.length - 1; at >= 0; at--) {
    const sign = text[at]
    if (sign === ')') depth++
    else if (sign === ',' && depth === 0) index++
    else if (sign === '(' && depth-- === 0) {
      const word = /[\p{L}_][\p{L}\p{N}_.]*$/u.exec(text.slice(0, at))?.[0]
      const first = /^\s*(?:"([^"]*)"|'([^']*)'|([^,]*?))\s*(?:,|$)/.exec(text.slice(at + 1))
      const name = first?.[1] ?? first?.[2] ?? first?.[3] ?? ''
      return word === undefined ? null : { word, index, first: name }
    }
  }
  return null
}
