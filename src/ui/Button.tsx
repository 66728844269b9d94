/** A button with words. For one that is only an icon, take `IconButton`; it cannot be made without a name. */

import type { ComponentProps, ReactNode } from 'react'
import styles from './Button.module.css'
import { classes } from './classes.ts'
import type { Icon } from './icons.ts'

/** quiet: the usual one · solid: the one thing to do here · ghost: in bars and lists · danger: destroys or crashes. */
export type ButtonVariant = 'quiet' | 'solid' | 'ghost' | 'danger'
export type ButtonSize = 'small' | 'medium' | 'large'

export type ButtonProps = Omit<ComponentProps<'button'>, 'children'> & {
  children: ReactNode
  variant?: ButtonVariant
  size?: ButtonSize
  icon?: Icon
  iconEnd?: Icon
  /** Makes it a two-state button and says which state it is in. */
  pressed?: boolean
}

export function Button(props: ButtonProps) {
  const { children, variant = 'quiet', size = 'medium', icon: Start, iconEnd: End, ...rest } = props
  const { pressed, className, ...button } = rest
  return (
    <button
      type="button"
      {...button}
      {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
      className={classes(styles.button, styles[variant], styles[size], className)}
    >
      {Start && <Start aria-hidden="true" className={styles.icon} />}
      <span className={styles.text}>{children}</span>
      {End && <End aria-hidden="true" className={styles.icon} />}
    </button>
  )
}
