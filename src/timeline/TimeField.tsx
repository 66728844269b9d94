/**
 * The exact simulated time as text that can be edited. A time that cannot be taken stays as it was typed, with one
 * sentence that says why; Escape gives it up.
 */
import { type KeyboardEvent, useId, useLayoutEffect, useRef, useState } from 'react'
import { clockText, readTime } from '../base/clockText.ts'
import { readTimeOfDay } from '../base/timeOfDay.ts'
import { useSession, useVerbs } from '../session/react.tsx'
import { classes } from '../ui/classes.ts'
import { ErrorSentence } from '../ui/ErrorSentence.tsx'
import styles from './TimeField.module.css'
import { endUsOf } from './useRun.ts'

/** `coarse` leaves out microseconds, where there is no room for them. */
export function TimeField({ coarse = false }: { coarse?: boolean }) {
  const verbs = useVerbs()
  const text = useSession((state) => clockText(state.timeUs, coarse || state.playing))
  const [draft, setDraft] = useState<string | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const input = useRef<HTMLInputElement>(null)
  const problemId = useId()
  useSelectionKept(input, text, draft)

  const giveUp = () => {
    setDraft(null)
    setProblem(null)
  }
  const commit = () => {
    if (draft === null) return
    const state = verbs.store.getState()
    const endUs = endUsOf(state)
    const reading = readTimeOfDay(draft, state.scenario.beginsAt, endUs) ?? readTime(draft, endUs)
    if (reading.problem !== undefined) return setProblem(reading.problem)
    verbs.seek({ atUs: reading.timeUs })
    giveUp()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') commit()
    if (event.key !== 'Escape' || draft === null) return
    event.stopPropagation()
    giveUp()
  }
  return (
    <div className={styles.field}>
      <input
        ref={input}
        className={classes(styles.input, coarse && styles.coarse)}
        aria-label="Simulated time"
        aria-invalid={problem ? true : undefined}
        aria-describedby={problem ? problemId : undefined}
        inputMode="text"
        enterKeyHint="go"
        autoComplete="off"
        spellCheck={false}
        value={draft ?? text}
        onFocus={(event) => event.target.select()}
        onChange={(event) => {
          setDraft(event.target.value)
          setProblem(null)
        }}
        onKeyDown={onKeyDown}
        onBlur={commit}
      />
      {problem && (
        <div className={styles.problem}>
          <ErrorSentence id={problemId}>{problem}</ErrorSentence>
        </div>
      )}
    </div>
  )
}

/** Where the text changes under the focus, while playing or after Enter, it is selected, so that typing replaces it. */
function useSelectionKept(
  input: { readonly current: HTMLInputElement | null },
  text: string,
  draft: string | null,
) {
  const shown = useRef(text)
  useLayoutEffect(() => {
    const field = input.current
    const value = draft ?? text
    const hasChanged = draft === null && value !== shown.current
    if (hasChanged && field === document.activeElement) field?.select()
    shown.current = value
  }, [input, text, draft])
}
