/**
 * Runs a Python program in MicroPython (WebAssembly), with a limit on memory and on what it prints. Its loops
 * tell how far they are; what the program printed and where its loops stood come back in order.
 */
/// <reference path="./micropython.d.ts" />
import { loadMicroPython } from '@micropython/micropython-webassembly-pyscript/micropython.mjs'
import {
  type Lines,
  STEP_NAME,
  TOLD_MAX,
  TOLD_NAME,
  type TracedProgram,
  TURN_NAME,
  traceLoops,
} from './loops.ts'

/** What a program did, in order. */
export type Happening =
  | { what: 'printed'; text: string }
  /** A loop came to an element, or (`index` -1) to its end; the values are those at that moment. */
  | {
      what: 'step'
      line: number
      index: number
      item: string
      lines: Lines | null
      values: Record<string, string>
    }

export type PythonEnd = { ok: true } | { ok: false; sentence: string; line: number | null }

const HEAP_BYTES = 8 << 20
const PAGE_BYTES = 1 << 16
const MEMORY_BYTES = 64 << 20
const HAPPENINGS_MAX = 20_000
const CHARS_MAX = 400_000

/** Before a line of a loop's own: no program prints it by chance. */
const MARK = '\u0001'

/** Without the doors to the page that MicroPython has (`js`, `jsffi`), and without somebody who types. */
const PRELUDE = `
import json as __json
__turns = {}
${TOLD_NAME} = [0]
def __tell(line, index, shown, names, held, __print=print, __dumps=__json.dumps, __globals=globals, __repr=repr, __type=type, __len=len, __told=${TOLD_NAME}):
    __told[0] += 1
    if __told[0] > ${TOLD_MAX}:
        return
    plain = (int, float, str, bool, __type(None), dict, tuple, list)
    values = {}
    def keep(name, value):
        if name[0] == '_' or __type(value) not in plain or __len(values) >= 12:
            return
        for other in held:
            if value is not None and value is other and __type(value) in (dict, tuple, list):
                return
        text = __repr(value)
        if __len(text) <= 120:
            values[name] = text
    for name, get in names:
        try:
            keep(name, get())
        except NameError:
            pass
    for name, value in __globals().items():
        if name not in values:
            keep(name, value)
    __print('${MARK}' + __dumps([line, index, shown[:300], values]))
def ${STEP_NAME}(items, line, names=(), __tell=__tell, __repr=repr):
    index = 0
    last = None
    for item in items:
        __tell(line, index, __repr(item), names, (items, item, last))
        last = item
        yield item
        index += 1
    __tell(line, -1, '', names, (items, last))
def ${TURN_NAME}(goes, line, names=(), __tell=__tell, __turns=__turns):
    turn = __turns.get(line, 0)
    __turns[line] = turn + 1 if goes else 0
    if goes:
        __tell(line, turn, 'turn %d' % (turn + 1), names, ())
    else:
        __tell(line, -1, '', names, ())
    return goes
def input(*prompt):
    raise EOFError('nobody types')
`

/** `wasm` is the address of the interpreter; in Node the package finds its own. */
export async function runPython(
  source: string,
  tell: (happening: Happening) => void,
  options: { wasm?: string; closeDoors?: () => void } = {},
): Promise<PythonEnd> {
  const program = traceLoops(source)
  let happenings = 0
  let chars = 0
  const take = (line: string) => {
    happenings++
    chars += line.length
    if (happenings > HAPPENINGS_MAX || chars > CHARS_MAX) throw new Error('too much is printed')
    for (const happening of happeningsIn(line, program)) tell(happening)
  }
  const python = await loadMicroPython({
    heapsize: HEAP_BYTES,
    linebuffer: true,
    stdout: take,
    stderr: take,
    ...(options.wasm === undefined ? {} : { url: options.wasm }),
  })
  for (const door of ['js', 'jsffi'])
    python.registerJsModule(door, Object.freeze(Object.create(null)))
  options.closeDoors?.()
  python.runPython(PRELUDE)
  const release = capMemory()
  try {
    python.runPython(program.source)
    return { ok: true }
  } catch (error) {
    // The interpreter takes what ends it for an error of the program.
    const isTooMuch = happenings > HAPPENINGS_MAX || chars > CHARS_MAX
    return isTooMuch ? refused(TOO_MUCH) : problemOf(error, source)
  } finally {
    release()
  }
}

const TOO_MUCH = 'The program printed very much and was stopped. Look for a loop that never ends.'

/** The interpreter asks for more memory when its own is full: from here on it gets this much at most. */
function capMemory(): () => void {
  const { prototype } = WebAssembly.Memory
  const { grow } = prototype
  prototype.grow = function (pages) {
    const bytes = this.buffer.byteLength + Number(pages) * PAGE_BYTES
    if (bytes > MEMORY_BYTES) throw new RangeError('no more memory')
    return grow.call(this, pages)
  }
  return () => {
    prototype.grow = grow
  }
}

/** A line that was printed: the program's own, a loop's, or what the program had begun before a loop's. */
function happeningsIn(line: string, { elements, counters }: TracedProgram): Happening[] {
  const mark = line.indexOf(MARK)
  if (mark === -1) return [{ what: 'printed', text: `${line}\n` }]
  const begun: Happening[] = mark === 0 ? [] : [{ what: 'printed', text: line.slice(0, mark) }]
  try {
    const [loop, index, item, values] = JSON.parse(line.slice(mark + 1)) as [
      number,
      number,
      string,
      Record<string, string>,
    ]
    const counter = counters.get(loop)
    const at = counter === undefined || index < 0 ? index : Number(values[counter])
    const lines = elements.get(loop)?.[at] ?? null
    return [...begun, { what: 'step', line: loop, index, item, lines, values }]
  } catch {
    return [{ what: 'printed', text: `${line}\n` }]
  }
}

const NOBODY_TYPES =
  'input() waits for somebody who types, and nobody does here. Write the value into the program.'
const NO_FILES = 'There are no files here. Write what you would read into the program.'

function problemOf(error: unknown, source: string): PythonEnd {
  const text = error instanceof Error ? error.message : String(error)
  const said = text.trimEnd().split('\n').at(-1) ?? ''
  if (/^SystemExit/.test(said)) return { ok: true }
  const lines = [...text.matchAll(/line (\d+)/g)].map(([, line]) => Number(line))
  const at = lines.at(-1) ?? null
  // What `input` is, is not the person's own: its caller is.
  if (/^EOFError: nobody types/.test(said)) return refused(NOBODY_TYPES, lines.at(-2) ?? null)
  if (/^OSError/.test(said)) return refused(NO_FILES, at)
  if (/MemoryError|memory access out of bounds/.test(text)) {
    return refused('The program needs more than 64 MB of memory and was stopped.', at)
  }
  if (/recursion depth|call stack/.test(text)) {
    return refused(
      'The program calls itself too deeply. Look for a function that never returns.',
      at,
    )
  }
  if (/^ImportError/.test(said)) {
    const instead = INSTEAD.find(([name]) => said.includes(`'${name}`))?.[1] ?? ''
    return refused(
      `${said}. This is MicroPython: it has json, re and math, but not all of Python.${instead}`,
      at,
    )
  }
  const isMatch = /^SyntaxError/.test(said) && /^\s*(match|case)\b.*:/.test(lineOf(source, at))
  const advice = isMatch ? ' MicroPython has no match statement: write if and elif.' : ''
  return refused(`${said.endsWith('.') ? said : `${said}.`}${advice}`, at)
}

/** What to write in the place of modules that are often imported and are not there. */
const INSTEAD: readonly (readonly [string, string])[] = [
  ['dataclasses', ' Write a class with __init__, or a dict.'],
  ['typing', ' Leave the import out: types are not needed.'],
  ['enum', ' Write the names as texts.'],
  ['decimal', ' Count in whole cents.'],
]

function lineOf(source: string, line: number | null): string {
  return line === null ? '' : (source.split('\n')[line - 1] ?? '')
}

function refused(sentence: string, line: number | null = null): PythonEnd {
  return { ok: false, sentence, line }
}
