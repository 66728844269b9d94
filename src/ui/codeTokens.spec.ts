/** The colouring of code in both languages, by the words that matter. */
import { expect, test } from 'vitest'
import { type CodeLanguage, codeTokens } from './codeTokens.ts'

const marked = (line: string, language: CodeLanguage) =>
  codeTokens(line, language)
    .filter((token) => token.kind !== 'plain')
    .map((token) => `${token.kind} ${token.text}`)

test('given a line of Python, then words of the language, calls, texts and remarks are told apart', () => {
  expect(marked("def on(ch): print(f'Got {x}') # done", 'python')).toEqual([
    'keyword def',
    'call on',
    'call print',
    "text f'Got {x}'",
    'remark # done',
  ])
})

test('given a line of TypeScript, then templates and numbers are told apart', () => {
  expect(marked('await channel.prefetch(10, `to {b}`) // one', 'typescript')).toEqual([
    'keyword await',
    'call prefetch',
    'number 10',
    'text `to {b}`',
    'remark // one',
  ])
})

test('given a text that holds a remark sign and a keyword, then it stays one text', () => {
  expect(marked('x = "# if \\" in"', 'python')).toEqual(['text "# if \\" in"'])
})

test('given any line, then the tokens together are the line', () => {
  const line = '  {"id": 1.5e3, "open": "never closed'
  expect(
    codeTokens(line, 'json')
      .map((token) => token.text)
      .join(''),
  ).toBe(line)
})
