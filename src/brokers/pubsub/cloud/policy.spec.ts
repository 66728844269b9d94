/** Filter policies of SNS against what its documentation says of each operator; what is wrong is said with its place. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Attributes } from './attributes.ts'
import { readFilter } from './filter.ts'
import { FilterError } from './filterError.ts'

describe('given a filter policy', () => {
  test.for([
    ['{}', {}, true],
    ['{"type": ["order"]}', { type: 'order' }, true],
    ['{"type": ["order", "refund"]}', { type: 'refund' }, true],
    ['{"type": ["order"]}', { type: 'mail' }, false],
    ['{"type": ["order"]}', {}, false],
    ['{"type": ["order"], "paid": [true]}', { type: 'order', paid: true }, true],
    ['{"type": ["order"], "paid": [true]}', { type: 'order' }, false],
    // Texts and numbers are of different types.
    ['{"price": [100]}', { price: 100 }, true],
    ['{"price": [100]}', { price: '100' }, false],
    ['{"price": ["100"]}', { price: 100 }, false],
    ['{"type": [{"anything-but": "order"}]}', { type: 'mail' }, true],
    ['{"type": [{"anything-but": "order"}]}', { type: 'order' }, false],
    ['{"type": [{"anything-but": ["order", "mail"]}]}', { type: 'mail' }, false],
    ['{"type": [{"anything-but": "order"}]}', {}, false],
    ['{"price": [{"anything-but": [100, 500]}]}', { price: 101 }, true],
    ['{"price": [{"anything-but": [100, 500]}]}', { price: 500 }, false],
    ['{"type": [{"anything-but": {"prefix": "or"}}]}', { type: 'order' }, false],
    ['{"type": [{"anything-but": {"prefix": "or"}}]}', { type: 'mail' }, true],
    ['{"type": [{"prefix": "or"}]}', { type: 'order' }, true],
    ['{"type": [{"prefix": "or"}]}', { type: 'for' }, false],
    ['{"file": [{"suffix": ".pdf"}]}', { file: 'a.pdf' }, true],
    ['{"type": [{"equals-ignore-case": "Order"}]}', { type: 'oRDER' }, true],
    ['{"price": [{"numeric": [">=", 100]}]}', { price: 100 }, true],
    ['{"price": [{"numeric": [">", 100]}]}', { price: 100 }, false],
    ['{"price": [{"numeric": ["=", 1e2]}]}', { price: 100 }, true],
    ['{"price": [{"numeric": ["<", 100]}]}', { price: '99' }, false],
    ['{"price": [{"numeric": [">", 0, "<=", 100]}]}', { price: 100 }, true],
    ['{"price": [{"numeric": [">", 0, "<=", 100]}]}', { price: 0 }, false],
    ['{"type": [{"exists": true}]}', { type: '' }, true],
    ['{"type": [{"exists": true}]}', {}, false],
    ['{"type": [{"exists": false}]}', {}, true],
    ['{"toString": [{"exists": false}]}', {}, true],
    ['{"price": [50, {"numeric": [">=", 100]}, {"exists": false}]}', {}, true],
    ['\n{ "a b" : [ "x \\"y\\" \\u00e9" ] }\n', { 'a b': 'x "y" é' }, true],
  ] as [string, Attributes, boolean][])('then %s over %o is %s', ([text, attributes, expected]) => {
    expect(readFilter(text)(attributes)).toBe(expected)
  })

  test('when any JSON is read, then it is what the engine reads, or refused as there', () => {
    const texts = fc.oneof(
      fc.json({ maxDepth: 2 }),
      fc.string({ unit: fc.constantFrom(...'{}[]",:0-.e1t\\ ') }),
    )
    fc.assert(
      fc.property(texts, (text) => {
        const policy = `{"a": ${text}}`
        const isJson = readableBy(() => JSON.parse(policy))
        const said = sentenceOf(policy)
        // What is no JSON has a place; what is JSON and no policy is said by name.
        if (!isJson) expect(said).toMatch(/at character \d+|stands twice/)
        else if (said !== null) expect(said).not.toContain('at character')
      }),
      { numRuns: 2000 },
    )
  })
})

describe('given a filter that cannot be read', () => {
  test.for([
    ['{"type": ["order"', '"," or "]" is wanted at character 18, where it ends'],
    ['{"type": [order]}', 'a value is wanted at character 11, where stands "order]}"'],
    [
      '{type: ["order"]}',
      'a name in quotes is wanted at character 2, where stands "type: [\\"orde"',
    ],
    ['{"type": ["order"]} x', 'the end is wanted at character 21, where stands "x"'],
    ['{"a": ["1"], "a": ["2"]}', '"a" stands twice in one object'],
    ['{"type": "order"}', '"type" wants a list of values, such as ["order"]'],
    ['{"type": []}', '"type" wants a list of values, such as ["order"]'],
    ['{"type": [null]}', '"type" wants a value or an object, and has null'],
    [
      '{"ip": [{"cidr": "10.0.0.0/24"}]}',
      '"ip" has "cidr"; give anything-but, prefix, suffix, equals-ignore-case, numeric or exists',
    ],
    ['{"a": [{"exists": "yes"}]}', '"a", "exists", wants true or false'],
    [
      '{"price": [{"numeric": [100]}]}',
      '"price", "numeric", wants [">=", 100], or a range such as [">", 0, "<=", 100]',
    ],
    [
      '{"price": [{"numeric": ["<", 5, ">", 1]}]}',
      '"price", "numeric", wants [">=", 100], or a range such as [">", 0, "<=", 100]',
    ],
    [
      '{"price": [{"numeric": [">", 5, "<", 5]}]}',
      '"price", "numeric", has a range that ends before it begins',
    ],
    ['{"$or": [{"a": ["1"]}]}', '"$or" is not modelled; give the names themselves'],
    [
      '{"a":["1"],"b":["1"],"c":["1"],"d":["1"],"e":["1"],"f":["1"]}',
      'it has 6 names, and SNS takes 5 at most',
    ],
    ['attributes.a = b', 'b must stand in quotes, at character 16'],
    [
      'attributes:a AND attributes:b OR attributes:c',
      'AND and OR need parentheses to be used together, at character 31',
    ],
    ['attributes:a attributes:b', 'the filter ends before attributes, at character 14'],
    ['attributes.a = ?', 'nothing begins with "?", at character 16'],
    ['attributes.a = "\\q"', 'only \\" and \\\\ can follow a backslash in "\\q", at character 16'],
    ['attributes.a =', 'the filter ends too early'],
  ] as const)('when it is %s, then it is said where', ([text, sentence]) => {
    expect(sentenceOf(text)).toBe(sentence)
  })
})

function readableBy(read: () => unknown): boolean {
  try {
    read()
    return true
  } catch {
    return false
  }
}

function sentenceOf(text: string): string | null {
  try {
    readFilter(text)
    return null
  } catch (error) {
    if (error instanceof FilterError) return error.message
    throw error
  }
}
