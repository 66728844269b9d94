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
}

/** The function that a loop's list is handed to. */
export const STEP_NAME = '__step'

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
  let traced = ''
  let copied = 0
  for (const { line, from, to } of loopsOf(source, marks)) {
    const over = source.slice(from, to)
    traced += `${source.slice(copied, from)} ${STEP_NAME}((${over}), ${line})`
    copied = to
    const name = /^\s*(?:enumerate\s*\(\s*)?([A-Za-z_]\w*)\s*\)?\s*$/.exec(over)?.[1]
    const known = name === undefined ? undefined : lists.get(name)
    if (known) elements.set(line, known)
  }
  return { source: traced + source.slice(copied), elements }
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

/** What each `for` statement goes through: from behind its `in` to before its colon. */
function loopsOf(source: string, marks: readonly Mark[]) {
  const loops: { line: number; from: number; to: number }[] = []
  marks.forEach((mark, i) => {
    if (!mark.isFirst || !/^for\b/.test(source.slice(mark.at, mark.at + 4))) return
    let from = -1
    for (let j = i + 1; j < marks.length; j++) {
      const next = marks[j] as Mark
      if (next.isFirst) return
      if (next.depth !== mark.depth) continue
      if (from === -1 && /^\sin\b/.test(source.slice(next.at - 1, next.at + 3))) from = next.at + 2
      if (source[next.at] === ':' && from !== -1) {
        loops.push({ line: mark.line, from, to: next.at })
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
