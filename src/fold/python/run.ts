/** A run of a Python program as it is looked at: what it printed, and the steps of its loops, one after the other. */
import { createStore } from 'zustand/vanilla'
import { type Happening, type PythonEnd, startPython } from '../../session/folds.ts'
import { ARTICLE } from './article.ts'

type Step = Extract<Happening, { what: 'step' }>

/** A step of a loop, with how much had been printed before it. */
export interface ShownStep extends Step {
  printed: number
  /** The element as the person wrote it, or as Python writes it. */
  written: string
}

export interface PythonState {
  source: string
  is: 'ready' | 'running' | 'ended'
  output: string
  steps: readonly ShownStep[]
  end: PythonEnd | null
  /** The step that is looked at; as many as there are: the end. */
  at: number
}

/** Steps that can be gone through; of a longer loop the first are kept. */
const STEPS_MAX = 2_000
const OUTPUT_MAX = 100_000

export const python = createStore<PythonState>(() => ({
  source: ARTICLE,
  ...{ is: 'ready', output: '', steps: [], end: null, at: 0 },
}))

let stop = () => {}

export function write(source: string): void {
  python.setState({ source })
}

export function run(): void {
  stop()
  const { source } = python.getState()
  python.setState({ is: 'running', output: '', steps: [], end: null, at: 0 })
  stop = startPython(source, take, (end) => {
    python.setState(({ steps }) => ({ is: 'ended', end, at: steps.length > 0 ? 0 : steps.length }))
  })
}

export function stopRunning(): void {
  stop()
  python.setState({ is: 'ended', end: { ok: false, sentence: 'You stopped it.', line: null } })
}

export function lookAt(step: number): void {
  python.setState(({ steps }) => ({ at: Math.max(0, Math.min(step, steps.length)) }))
}

function take(happenings: Happening[]): void {
  const written = python.getState().source.split('\n')
  let { output } = python.getState()
  const steps = [...python.getState().steps]
  for (const happening of happenings) {
    if (happening.what === 'printed') output = (output + happening.text).slice(0, OUTPUT_MAX)
    else if (steps.length < STEPS_MAX) {
      steps.push({ ...happening, printed: output.length, written: writtenAt(written, happening) })
    }
  }
  python.setState({ output, steps })
}

function writtenAt(lines: readonly string[], { lines: at, item }: Step): string {
  if (!at) return item
  const text = lines.slice(at[0] - 1, at[1]).map((line) => line.trim())
  // Where the whole list stands in one line, the line is not the element.
  return /=\s*\[/.test(text[0] ?? '') ? item : text.join(' ').replace(/,$/, '')
}
