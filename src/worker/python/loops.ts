/**
 * Finds the loops of a Python program and has each of them tell, before each of its steps, which element it
 * has come to. Nothing moves to another line, so what Python says of a line is true of the person's text.
 */

/** The lines of an element of a list, from 1, both included. */
export type Lines = readonly [from: number, to: number]

export interface TracedProgram {
  source: string
  /** By the line of a loop: the lines of each element of the list that it goes through, if that is written out. */
  elements: ReadonlyMap<number, readonly Lines[]>
  /** By the line of a `while` loop that takes elements by a number: the name of that number. */
  counters: ReadonlyMap<number, string>
}

/** The functions that a loop's list, and a loop's condition, are handed to. */
export const STEP_NAME = '__step'
export const TURN_NAME = '__turn'
/** Where it is counted how many steps were told, and how many are told at most: as many as one goes through. */
export const TOLD_NAME = '__told'
export const TOLD_MAX = 2_000

interface Place {
  at: number
  line: number
}

/** Where something stands in a program, outside strings and comments. */
interface Mark extends Place {
  depth: number
  isFirst: boolean
}

export function traceLoops(source: string): TracedProgram {
  const marks = codeMarks(source)
  const lists = listsOf(source, marks)
  const elements = new Map<number, readonly Lines[]>()
  const counters = new Map<number, string>()
  const written = source.split('\n')
  let traced = ''
  let copied = 0
  for (const { line, from, to, isWhile } of loopsOf(source, marks)) {
    const over = source.slice(from, to)
    const names = localsAt(written, line).map((name) => `('${name}', lambda: ${name})`)
    const locals = names.length === 0 ? '' : `, (${names.join(', ')},)`
    // A condition that is asked millions of times is asked bare once enough was told: each call takes memory.
    if (isWhile && over.includes('\n')) continue
    const bare = isWhile ? `(${over}) if ${TOLD_NAME}[0] > ${TOLD_MAX} else ` : ''
    const teller = isWhile ? TURN_NAME : STEP_NAME
    traced += `${source.slice(copied, from)} ${bare}${teller}((${over}), ${line}${locals})`
    copied = to
    const taken = isWhile ? takenIn(written, line, lists) : { list: listIn(over), counter: '' }
    const known = taken && lists.get(taken.list)
    if (!taken || !known) continue
    elements.set(line, known)
    if (isWhile) counters.set(line, taken.counter)
  }
  return { source: traced + source.slice(copied), elements, counters }
}

/** The list that a `for` loop goes through, if it goes by a name. */
function listIn(over: string): string {
  return /^\s*(?:enumerate\s*\(\s*)?([A-Za-z_]\w*)\s*\)?\s*$/.exec(over)?.[1] ?? ''
}

/** In the body of a `while` loop, the element that it takes of a list: `event = events[i]`. */
function takenIn(
  written: readonly string[],
  line: number,
  lists: ReadonlyMap<string, unknown>,
): { list: string; counter: string } | null {
  const depth = indentOf(written[line - 1] ?? '')
  for (const text of written.slice(line)) {
    if (text.trim() !== '' && indentOf(text) <= depth) return null
    for (const [, list = '', counter = ''] of text.matchAll(/\b(\w+)\[\s*([A-Za-z_]\w*)\s*\]/g)) {
      if (lists.has(list)) return { list, counter }
    }
  }
  return null
}

/** Names that may be local where a loop stands: parameters of its function and what is assigned in it. */
function localsAt(written: readonly string[], line: number): string[] {
  const depth = indentOf(written[line - 1] ?? '')
  let start = line - 1
  for (let inner = depth; start >= 0; start--) {
    const text = written[start] ?? ''
    if (text.trim() === '' || indentOf(text) >= inner) continue
    inner = indentOf(text)
    if (/^\s*(?:async\s+)?def\b/.test(text)) break
  }
  const head = written[start]
  if (start < 0 || head === undefined) return []
  const names = (/\(([^)]*)\)/.exec(head)?.[1] ?? '')
    .split(',')
    .map((name) => name.split(/[:=]/)[0])
  for (const text of written.slice(start + 1)) {
    if (text.trim() !== '' && indentOf(text) <= indentOf(head)) break
    const targets =
      /^\s*(?:for\s+(.+?)\s+in\b|([A-Za-z_][\w, ]*?)\s*(?:[-+*/%|&]|\/\/)?=(?!=))/.exec(text)
    names.push(...(targets?.[1] ?? targets?.[2] ?? '').split(','))
  }
  const plain = names.map((name = '') => name.trim().replace(/^[*(]+|\)+$/g, ''))
  return [...new Set(plain)].filter((name) => /^[A-Za-z_]\w*$/.test(name)).slice(0, LOCALS_MAX)
}

const LOCALS_MAX = 12

function indentOf(text: string): number {
  return text.length - text.trimStart().length
}

/** Each character that is code, with how deep in brackets it stands and whether it is the first of its line. */
function codeMarks(source: string): Mark[] {
  const marks: Mark[] = []
  let line = 1
  let depth = 0
  let isFirst = true
  for (let at = 0; at < source.length; at++) {
    const char = source[at] as string
    if (char === '#') {
      const end = source.indexOf('\n', at)
      at = (end === -1 ? source.length : end) - 1
      continue
    }
    if (char === '"' || char === "'") {
      const end = endOfString(source, at)
      line += count(source, '\n', at, end)
      at = end - 1
      isFirst = false
      continue
    }
    if (')]}'.includes(char)) depth--
    if (char.trim() !== '') {
      marks.push({ at, line, depth, isFirst })
      isFirst = false
    }
    if ('([{'.includes(char)) depth++
    if (char === '\n') {
      line++
      if (depth <= 0) isFirst = true
    }
  }
  return marks
}

function endOfString(source: string, at: number): number {
  const quote = source.slice(at, at + 3)
  const mark = quote === '"""' || quote === "'''" ? quote : (source[at] as string)
  for (let i = at + mark.length; i < source.length; i++) {
    if (source[i] === '\\') i++
    else if (source.startsWith(mark, i)) return i + mark.length
    else if (mark.length === 1 && source[i] === '\n') return i
  }
  return source.length
}

/** What each `for` goes through, and what each `while` asks: from behind its `in` or itself to before its colon. */
function loopsOf(source: string, marks: readonly Mark[]) {
  const loops: { line: number; from: number; to: number; isWhile: boolean }[] = []
  marks.forEach((mark, i) => {
    const word = mark.isFirst
      ? /^(for|while)\b/.exec(source.slice(mark.at, mark.at + 6))?.[1]
      : undefined
    if (word === undefined) return
    const isWhile = word === 'while'
    let from = isWhile ? mark.at + word.length : -1
    for (let j = i + 1; j < marks.length; j++) {
      const next = marks[j] as Mark
      if (next.isFirst) return
      if (next.depth !== mark.depth) continue
      if (from === -1 && /^\sin\b/.test(source.slice(next.at - 1, next.at + 3))) from = next.at + 2
      if (source[next.at] === ':' && from !== -1) {
        loops.push({ line: mark.line, from, to: next.at, isWhile })
        return
      }
    }
  })
  return loops
}

/** The lines of the elements of each list that is written out: `events = [ … ]`. */
function listsOf(source: string, marks: readonly Mark[]): Map<string, Lines[]> {
  const lists = new Map<string, Lines[]>()
  marks.forEach((mark, i) => {
    const name = mark.isFirst
      ? /^([A-Za-z_]\w*)(?:\s*:[^=\n]+)?\s*=\s*\[/.exec(source.slice(mark.at))
      : null
    if (name?.[1]) lists.set(name[1], elementsAfter(source, marks, i, mark.depth))
  })
  return lists
}

function elementsAfter(
  source: string,
  marks: readonly Mark[],
  start: number,
  depth: number,
): Lines[] {
  const elements: Lines[] = []
  let from: number | null = null
  let last = 0
  let isOpen = false
  for (const { at, line, depth: here } of marks.slice(start)) {
    const char = source[at]
    if (!isOpen) {
      isOpen = char === '[' && here === depth
      continue
    }
    const isEnd = char === ']' && here === depth
    if (isEnd || (char === ',' && here === depth + 1)) {
      if (from !== null) elements.push([from, last])
      from = null
      if (isEnd) break
      continue
    }
    from ??= line
    last = line
  }
  return elements
}

function count(text: string, char: string, from: number, to: number): number {
  let times = 0
  for (let at = from; at < to; at++) if (text[at] === char) times++
  return times
}
