/**
 * Glob patterns as Redis matches channels (redis.io/docs/latest/commands/psubscribe): `*` any run of
 * characters, `?` one, `[ae]` one of these, `[^e]` any other, `[a-c]` a range, `\` the next one as it is.
 * No separators: `*` crosses dots. Redis compares bytes: `?` is half of an é. As in Redis an empty channel
 * matches the empty pattern only.
 */
import { utf8 } from '../../../base/utf8.ts'

/** Whether a name is a pattern: it has a character that stands for others. */
export function hasGlob(name: string): boolean {
  return /[*?[\\]/.test(name)
}

export function matchesGlob(pattern: string, channel: string): boolean {
  if (channel === '') return pattern === ''
  return matchesFrom(bytewise(pattern), 0, bytewise(channel), 0)
}

/** A text with a character for each of its bytes. */
function bytewise(text: string): string {
  for (let at = 0; at < text.length; at++) {
    if (text.charCodeAt(at) > 0x7f) return String.fromCharCode(...utf8(text))
  }
  return text
}

function matchesFrom(pattern: string, from: number, text: string, start: number): boolean {
  let p = from
  let at = start
  while (p < pattern.length && at < text.length) {
    if (pattern[p] === '*') return matchesStar(pattern, p, text, at)
    const end = matchesOne(pattern, p, text.charCodeAt(at))
    if (end === -1) return false
    p = end
    at++
  }
  if (at === text.length) while (pattern[p] === '*') p++
  return p >= pattern.length && at === text.length
}

/** A star: what follows it must match some rest of the text that is not empty. */
function matchesStar(pattern: string, star: number, text: string, start: number): boolean {
  let next = star
  while (pattern[next] === '*') next++
  if (next === pattern.length) return true
  for (let at = start; at < text.length; at++) {
    if (matchesFrom(pattern, next, text, at)) return true
  }
  return false
}

/** Matches one character; returns where the pattern goes on, -1 if it does not fit. */
function matchesOne(pattern: string, p: number, unit: number): number {
  switch (pattern[p]) {
    case '?':
      return p + 1
    case '[':
      return matchesSet(pattern, p + 1, unit)
    case '\\': {
      const at = p + 1 < pattern.length ? p + 1 : p
      return pattern.charCodeAt(at) === unit ? at + 1 : -1
    }
  }
  return pattern.charCodeAt(p) === unit ? p + 1 : -1
}

/** A set; one that is not closed ends with the pattern. */
function matchesSet(pattern: string, from: number, unit: number): number {
  let p = from
  const isNegated = pattern[p] === '^'
  if (isNegated) p++
  let isIn = false
  while (p < pattern.length && pattern[p] !== ']') {
    if (pattern[p] === '\\' && p + 1 < pattern.length) {
      if (pattern.charCodeAt(p + 1) === unit) isIn = true
      p += 2
    } else if (pattern[p + 1] === '-' && p + 2 < pattern.length) {
      const [a, b] = [pattern.charCodeAt(p), pattern.charCodeAt(p + 2)]
      if (unit >= Math.min(a, b) && unit <= Math.max(a, b)) isIn = true
      p += 3
    } else {
      if (pattern.charCodeAt(p) === unit) isIn = true
      p++
    }
  }
  return isIn === isNegated ? -1 : p + 1
}
