/** Data and bodies as a person reads them. */
import { describe, expect, it } from 'vitest'
import { bodyText, dataText } from './dataText.ts'

describe('data in one line', () => {
  it('given an object, then it reads as names and values', () => {
    expect(dataText({ id: 'acc1', balance: 0 })).toBe('id: acc1, balance: 0')
  })
  it('given values inside values, then inner braces stay', () => {
    expect(dataText({ from: { id: 'a' }, tags: ['x', 2], note: null })).toBe(
      'from: { id: a }, tags: [x, 2], note: –',
    )
  })
  it('given a plain value, then it is that value', () => {
    expect(dataText(50)).toBe('50')
    expect(dataText(undefined)).toBe('–')
  })
})

describe('a body in full', () => {
  it('given JSON, then it is indented', () => {
    expect(bodyText('{"id":1}')).toBe('{\n  "id": 1\n}')
  })
  it('given text that only begins like JSON, then it stays as it is', () => {
    expect(bodyText('{oops')).toBe('{oops')
    expect(bodyText('Order123')).toBe('Order123')
  })
})
