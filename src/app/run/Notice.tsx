/** Something to know about what is open, said once and quietly at the top of the canvas. */
import { useStore } from 'zustand'
import { IconButton } from '../../ui/IconButton.tsx'
import { CloseIcon, InfoIcon } from '../../ui/icons.ts'
import { desk } from '../desk.ts'
import styles from './Notice.module.css'

export function Notice() {
  const here = desk()
  const notice = useStore(here.store, (state) => state.notice)
  return (
    <div role="status" className={styles.place}>
      {notice !== null && (
        <p className={styles.notice}>
          <InfoIcon aria-hidden="true" className={styles.icon} />
          <span>{notice}</span>
          <IconButton
            icon={CloseIcon}
            label="Dismiss"
            size="small"
            onClick={() => here.dismissNotice()}
          />
        </p>
      )}
    </div>
  )
}
