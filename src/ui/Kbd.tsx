/** A key or a chord as it is printed on the keyboard: `Space`, `Ctrl+Z`, `+`. */

import { Fragment } from 'react'
import styles from './Kbd.module.css'

export function Kbd({ keys }: { keys: string }) {
  return (
    <span className={styles.chord}>
      {keys.split(/(?<=[^+])\+/).map((key, index) => (
        <Fragment key={key}>
          {index > 0 && <span className="visually-hidden">+</span>}
          <kbd className={styles.key}>{key}</kbd>
        </Fragment>
      ))}
    </span>
  )
}
