/**
 * Resolves the words and names of a condition against a scenario and checks what is compared with what. The result
 * is a plan: it can be bound to any world of that scenario, and read after each fact.
 */
import { A_KIND } from '../../scenario/kinds.ts'
import { kindNamesOf } from '../vocabulary.ts'
import type { Catalog } from './catalog.ts'
import { ConditionError, didYouMean } from './problem.ts'
import type { Argument, Comparison, Expression } from './syntax.ts'
import type { Term, TermContext } from './term.ts'
import type { Unit } from './tokens.ts'
import {
  findWord,
  type Parameter,
  type Values,
  vocabularyOf,
  WINDOW_US,
  type Word,
} from './words.ts'

/** Reads a number, or a truth as 0 or 1, at a moment. */
export type Read = (nowUs: number) => number

/** Where a plan is bound: the terms made of it, in the order in which they stand. */
export interface Binding {
  readonly context: TermContext
  readonly terms: Term[]
}

export interface Plan {
  readonly unit: Unit
  bind(binding: Binding): Read
}

const UNIT_WORDS: Record<Unit, string> = {
  number: 'a number',
  duration: 'a time',
  rate: 'a rate',
  share: 'a share',
  truth: 'true or false',
}

export class Checker {
  private readonly catalog: Catalog
  private readonly words: ReadonlyMap<string, Word>

  constructor(catalog: Catalog) {
    this.catalog = catalog
    this.words = vocabularyOf(catalog)
  }

  /** What is true or false at each moment. */
  truth(expression: Expression): Plan {
    const plan = this.plan(expression)
    if (plan.unit === 'truth') return plan
    throw new ConditionError(
      expression,
      `This is ${UNIT_WORDS[plan.unit]}, not yet a condition: compare it, as in > 50.`,
    )
  }

  /** Any number, or a truth as 0 and 1. */
  number(expression: Expression): Plan {
    return this.plan(expression)
  }

  private plan(expression: Expression, wanted?: Unit): Plan {
    switch (expression.type) {
      case 'number': {
        const { unit, value } = expression
        return { unit, bind: () => () => value }
      }
      case 'word':
        return this.term(expression, wanted)
      case 'negative': {
        const of = this.numeric(expression.of, wanted)
        return unary(of, (read) => (nowUs) => -read(nowUs))
      }
      case 'not':
        return unary(this.truth(expression.of), (read) => (nowUs) => 1 - read(nowUs))
      case 'and':
      case 'or':
        return this.joined(expression)
      case 'sum':
        return this.sum(expression, wanted)
      case 'compare':
        return this.compare(expression)
      case 'rises':
      case 'falls': {
        const sign = expression.type === 'rises' ? 1 : -1
        return { unit: 'truth', bind: this.changing(this.plan(expression.of), sign) }
      }
    }
  }

  private numeric(expression: Expression, wanted?: Unit): Plan {
    const plan = this.plan(expression, wanted)
    if (plan.unit !== 'truth') return plan
    throw new ConditionError(expression, 'Here a number is expected; this is true or false.')
  }

  private joined({ type, left, right }: Extract<Expression, { type: 'and' | 'or' }>): Plan {
    const [a, b] = [this.truth(left), this.truth(right)]
    return {
      unit: 'truth',
      bind: (binding) => {
        const [first, second] = [a.bind(binding), b.bind(binding)]
        // Both are read each time: what rises is told by reading it at every fact. Math.min and Math.max would
        // not do: false and unknown is false, true or unknown is true.
        return type === 'and'
          ? (nowUs) => both(first(nowUs), second(nowUs))
          : (nowUs) => 1 - both(1 - first(nowUs), 1 - second(nowUs))
      },
    }
  }

  private sum(expression: Extract<Expression, { type: 'sum' }>, wanted?: Unit): Plan {
    const { op, left, right } = expression
    const additive = op === '+' || op === '-'
    const a = this.numeric(left, additive ? wanted : undefined)
    const b = this.numeric(right, additive ? (wanted ?? a.unit) : undefined)
    const unit = unitOf(op, a.unit, b.unit)
    if (unit === null) {
      throw new ConditionError(
        expression,
        `${UNIT_WORDS[a.unit]} ${op} ${UNIT_WORDS[b.unit]} is nothing that can be measured.`,
      )
    }
    return {
      unit,
      bind: (binding) => {
        const [first, second] = [a.bind(binding), b.bind(binding)]
        if (op === '+') return (nowUs) => first(nowUs) + second(nowUs)
        if (op === '-') return (nowUs) => first(nowUs) - second(nowUs)
        if (op === '*') return (nowUs) => first(nowUs) * second(nowUs)
        // A number over a time is a rate a second.
        const scale = unit === 'rate' && b.unit === 'duration' ? 1_000_000 : 1
        return (nowUs) => (first(nowUs) / second(nowUs)) * scale
      },
    }
  }

  private compare({ op, left, right, ...place }: Extract<Expression, { type: 'compare' }>): Plan {
    const [leftPlan, rightPlan] = this.sides(left, right)
    if (!isAlike(leftPlan.unit, rightPlan.unit)) {
      throw new ConditionError(place, unlike(leftPlan.unit, rightPlan.unit))
    }
    return {
      unit: 'truth',
      bind: (binding) => comparing(op, leftPlan.bind(binding), rightPlan.bind(binding)),
    }
  }

  /** Each side may settle what the other means: `lag(billing)` is a time beside a time. */
  private sides(left: Expression, right: Expression): [Plan, Plan] {
    const first = this.numeric(left)
    const second = this.numeric(right, first.unit)
    if (isAlike(first.unit, second.unit)) return [first, second]
    return [this.numeric(left, second.unit), second]
  }

  private changing(plan: Plan, sign: 1 | -1): Plan['bind'] {
    return (binding) => {
      const read = plan.bind(binding)
      binding.terms.push({ timed: true, read: () => 0 })
      let before = Number.NaN
      return (nowUs) => {
        const value = read(nowUs)
        const changed = (value - before) * sign > 0
        before = value
        return changed ? 1 : 0
      }
    }
  }

  private term(expression: Extract<Expression, { type: 'word' }>, wanted?: Unit): Plan {
    const { word: text, wordAt } = expression
    const found = findWord(this.words, text)
    if (!found) throw new ConditionError(wordAt, this.unknownWord(text))
    let [name, word] = found
    if (name === 'lag' && wanted === 'duration') {
      name = 'age'
      word = this.words.get('age') as Word
    }
    const { needs } = word
    if (needs && this.catalog.placesOf(needs).length === 0) {
      throw new ConditionError(
        wordAt,
        `${name} is a number of ${A_KIND[needs]}; there is none here.`,
      )
    }
    const values = this.values(expression, name, word)
    const { catalog } = this
    return {
      unit: word.unit,
      bind: ({ context, terms }) => {
        const term = word.make(context, values, catalog)
        terms.push(term)
        return (nowUs) => term.read(nowUs)
      },
    }
  }

  private unknownWord(text: string): string {
    if (this.catalog.placeOf(text) !== -1) {
      return `${text} is a node: say what of it, as in backlog(${text}).`
    }
    const spellings = [...this.words].flatMap(([name, { also = [] }]) => [name, ...also])
    const guess = didYouMean(text, spellings)
    return `There is no number called ${text} in this scenario.${guess || ' Words that there are: backlog, lag, n, rate, duplicates …'}`
  }

  private values(
    { args, wordAt, called }: Extract<Expression, { type: 'word' }>,
    name: string,
    word: Word,
  ): Values {
    const values: Values = {
      node: -1,
      group: null,
      kind: '',
      key: null,
      windowUs: WINDOW_US,
      by: 'key',
    }
    const left = [...args]
    for (const parameter of word.takes) {
      const argument = left[0]
      const fits = argument !== undefined && isFor(argument, parameter)
      if (fits) {
        this.take(parameter, argument, name, word, values)
        left.shift()
      } else if (!parameter.endsWith('?')) {
        const place = argument ?? wordAt
        throw new ConditionError(place, this.missing(parameter, name, word))
      }
    }
    const extra = left[0]
    if (extra) {
      const takes = word.takes.length === 0 ? 'nothing' : formOf(name, word)
      throw new ConditionError(
        extra,
        `${name} does not take this: it is written ${takes === 'nothing' ? name : takes}.`,
      )
    }
    if (word.takes.length === 0 && called && args.length > 0) {
      throw new ConditionError(wordAt, `${name} takes nothing: write ${name}.`)
    }
    return values
  }

  private take(
    parameter: Parameter,
    argument: Argument,
    name: string,
    word: Word,
    values: Values,
  ): void {
    if (argument.type === 'time') {
      if (argument.us <= 0) throw new ConditionError(argument, 'A window is longer than 0, as 10s.')
      values.windowUs = argument.us
    } else if (argument.type === 'by') values.by = argument.text as 'key' | 'all'
    else if (parameter === 'kind') values.kind = kindOf(argument)
    else if (parameter === 'key' || parameter === 'key?') values.key = argument.text
    else this.takeNode(argument, name, word, values)
  }

  private takeNode(
    argument: Extract<Argument, { type: 'name' }>,
    name: string,
    word: Word,
    values: Values,
  ): void {
    const { catalog } = this
    const { text } = argument
    const place = catalog.placeOf(text)
    if (place === 'several') {
      const ids = catalog.scenario.nodes.filter((node) => node.name === text).map(({ id }) => id)
      throw new ConditionError(
        argument,
        `Several nodes are called ${text}: write one of their ids, ${ids.join(' or ')}.`,
      )
    }
    const possible = word.nodes?.(catalog)
    if (place !== -1 && (!possible || possible.includes(place))) {
      values.node = place
      return
    }
    if (word.groups && catalog.groups.has(text)) {
      values.group = text
      return
    }
    throw new ConditionError(argument, this.noSuchNode(text, place, name, word))
  }

  private noSuchNode(text: string, place: number, name: string, word: Word): string {
    const { catalog } = this
    const possible = word.nodes?.(catalog) ?? catalog.scenario.nodes.map((_, at) => at)
    const names = possible.map((at) => catalog.written(at))
    if (word.groups) names.push(...catalog.groups.keys())
    const list = [...new Set(names)]
    if (place !== -1) {
      const others = list.length === 0 ? '' : ` It can be asked of ${listed(list)}.`
      return `${text} has no ${name}.${others}`
    }
    const ids = possible.map((at) => catalog.node(at).id)
    const guess = didYouMean(text, [...list, ...ids])
    const others = list.length === 0 ? '' : ` Possible here: ${listed(list)}.`
    return `There is no node called ${text}.${guess || others}`
  }

  private missing(parameter: Parameter, name: string, word: Word): string {
    if (parameter === 'kind') {
      return `${name} needs a kind of fact: ${formOf(name, word)}, as in ${name}(published).`
    }
    if (parameter === 'key') return `${name} needs a key: ${formOf(name, word)}.`
    const first = word.nodes?.(this.catalog)[0]
    if (first === undefined && word.nodes) return `Nothing in this scenario has a ${name}.`
    const example = first === undefined ? '' : `, as in ${name}(${this.catalog.written(first)})`
    return `${name} needs a node${example}.`
  }
}

/** How a word is written: `rate(kind, node, window)`. */
export function formOf(name: string, { takes }: Word): string {
  if (takes.length === 0) return name
  return `${name}(${takes.map((parameter) => parameter.replace('?', '')).join(', ')})`
}

function isFor({ type }: Argument, parameter: Parameter): boolean {
  if (parameter === 'window?') return type === 'time'
  if (parameter === 'by?') return type === 'by'
  return type === 'name'
}

function kindOf(argument: Argument & { type: 'name' }): string {
  const names = kindNamesOf()
  if (names.includes(argument.text)) return argument.text
  throw new ConditionError(
    argument,
    `No fact is called ${argument.text}.${didYouMean(argument.text, names) || ' Facts are called published, delivered, acked, processed …'}`,
  )
}

function unary(plan: Plan, make: (read: Read) => Read): Plan {
  return { unit: plan.unit, bind: (binding) => make(plan.bind(binding)) }
}

/** A plain number takes on the unit of a rate or share; times need theirs written. */
function isAlike(a: Unit, b: Unit): boolean {
  return a === b || (isPlain(a) && isPlain(b))
}

function isPlain(unit: Unit): boolean {
  return unit === 'number' || unit === 'rate' || unit === 'share'
}

function unlike(a: Unit, b: Unit): string {
  if (a === 'duration' || b === 'duration') {
    return `A time is compared with ${UNIT_WORDS[a === 'duration' ? b : a]}: write the time with its unit, as 50ms or 2s.`
  }
  return `${UNIT_WORDS[a]} cannot be compared with ${UNIT_WORDS[b]}.`
}

function unitOf(op: '+' | '-' | '*' | '/', a: Unit, b: Unit): Unit | null {
  if (op === '+' || op === '-') {
    if (!isAlike(a, b)) return null
    return a === 'number' ? b : a
  }
  if (op === '*') {
    if (isPlain(a) && isPlain(b)) return a === 'number' || a === 'share' ? b : a
    if (a === 'duration' && isPlain(b)) return 'duration'
    return b === 'duration' && isPlain(a) ? 'duration' : null
  }
  if (a === b) return 'number'
  if (b === 'duration') return isPlain(a) ? 'rate' : null
  return a === 'duration' || isPlain(a) ? a : null
}

/** Truths are 1, 0, and NaN where a number is not there yet: no condition is true, and no goal broken, by that. */
function both(a: number, b: number): number {
  return a === 0 || b === 0 ? 0 : a * b
}

function comparing(op: Comparison, a: Read, b: Read): Read {
  const holds = COMPARE[op]
  return (nowUs) => {
    const difference = a(nowUs) - b(nowUs)
    // Infinity less infinity is as unknown as a number that is not there.
    return Number.isNaN(difference) ? Number.NaN : holds(difference) ? 1 : 0
  }
}

const COMPARE: Record<Comparison, (difference: number) => boolean> = {
  '<': (difference) => difference < 0,
  '<=': (difference) => difference <= 0,
  '>': (difference) => difference > 0,
  '>=': (difference) => difference >= 0,
  '=': (difference) => difference === 0,
  '!=': (difference) => difference !== 0,
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(', ')
  return names.length > 5 ? `${shown} …` : shown
}
