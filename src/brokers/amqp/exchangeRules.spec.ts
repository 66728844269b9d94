/** Headers exchanges and the consistent hash: what matches, and where a key lands. */
import { describe, expect, test } from 'vitest'
import { bucketOf } from './consistentHash.ts'
import { headerTerm, phash2, UNDEFINED } from './erlangHash.ts'
import { matchesHeaders, X_MATCH } from './headersMatch.ts'

describe('given a binding of a headers exchange', () => {
  const asks = { type: 'pdf', size: 'big' }

  test.for([
    ['all', { type: 'pdf', size: 'big', more: 1 }, true],
    ['all', { type: 'pdf' }, false],
    ['any', { type: 'pdf' }, true],
    ['any', { type: 'png', size: 'small' }, false],
    ['any', {}, false],
    ['all', {}, false],
  ] as const)(
    'when x-match is %s and the headers are %o, then it matches: %s',
    ([how, has, is]) => {
      expect(matchesHeaders({ 'x-match': how, ...asks }, has)).toBe(is)
    },
  )

  test('when x-match is missing, then all must match', () => {
    expect(matchesHeaders(asks, { type: 'pdf' })).toBe(false)
    expect(matchesHeaders(asks, asks)).toBe(true)
  })

  test('when it asks for headers that begin with x-, then only the -with-x forms look at them', () => {
    const withX = { 'x-org': 'me', type: 'pdf' }
    expect(matchesHeaders({ 'x-match': 'all', ...withX }, { type: 'pdf' })).toBe(true)
    expect(matchesHeaders({ 'x-match': 'all-with-x', ...withX }, { type: 'pdf' })).toBe(false)
    expect(matchesHeaders({ 'x-match': 'any', ...withX }, { 'x-org': 'me' })).toBe(false)
    expect(matchesHeaders({ 'x-match': 'any-with-x', ...withX }, { 'x-org': 'me' })).toBe(true)
  })

  test('when it asks for nothing, then all matches everything and any nothing', () => {
    expect(matchesHeaders({ 'x-match': 'all' }, null)).toBe(true)
    expect(matchesHeaders({ 'x-match': 'any' }, { type: 'pdf' })).toBe(false)
  })

  test('when it asks for a header without a value, then its presence is enough', () => {
    expect(matchesHeaders({ 'x-match': 'all', type: null }, { type: 'png' })).toBe(true)
    expect(matchesHeaders({ 'x-match': 'all', type: null }, {})).toBe(false)
  })
})

describe('given all bindings and headers over two names, one of which begins with x-', () => {
  const tables = (values: readonly (number | null | undefined)[]) =>
    values.flatMap((a) =>
      values.map((b) => ({ ...(a !== undefined && { a }), ...(b !== undefined && { 'x-b': b }) })),
    )
  const bindings = tables([undefined, 1, 2, null])
  const messages = tables([undefined, 1, 2])

  /** Counts: all that is asked for is met, or something of it. */
  function oracle(how: string, asks: Record<string, number | null>, has: Record<string, unknown>) {
    const names = Object.keys(asks).filter((name) => name === 'a' || how.endsWith('-with-x'))
    const met = names.filter((name) =>
      asks[name] === null ? Object.hasOwn(has, name) : asks[name] === has[name],
    )
    return how.startsWith('all') ? met.length === names.length : met.length > 0
  }

  test.for(X_MATCH)('when x-match is %s, then each pair is decided as the rule says', (how) => {
    for (const asks of bindings) {
      for (const has of messages) {
        const seen = matchesHeaders({ 'x-match': how, ...asks }, has)
        expect({ asks, has, seen }).toEqual({ asks, has, seen: oracle(how, asks, has) })
      }
    }
  })
})

describe('given the hash of Erlang/OTP 25', () => {
  test.for([
    ['', 13708901],
    ['u1', 25945930],
    ['u2', 106754340],
    ['abcdefghijkl', 15432855],
    ['abcdefghijklm', 11441572],
    ['hello.world.this.is.long.key', 126485189],
  ] as const)('then erlang:phash2 of "%s" is %i', ([text, hash]) => {
    expect(phash2(text)).toBe(hash)
  })

  test.for([
    ['a', 65711459],
    ['', 116351706],
    [true, 32030443],
    [5, 40839585],
    [-5, 39932925],
    [300000000, 93901558],
    [2 ** 40, 93748608],
    [null, 27077197],
    [['a'], 130437836],
    [[], 86211673],
    [{ a: 1 }, 61145695],
  ] as const)('then that of a header with value %j is %i', ([value, hash]) => {
    expect(phash2(headerTerm(value))).toBe(hash)
  })

  test('then what is not there is the atom undefined', () => {
    expect(phash2(UNDEFINED)).toBe(45914356)
  })

  test('then a key stays in its bucket, and buckets added move only what they take over', () => {
    for (let i = 0; i < 200; i++) {
      const key = `key-${i}`
      const before = bucketOf(key, 4)
      const after = bucketOf(key, 5)
      expect(after === before || after === 4).toBe(true)
    }
  })
})
