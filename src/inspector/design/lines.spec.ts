/** Texts typed one a line are read back as they were, or explained. */
import { describe, expect, it } from 'vitest'
import { linesText, readLines } from './lines.ts'

describe('texts, one a line', () => {
  it('given what was written from a list, then the same list is read', () => {
    const lines = ['Order{n}', '', 'Order {n}, again']
    expect(readLines(linesText(lines), 10, 100)).toEqual({ lines })
  })
  it('given line ends of another system and empty lines at the end, then they leave no trace', () => {
    expect(readLines('a\r\nb\r\n\n', 10, 100)).toEqual({ lines: ['a', 'b'] })
  })
  it('given nothing, too many lines or a long one, then one sentence says what to do', () => {
    expect(readLines(' ', 10, 100).problem).toBe('Enter at least one line.')
    expect(readLines('a\nb\nc', 2, 100).problem).toBe('Enter at most 2 lines; there are 3.')
    expect(readLines('a\nbcd', 2, 2).problem).toBe('Shorten line 2 to 2 characters.')
  })
})
