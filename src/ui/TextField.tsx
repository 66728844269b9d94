/** One line of text, or several. What is typed is a draft: it is committed by Enter or by leaving, and Escape takes it back. */

import { type KeyboardEvent, type ReactNode, useState } from 'react'
import { classes } from './classes.ts'
import styles from './Field.module.css'
import { Field } from './Field.tsx'

export type TextFieldProps = {
  label: ReactNode
  value: string
  /** Called once a changed and valid text is committed. */
  onCommit?: (text: string) => void
  /** Called at every keystroke, for search and the like. */
  onInput?: (text: string) => void
  /** The sentence that says what is wrong with a text, if anything. */
  validate?: (text: string) => string | undefined
  error?: ReactNode
  hint?: ReactNode
  placeholder?: string
  type?: 'text' | 'search'
  multiline?: boolean
  /** Payloads, keys and patterns are set in the code face. */
  code?: boolean
  hideLabel?: boolean
  inline?: boolean
  disabled?: boolean
}

export function TextField(props: TextFieldProps) {
  const { value, onCommit, onInput, validate, multiline = false, code = false } = props
  const [draft, setDraft] = useState<string | null>(null)
  const text = draft ?? value
  const problem = draft === null ? undefined : validate?.(draft)

  const commit = () => {
    if (draft === null || problem) return
    setDraft(null)
    if (draft !== value) onCommit?.(draft)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (!multiline || event.ctrlKey || event.metaKey)) commit()
    if (event.key === 'Escape' && draft !== null && draft !== value) {
      event.stopPropagation()
      setDraft(null)
      onInput?.(value)
    }
  }
  const onChange = (event: { target: { value: string } }) => {
    setDraft(onCommit ? event.target.value : null)
    onInput?.(event.target.value)
  }
  const Control = multiline ? 'textarea' : 'input'
  return (
    <Field
      label={props.label}
      hint={props.hint}
      error={problem ?? props.error}
      hideLabel={props.hideLabel ?? false}
      inline={props.inline ?? false}
    >
      {(control) => (
        <Control
          {...control}
          {...(multiline ? {} : { type: props.type ?? 'text' })}
          className={classes(styles.control, code && styles.code)}
          value={text}
          placeholder={props.placeholder}
          disabled={props.disabled}
          spellCheck={false}
          autoComplete="off"
          onChange={onChange}
          onBlur={commit}
          onKeyDown={onKeyDown}
        />
      )}
    </Field>
  )
}
