/** Topic patterns against an independent oracle, exhaustively for short patterns and keys. */
import { describe, expect, test } from 'vitest'
import { matchesTopic } from './topicPattern.ts'

/** All texts of up to `length` words over an alphabet, the empty one included. */
function texts(alphabet: readonly string[], length: number): string[] {
  let longest: string[][] = [[]]
  const all: string[][] = [[]]
  for (let i = 0; i < length; i++) {
    longest = longest.flatMap((words) => alphabet.map((word) => [...words, word]))
    all.push(...longest)
  }
  return all.map((words) => words.join('.'))
}

/** The rule as a regular expression over words that each begin with a slash. */
function oracle(pattern: string): (key: string) => boolean {
  const slashed = (key: string) => (key === '' ? '' : `/${key.replaceAll('.', '/')}`)
  const words = pattern === '' ? [] : pattern.split('.')
  const source = words
    .map((word) => (word === '#' ? '(/[^/]*)*' : word === '*' ? '/[^/]*' : `/${word}`))
    .join('')
  const expression = new RegExp(`^${source}$`)
  return (key) => expression.test(slashed(key))
}

function differences(patterns: readonly string[], keys: readonly string[]): string[] {
  const found: string[] = []
  for (const pattern of patterns) {
    const matches = oracle(pattern)
    for (const key of keys) {
      if (matchesTopic(pattern, key) !== matches(key)) found.push(`${pattern} | ${key}`)
    }
  }
  return found
}

describe('given all patterns and keys of up to four words', () => {
  const patterns = texts(['a', 'b', '*', '#'], 4)
  const keys = texts(['a', 'b'], 4)

  test('then all 341 × 31 pairs are decided as the rule says', () => {
    expect(patterns.length * keys.length).toBe(341 * 31)
    expect(differences(patterns, keys)).toEqual([])
  })
})

describe('given words that are empty, and keys that look like patterns', () => {
  const patterns = texts(['a', '', '*', '#'], 4)
  const keys = texts(['a', '', '*', '#'], 4)

  test('then an empty word is a word and a wildcard in a key is a letter', () => {
    expect(differences(patterns, keys)).toEqual([])
  })
})

describe('given many hashes and a long key', () => {
  test('then a mismatch is found without trying every split', () => {
    const pattern = `${'#.a.'.repeat(30)}b`
    const key = `${'a.'.repeat(200)}c`
    expect(matchesTopic(pattern, key)).toBe(false)
  })
})
