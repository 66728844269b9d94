/** Short words for small places. */
import { describe, expect, it } from 'vitest'
import { countText, durationText, foldText, tokenName, valueText } from './names.ts'

describe('the name inside a token', () => {
  it.each([
    ['Order123', '', '123'],
    ['Message 7', '', '7'],
    ['Deposit 100', 'acc1', '100'],
    ['CreateAccount', 'acc1', 'CA'],
    ['New user registered', 'alice', 'al'],
    ['New user registered', '', 'Ne'],
    ['A paid', 'order-A', 'A'],
    ['viewed', '/home', 'ho'],
    ['1234567', '', '567'],
    ['…', '', ''],
  ])('given %s with key "%s", then it is %s', (label, key, name) => {
    expect(tokenName(label, key)).toBe(name)
  })
})

describe('numbers and values', () => {
  it('given large counts, then they are grouped by a thin space', () => {
    expect(countText(9999)).toBe('9999')
    expect(countText(12_480)).toBe('12\u2009480')
    expect(countText(1_234_567)).toBe('1\u2009234\u2009567')
  })
  it('given durations, then they are as exact as one can use', () => {
    expect(durationText(340_000)).toBe('0.34 s')
    expect(durationText(1_240_000)).toBe('1.2 s')
    expect(durationText(75_400_000)).toBe('75 s')
  })
  it('given a fold, then it is named by its first number', () => {
    expect(foldText({ id: 'acc1', balance: 50 })).toEqual({ name: 'balance', text: '50' })
    expect(foldText({ id: 'acc1' })).toEqual({ name: 'id', text: 'acc1' })
    expect(foldText(7)).toEqual({ name: '', text: '7' })
    expect(foldText(null)).toEqual({ name: '', text: '–' })
  })
  it('given values of any shape, then they are one line', () => {
    expect(valueText({ id: 'acc1', amount: 5 })).toBe('id acc1 · amount 5')
    expect(valueText([1, 2])).toBe('1, 2')
    expect(valueText(undefined)).toBe('–')
  })
})
