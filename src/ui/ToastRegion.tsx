/** Where toasts appear: placed once by the app, polite to screen readers, waiting as long as one is looked at. */

import { useEffect, useState, useSyncExternalStore } from 'react'
import { Button } from './Button.tsx'
import { IconButton } from './IconButton.tsx'
import { CloseIcon } from './icons.ts'
import { AnimatePresence, m, panel } from './motion.tsx'
import styles from './ToastRegion.module.css'
import { currentToast, dismissToast, subscribeToToast, type Toast } from './toast.ts'

const shownMs = 6_000
const shownWithActionMs = 12_000

export function ToastRegion() {
  const toast = useSyncExternalStore(subscribeToToast, currentToast, currentToast)
  return (
    <div aria-live="polite" className={styles.region}>
      <AnimatePresence mode="popLayout">
        {toast && <ToastCard key={toast.id} toast={toast} />}
      </AnimatePresence>
    </div>
  )
}

function ToastCard({ toast }: { toast: Toast }) {
  const { text, action } = toast
  const [held, setHeld] = useState(false)
  useEffect(() => {
    if (held) return
    const timer = setTimeout(dismissToast, action ? shownWithActionMs : shownMs)
    return () => clearTimeout(timer)
  }, [held, action])
  const act = () => {
    dismissToast()
    action?.onAct()
  }
  return (
    <m.div
      className={styles.toast}
      initial={{ opacity: 0, y: 12 }}
      animate={{ opacity: 1, y: 0 }}
      exit={{ opacity: 0 }}
      transition={panel}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <span className={styles.text}>{text}</span>
      {action && (
        <Button variant="ghost" size="small" className={styles.action} onClick={act}>
          {action.label}
        </Button>
      )}
      <IconButton
        icon={CloseIcon}
        label="Dismiss"
        size="small"
        className={styles.close}
        tooltipPlacement="top"
        onClick={dismissToast}
      />
    </m.div>
  )
}
