/** Text to take away, such as a link: read-only, selected at focus, with a button that copies and says so. */

import { type ReactNode, useRef } from 'react'
import { Button } from './Button.tsx'
import styles from './CopyField.module.css'
import { classes } from './classes.ts'
import { copyWords, useCopy } from './copy.ts'
import fieldStyles from './Field.module.css'
import { Field } from './Field.tsx'
import { CopyIcon, DoneIcon } from './icons.ts'

export type CopyFieldProps = {
  label: ReactNode
  value: string
  hint?: ReactNode
  error?: ReactNode
  multiline?: boolean
}

export function CopyField({ label, value, hint, error, multiline = false }: CopyFieldProps) {
  const { state, copy } = useCopy(value)
  const control = useRef<HTMLInputElement & HTMLTextAreaElement>(null)
  const Control = multiline ? 'textarea' : 'input'
  const onClick = () => {
    // Selected first: where the clipboard is refused, Ctrl+C then finds the text.
    control.current?.select()
    void copy()
  }
  return (
    <Field label={label} hint={hint} error={error}>
      {(props) => (
        <span className={classes(styles.row, multiline && styles.tall)}>
          <Control
            {...props}
            ref={control}
            readOnly
            className={classes(fieldStyles.control, fieldStyles.code)}
            value={value}
            onFocus={(event) => event.target.select()}
          />
          <Button icon={state === 'copied' ? DoneIcon : CopyIcon} onClick={onClick}>
            <span aria-live="polite" className={styles.words}>
              {copyWords[state]}
            </span>
          </Button>
        </span>
      )}
    </Field>
  )
}
