/** The editor for programs: CodeMirror in the house's colours, with the problem at its line. Loaded when it is opened. */
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands'
import { javascript } from '@codemirror/lang-javascript'
import { python } from '@codemirror/lang-python'
import {
  bracketMatching,
  HighlightStyle,
  indentOnInput,
  indentUnit,
  syntaxHighlighting,
} from '@codemirror/language'
import { lintGutter, setDiagnostics } from '@codemirror/lint'
import { EditorState, type Range, StateEffect, StateField } from '@codemirror/state'
import { Decoration, type DecorationSet, EditorView, keymap, lineNumbers } from '@codemirror/view'
import { tags } from '@lezer/highlight'

export type EditedLanguage = 'javascript' | 'python'

const theme = EditorView.theme({
  '&': {
    backgroundColor: 'var(--surface-raised)',
    color: 'var(--ink)',
    fontSize: 'var(--text-sm)',
    height: '100%',
  },
  // The ring is around the field: here the numbers of the lines would cover its left side.
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--font-code)', lineHeight: '1.55', overflow: 'auto' },
  '.cm-content': { caretColor: 'var(--ink)' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '.cm-gutters': { backgroundColor: 'var(--surface-sunken)', color: 'var(--quiet)', border: '0' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground':
    { backgroundColor: 'var(--accent-soft)' },
  '.cm-matchingBracket': {
    backgroundColor: 'var(--accent-soft)',
    outline: '1px solid var(--line-strong)',
  },
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--danger)',
  },
  '.cm-tooltip': {
    backgroundColor: 'var(--surface-raised)',
    color: 'var(--ink)',
    border: '1px solid var(--line-strong)',
  },
  '.cm-diagnostic-error': { borderLeft: '4px solid var(--danger)' },
  '.cm-litLine': { backgroundColor: 'var(--lit)', color: 'var(--lit-ink)' },
})

const colours = HighlightStyle.define([
  {
    tag: [tags.keyword, tags.operatorKeyword, tags.controlKeyword],
    color: 'var(--accent)',
    fontWeight: '550',
  },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--code-text)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--code-number)' },
  { tag: tags.comment, color: 'var(--quiet)', fontStyle: 'italic' },
  { tag: tags.function(tags.variableName), color: 'var(--ink)', fontWeight: '550' },
])

const light = StateEffect.define<readonly (readonly [number, number])[]>()

/** The lines that a program is at: `[from, to]` each, from 1. */
const litLines = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(lit, transaction) {
    for (const effect of transaction.effects) {
      if (effect.is(light)) return Decoration.set(rangesOf(transaction.state, effect.value), true)
    }
    return lit.map(transaction.changes)
  },
  provide: (field) => EditorView.decorations.from(field),
})

const litLine = Decoration.line({ class: 'cm-litLine', attributes: { 'aria-current': 'step' } })

function rangesOf(
  state: EditorState,
  lines: readonly (readonly [number, number])[],
): Range<Decoration>[] {
  const ranges: Range<Decoration>[] = []
  for (const [from, to] of lines) {
    for (let line = from; line <= Math.min(to, state.doc.lines); line++) {
      if (line >= 1) ranges.push(litLine.range(state.doc.line(line).from))
    }
  }
  return ranges
}

export interface CodeEditor {
  readonly text: string
  /** Puts another text in, as if it had been typed, unless it is the same. */
  replace(text: string): void
  /** Says what is wrong at a line, from 1; null takes it away. */
  tell(problem: { sentence: string; line: number | null } | null): void
  light(lines: readonly (readonly [number, number])[]): void
  focus(): void
  close(): void
}

export function openEditor(
  parent: HTMLElement,
  options: {
    text: string
    language: EditedLanguage
    label: string
    onChange: (text: string) => void
  },
): CodeEditor {
  const { language, label } = options
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: options.text,
      extensions: [
        lineNumbers(),
        history(),
        indentOnInput(),
        bracketMatching(),
        indentUnit.of(language === 'python' ? '    ' : '  '),
        EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
        keymap.of([...defaultKeymap, ...historyKeymap, indentWithTab]),
        language === 'python' ? python() : javascript(),
        syntaxHighlighting(colours),
        lintGutter(),
        litLines,
        theme,
        EditorView.updateListener.of((update) => {
          if (update.docChanged) options.onChange(update.state.doc.toString())
        }),
      ],
    }),
  })
  return {
    get text() {
      return view.state.doc.toString()
    },
    replace(text) {
      if (text === view.state.doc.toString()) return
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } })
    },
    tell(problem) {
      const { doc } = view.state
      const line = problem && problem.line !== null && problem.line <= doc.lines ? problem.line : 1
      const { from, to } = doc.line(line)
      const found = problem
        ? [{ from, to, severity: 'error' as const, message: problem.sentence }]
        : []
      view.dispatch(setDiagnostics(view.state, found))
    },
    light(lines) {
      view.dispatch({ effects: light.of(lines) })
    },
    focus: () => view.focus(),
    close: () => view.destroy(),
  }
}
