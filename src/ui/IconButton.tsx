/** A button that is only an icon: its label is its name and its tooltip, so both are always there. */

import type { ComponentProps } from 'react'
import type { Placement } from './anchor.ts'
import styles from './Button.module.css'
import type { ButtonSize, ButtonVariant } from './Button.tsx'
import { classes } from './classes.ts'
import type { Icon } from './icons.ts'
import { Kbd } from './Kbd.tsx'
import { Tooltip } from './Tooltip.tsx'

export type IconButtonProps = Omit<ComponentProps<'button'>, 'children' | 'aria-label'> & {
  icon: Icon
  label: string
  /** The keys that do the same, as shown to the person: `Space`, `Ctrl+Z`. */
  shortcut?: string
  variant?: ButtonVariant
  size?: ButtonSize
  pressed?: boolean
  tooltipPlacement?: Placement
}

export function IconButton(props: IconButtonProps) {
  const { icon: Drawing, label, shortcut, tooltipPlacement = 'bottom', ...rest } = props
  const { variant = 'ghost', size = 'medium', pressed, className, ...button } = rest
  const text = shortcut ? (
    <>
      {label} <Kbd keys={shortcut} />
    </>
  ) : (
    label
  )
  return (
    <Tooltip text={text} placement={tooltipPlacement} repeatsName>
      <button
        type="button"
        {...button}
        {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
        aria-label={label}
        className={classes(styles.button, styles.square, styles[variant], styles[size], className)}
      >
        <Drawing aria-hidden="true" className={styles.icon} />
      </button>
    </Tooltip>
  )
}
