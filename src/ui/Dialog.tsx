/** A native modal dialog: the browser keeps the focus inside, Escape closes it, and the focus returns to where it was. */

import { type MouseEvent, type ReactNode, useEffect, useId, useRef } from 'react'
import { classes } from './classes.ts'
import styles from './Dialog.module.css'
import { IconButton } from './IconButton.tsx'
import { CloseIcon } from './icons.ts'

export type DialogProps = {
  title: string
  open: boolean
  onClose: () => void
  children: ReactNode
  /** The buttons that end it, the main one last. */
  footer?: ReactNode
  width?: 'narrow' | 'medium' | 'wide'
}

export function Dialog({ open, ...props }: DialogProps) {
  return open ? <OpenDialog {...props} /> : null
}

function OpenDialog(props: Omit<DialogProps, 'open'>) {
  const { title, onClose, children, footer, width = 'medium' } = props
  const titleId = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const element = dialog.current
    const caller = document.activeElement
    element?.showModal()
    firstFocus(element)?.focus()
    return () => {
      element?.close()
      if (caller instanceof HTMLElement && caller.isConnected) caller.focus()
    }
  }, [])
  const onPointerDown = (event: MouseEvent) => {
    if (event.target === dialog.current) onClose()
  }
  return (
    <dialog
      ref={dialog}
      aria-labelledby={titleId}
      className={classes(styles.dialog, styles[width])}
      onCancel={(event) => {
        // The owner decides when it is gone; a file picker inside cancels too, and must not close it.
        if (event.target !== dialog.current) return
        event.preventDefault()
        onClose()
      }}
      onPointerDown={onPointerDown}
    >
      <div className={styles.sheet}>
        <header className={styles.header}>
          <h2 id={titleId} tabIndex={-1} className={styles.title}>
            {title}
          </h2>
          <IconButton icon={CloseIcon} label="Close" shortcut="Esc" onClick={onClose} />
        </header>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long body is scrolled by keyboard */}
        <div tabIndex={0} className={styles.body}>
          {children}
        </div>
        {footer && <footer className={styles.footer}>{footer}</footer>}
      </div>
    </dialog>
  )
}

/** The first field to fill in, else the title: a close button that has the focus invites to leave. */
function firstFocus(dialog: HTMLDialogElement | null): HTMLElement | null | undefined {
  const field = ':is(input, textarea, select):not([readonly], :disabled)'
  return dialog?.querySelector<HTMLElement>(field) ?? dialog?.querySelector<HTMLElement>('h2')
}
