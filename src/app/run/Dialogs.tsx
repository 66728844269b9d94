/** The dialogs of the main screen, loaded when they are first opened. */
import { lazy, Suspense } from 'react'
import type { OpenDialog } from './Screen.tsx'

const Share = lazy(() => import('../share/ShareDialog.tsx'))
const Help = lazy(() => import('./HelpDialog.tsx'))

export function Dialogs({ open, onClose }: { open: OpenDialog; onClose: () => void }) {
  return (
    <Suspense fallback={null}>
      {open === 'share' && <Share onClose={onClose} />}
      {open === 'help' && <Help onClose={onClose} />}
    </Suspense>
  )
}
