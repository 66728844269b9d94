/** Splits a line of Python, TypeScript or JSON into what a reader tells apart: words of the language, texts, numbers, remarks.
 * It reads line by line, which the short programs shown here allow; texts over several lines are left out. */

export type CodeLanguage = 'python' | 'typescript' | 'json'
export type CodeTokenKind = 'plain' | 'keyword' | 'text' | 'number' | 'remark' | 'call'
export type CodeToken = { kind: CodeTokenKind; text: string }

const keywords: Record<CodeLanguage, ReadonlySet<string>> = {
  python: new Set(
    'and as assert async await break class continue def del elif else except False finally for from if import in is lambda None not or pass raise return True try while with yield'.split(
      ' ',
    ),
  ),
  typescript: new Set(
    'as async await break case catch class const continue default else export extends false finally for from function if import in instanceof interface let new null of return switch this throw true try type typeof undefined while yield'.split(
      ' ',
    ),
  ),
  json: new Set(['true', 'false', 'null']),
}

const text = String.raw`[rbf]?(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\x60(?:\\.|[^\x60\\])*\x60)`
const number = String.raw`\b\d[\d_]*(?:\.\d+)?(?:e[+-]?\d+)?\b`
const word = String.raw`[A-Za-z_$][\w$]*`

const patterns: Record<CodeLanguage, string> = {
  python: `(#.*)|(${text})|(${number})|(${word})`,
  typescript: `(//.*|/\\*.*?\\*/)|(${text})|(${number})|(${word})`,
  json: `(//.*)|(${text})|(${number})|(${word})`,
}

export function codeTokens(line: string, language: CodeLanguage): CodeToken[] {
  const tokens: CodeToken[] = []
  let from = 0
  for (const match of line.matchAll(new RegExp(patterns[language], 'g'))) {
    if (match.index > from) tokens.push({ kind: 'plain', text: line.slice(from, match.index) })
    from = match.index + match[0].length
    tokens.push({ kind: kindOf(match, line[from], language), text: match[0] })
  }
  if (from < line.length) tokens.push({ kind: 'plain', text: line.slice(from) })
  return tokens
}

function kindOf(match: RegExpMatchArray, next: string | undefined, language: CodeLanguage) {
  if (match[1] !== undefined) return 'remark'
  if (match[2] !== undefined) return 'text'
  if (match[3] !== undefined) return 'number'
  if (keywords[language].has(match[0])) return 'keyword'
  return next === '(' ? 'call' : 'plain'
}
