/** A condition's text as tokens. Names may hold `-` and `.` inside, so subtraction stands between blanks. */
import { ConditionError, type Place } from './problem.ts'

export interface Token extends Place {
  type: 'word' | 'text' | 'number' | 'sign' | 'end'
  /** The word, the text without its quotes, the number with its unit as written, the sign. */
  text: string
  /** Of numbers: value in its base unit (µs, per second, share). */
  value: number
  unit: Unit
}

/** What a number is a number of. `truth` is 0 or 1. */
export type Unit = 'number' | 'duration' | 'rate' | 'share' | 'truth'

/** Time units in microseconds, as they are written after a number. */
const DURATIONS: Readonly<Record<string, number>> = {
  us: 1,
  µs: 1,
  ms: 1000,
  s: 1_000_000,
  min: 60_000_000,
  h: 3_600_000_000,
}

/** Signs that mathematicians write, as the keyboard has them. */
const SAME: Readonly<Record<string, string>> = {
  '≤': '<=',
  '≥': '>=',
  '≠': '!=',
  '==': '=',
  '∧': 'and',
  '&&': 'and',
  '∨': 'or',
  '||': 'or',
  '¬': 'not',
  '!': 'not',
}

const BLANK = /\s+/uy
const NUMBER = /(\d+(?:\.\d+)?|\.\d+)(?:(\s*%)|(\s*\/\s*s)(?![\p{L}\p{N}_])|(\s*)([\p{L}µ]+))?/uy
const WORD = /[\p{L}_][\p{L}\p{N}_]*(?:[-.][\p{L}\p{N}_]+)*/uy
const TEXT = /"([^"]*)"|'([^']*)'/uy
const SIGN = /<=|>=|!=|==|&&|\|\||[<>=≤≥≠+*/(),:;∧∨¬!-]/uy

/** Reads all of a text; the last token is `end`. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  const match = (pattern: RegExp) => {
    pattern.lastIndex = at
    return pattern.exec(text)
  }
  const add = (type: Token['type'], written: string, length: number, value = 0) => {
    tokens.push({ type, text: written, from: at, to: at + length, value, unit: 'number' })
    at += length
  }
  while (at < text.length) {
    const blank = match(BLANK)
    if (blank) {
      at += blank[0].length
      continue
    }
    const number = match(NUMBER)
    if (number) {
      const token = numberAt(number, at)
      tokens.push(token)
      at = token.to
      continue
    }
    const word = match(WORD)
    if (word) {
      add('word', word[0], word[0].length)
      continue
    }
    const quoted = match(TEXT)
    if (quoted) {
      add('text', quoted[1] ?? quoted[2] ?? '', quoted[0].length)
      continue
    }
    const sign = match(SIGN)
    if (!sign) throw new ConditionError({ from: at, to: at + 1 }, unknownSign(text, at))
    const same = SAME[sign[0]] ?? sign[0]
    add(/^\p{L}/u.test(same) ? 'word' : 'sign', same, sign[0].length)
  }
  add('end', '', 0)
  return tokens
}

/** A number takes the unit that follows it, with or without a blank; any other word is a token of its own. */
function numberAt(match: RegExpExecArray, at: number): Token {
  const [all, digits = '', percent, perSecond, blank = '', letters] = match
  const value = Number(digits)
  const token = (length: number, unit: Unit, inBase: number): Token => ({
    type: 'number',
    text: all.slice(0, length),
    from: at,
    to: at + length,
    value: inBase,
    unit,
  })
  if (percent !== undefined) return token(all.length, 'share', value / 100)
  if (perSecond !== undefined) return token(all.length, 'rate', value)
  if (letters === undefined) return token(digits.length, 'number', value)
  const us = DURATIONS[letters]
  if (us !== undefined) return token(all.length, 'duration', Math.round(value * us))
  if (blank !== '') return token(digits.length, 'number', value)
  const place = { from: at + digits.length, to: at + all.length }
  throw new ConditionError(
    place,
    `${letters} is no unit. Times are written in us, ms, s, min or h; rates as 30/s; shares as 90%.`,
  )
}

function unknownSign(text: string, at: number): string {
  const sign = [...text.slice(at)][0] ?? ''
  if (sign === '"' || sign === "'") return `The quote that opens here is not closed: add a ${sign}.`
  return `${sign} means nothing here. Names with other signs than letters, digits, - and . stand in quotes.`
}
