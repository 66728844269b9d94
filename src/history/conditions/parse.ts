/**
 * From tokens to a tree, by recursive descent: one method a rule of the grammar in docs/conditions.md.
 * What is wrong is said at its place with what is expected there.
 */
import { ConditionError, didYouMean, type Place } from './problem.ts'
import type { Argument, Comparison, Condition, Expression, Goal } from './syntax.ts'
import { type Token, tokensOf } from './tokens.ts'

const COMPARISONS: readonly string[] = ['<', '<=', '>', '>=', '=', '!=']
const GOALS: readonly string[] = ['always', 'never', 'eventually', 'at', 'within']
/** Words with a meaning of their own wherever an operand may end. */
const JOINS: readonly string[] = ['and', 'or', 'rises', 'falls']
/** Deeper nesting is no condition that a person writes. */
const DEPTH_MAX = 60

export function parseCondition(text: string): Condition {
  return new Parser(tokensOf(text)).condition()
}

/** The same where only a number or a truth will do, without goals. */
export function parseExpression(text: string): Expression {
  return new Parser(tokensOf(text)).alone()
}

class Parser {
  private at = 0
  private depth = 0
  private readonly tokens: readonly Token[]

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens
  }

  condition(): Condition {
    if (!this.startsGoal()) return { type: 'condition', of: this.alone() }
    const goals = [this.goal()]
    while (this.takeSign(';') || this.takeWord('and')) goals.push(this.goal())
    this.expectEnd()
    return { type: 'goals', goals }
  }

  alone(): Expression {
    if (this.token.type === 'end') {
      throw new ConditionError(this.token, 'Write a condition, such as backlog(orders) > 50.')
    }
    const of = this.or()
    this.expectEnd()
    return of
  }

  private goal(): Goal {
    const { from } = this.token
    if (!this.startsGoal()) {
      throw new ConditionError(
        this.token,
        'After a goal, "and" joins another goal: always, never, eventually, at or within.',
      )
    }
    const word = this.take().text
    const rest = (): { of: Expression; from: number; to: number } => {
      this.takeSign(':')
      const of = this.or()
      return { of, from, to: of.to }
    }
    if (word === 'at') {
      if (this.takeWord('end')) return { type: 'end', ...rest() }
      const us = this.duration('at 120s or at end')
      return { type: 'at', us, ...rest() }
    }
    if (word === 'within') {
      const us = this.duration('within 10s')
      if (!this.takeWord('after')) {
        throw new ConditionError(this.token, 'Here "after" is expected: within 10s after … : ….')
      }
      const after = this.or()
      if (!this.takeSign(':')) {
        throw new ConditionError(
          this.token,
          'Here a colon is expected, then what must come true: within 10s after crashed(worker): lag(billing) = 0.',
        )
      }
      const of = this.or()
      return { type: 'within', us, after, of, from, to: of.to }
    }
    return { type: word as 'always' | 'never' | 'eventually', ...rest() }
  }

  private duration(example: string): number {
    const token = this.token
    if (token.type !== 'number' || token.unit !== 'duration') {
      throw new ConditionError(token, `Here a time with its unit is expected: ${example}.`)
    }
    this.take()
    return token.value
  }

  private or(): Expression {
    let left = this.and()
    while (this.takeWord('or')) left = joined('or', left, this.and())
    return left
  }

  private and(): Expression {
    let left = this.not()
    while (this.isWord('and') && !this.startsGoal(1)) {
      this.take()
      left = joined('and', left, this.not())
    }
    return left
  }

  private not(): Expression {
    const { from } = this.token
    if (!this.takeWord('not')) return this.comparison()
    const of = this.deeper(() => this.not())
    return { type: 'not', of, from, to: of.to }
  }

  private comparison(): Expression {
    let left = this.sum()
    const op = this.takeComparison()
    if (op) {
      const right = this.sum()
      left = { type: 'compare', op, left, right, from: left.from, to: right.to }
      const again = this.token
      if (again.type === 'sign' && COMPARISONS.includes(again.text)) {
        throw new ConditionError(again, 'Compare two numbers at a time and join with "and".')
      }
    }
    const { token } = this
    if (!this.isWord('rises') && !this.isWord('falls')) return left
    this.take()
    return { type: token.text as 'rises' | 'falls', of: left, from: left.from, to: token.to }
  }

  private sum(): Expression {
    let left = this.product()
    for (let op = this.takeSigns('+', '-'); op; op = this.takeSigns('+', '-')) {
      const right = this.product()
      left = { type: 'sum', op, left, right, from: left.from, to: right.to }
    }
    return left
  }

  private product(): Expression {
    let left = this.signed()
    for (let op = this.takeSigns('*', '/'); op; op = this.takeSigns('*', '/')) {
      const right = this.signed()
      left = { type: 'sum', op, left, right, from: left.from, to: right.to }
    }
    return left
  }

  private signed(): Expression {
    const { from } = this.token
    if (!this.takeSign('-')) return this.operand()
    const of = this.deeper(() => this.signed())
    return { type: 'negative', of, from, to: of.to }
  }

  private operand(): Expression {
    const token = this.token
    if (token.type === 'number') {
      this.take()
      const { from, to, value, unit } = token
      return { type: 'number', value, unit, from, to }
    }
    if (this.takeSign('(')) {
      const inside = this.deeper(() => this.or())
      const { to } = this.expectSign(')', 'This bracket is not closed: add a ).', token)
      return { ...inside, from: token.from, to }
    }
    if (token.type === 'word' && !JOINS.includes(token.text)) return this.word()
    throw new ConditionError(token, expected(token))
  }

  private word(): Expression {
    const token = this.take()
    const { from, to, text } = token
    const wordAt = { from, to }
    if (text === 'order' && this.isWord('violated')) return this.orderViolated(wordAt)
    const open = this.token
    if (!this.takeSign('(')) {
      return { type: 'word', word: text, wordAt, args: [], called: false, from, to }
    }
    const args: Argument[] = []
    if (!this.isSign(')')) {
      do args.push(this.argument())
      while (this.takeSign(','))
    }
    const end = this.expectSign(')', `The bracket after ${text} is not closed: add a ).`, open)
    return { type: 'word', word: text, wordAt, args, called: true, from, to: end.to }
  }

  /** `order violated [at NODE] [by key | by all]` is `outOfOrder(…) > 0`, as one says it. */
  private orderViolated({ from }: Place): Expression {
    const { to } = this.take()
    const args: Argument[] = []
    if (this.takeWord('at')) args.push(this.argument())
    if (this.takeWord('by')) args.push(this.by())
    const end = args.at(-1)?.to ?? to
    const wordAt = { from, to }
    const left: Expression = {
      type: 'word',
      word: 'outOfOrder',
      wordAt,
      args,
      called: true,
      from,
      to,
    }
    const right: Expression = { type: 'number', value: 0, unit: 'number', from, to }
    return { type: 'compare', op: '>', left, right, from, to: end }
  }

  private argument(): Argument {
    const token = this.token
    if (token.type === 'word' && token.text === 'by' && this.next.text === '=') {
      this.take()
      this.take()
      return { ...this.by(), from: token.from }
    }
    if (token.type === 'word' || token.type === 'text') {
      this.take()
      return { type: 'name', text: token.text, from: token.from, to: token.to }
    }
    if (token.type === 'number' && token.unit === 'duration') {
      this.take()
      return { type: 'time', us: token.value, from: token.from, to: token.to }
    }
    throw new ConditionError(
      token,
      token.type === 'end'
        ? 'Here a name is expected, and a ).'
        : 'Here a name is expected; one with blanks or other signs stands in quotes.',
    )
  }

  private by(): Argument {
    const token = this.token
    if (token.type !== 'word' || (token.text !== 'key' && token.text !== 'all')) {
      const guess = token.type === 'word' ? didYouMean(token.text, ['key', 'all']) : ''
      throw new ConditionError(token, `Order is kept by key or by all.${guess}`)
    }
    this.take()
    return { type: 'by', text: token.text, from: token.from, to: token.to }
  }

  private get token(): Token {
    return this.tokens[this.at] as Token
  }
  private get next(): Token {
    return (this.tokens[this.at + 1] ?? this.token) as Token
  }
  private take(): Token {
    const { token } = this
    if (token.type !== 'end') this.at++
    return token
  }
  private isWord(text: string): boolean {
    return this.token.type === 'word' && this.token.text === text
  }
  private isSign(text: string): boolean {
    return this.token.type === 'sign' && this.token.text === text
  }
  private takeWord(text: string): boolean {
    if (!this.isWord(text)) return false
    this.take()
    return true
  }
  private takeSign(text: string): boolean {
    if (!this.isSign(text)) return false
    this.take()
    return true
  }
  private takeSigns<S extends string>(...signs: S[]): S | null {
    const found = signs.find((sign) => this.isSign(sign))
    if (found === undefined) return null
    this.take()
    return found
  }
  private takeComparison(): Comparison | null {
    const { token } = this
    if (token.type !== 'sign' || !COMPARISONS.includes(token.text)) return null
    this.take()
    return token.text as Comparison
  }
  private startsGoal(ahead = 0): boolean {
    const token = this.tokens[this.at + ahead]
    return token?.type === 'word' && GOALS.includes(token.text)
  }

  private expectSign(text: string, sentence: string, place: Place): Token {
    if (this.isSign(text)) return this.take()
    if (this.token.type === 'end') throw new ConditionError(place, sentence)
    throw new ConditionError(this.token, `Here a ${text} or an operator is expected.`)
  }
  private expectEnd(): void {
    const { token } = this
    if (token.type === 'end') return
    const guess = token.type === 'word' ? didYouMean(token.text, [...JOINS, ...GOALS]) : ''
    throw new ConditionError(
      token,
      `Here a comparison (<, <=, >, >=, =, !=), "and" or "or" is expected.${guess}`,
    )
  }

  private deeper(read: () => Expression): Expression {
    this.depth++
    if (this.depth > DEPTH_MAX) {
      throw new ConditionError(this.token, 'This is nested too deeply: make it several conditions.')
    }
    const expression = read()
    this.depth--
    return expression
  }
}

function joined(type: 'and' | 'or', left: Expression, right: Expression): Expression {
  return { type, left, right, from: left.from, to: right.to }
}

function expected(token: Token): string {
  if (token.type === 'end') return 'The condition ends too early: a number or a word is expected.'
  if (token.type === 'text') return 'A name stands in brackets: backlog("work queue").'
  return `Here a number or a word such as backlog(orders) is expected, not ${token.text}.`
}
