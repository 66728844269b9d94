/** A field for a program. Tab indents in it; Escape and then Tab leaves it. */
import { useEffect, useRef, useState } from 'react'
import type { CodeEditor, EditedLanguage } from './codeMirror.ts'
import styles from './Editor.module.css'

interface EditorProps {
  label: string
  language: EditedLanguage
  text: string
  onChange: (text: string) => void
  problem: { sentence: string; line: number | null } | null
  lit?: readonly (readonly [number, number])[]
}

const NOTHING_LIT: readonly (readonly [number, number])[] = []

export function Editor({
  label,
  language,
  text,
  onChange,
  problem,
  lit = NOTHING_LIT,
}: EditorProps) {
  const place = useRef<HTMLDivElement>(null)
  const [editor, setEditor] = useState<CodeEditor | null>(null)
  const [failure, setFailure] = useState(false)
  const latest = useRef({ text, onChange })
  latest.current = { text, onChange }
  useEffect(() => {
    let opened: CodeEditor | null = null
    let isGone = false
    import('./codeMirror.ts').then(
      ({ openEditor }) => {
        if (isGone || !place.current) return
        opened = openEditor(place.current, {
          ...{ text: latest.current.text, language, label },
          onChange: (typed) => latest.current.onChange(typed),
        })
        setEditor(opened)
        // Whoever pressed the button that it replaced goes on in it.
        if (document.activeElement === document.body) opened.focus()
      },
      () => setFailure(true),
    )
    return () => {
      isGone = true
      opened?.close()
      setEditor(null)
    }
  }, [language, label])
  useEffect(() => editor?.replace(text), [editor, text])
  useEffect(() => editor?.tell(problem), [editor, problem])
  useEffect(() => editor?.light(lit), [editor, lit])
  if (failure) return <p>The editor could not be loaded. Check the connection and open it again.</p>
  return <div ref={place} className={styles.editor} data-ready={editor !== null} />
}
