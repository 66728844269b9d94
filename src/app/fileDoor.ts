/** Files come in here, chosen or dropped: what opens becomes work of its own, what does not says why. */

import { createStore } from 'zustand/vanilla'
import { showToast } from '../ui/toast.ts'

export const fileDoor = createStore<{ problem: string | null }>(() => ({ problem: null }))

export async function openFile(file: File): Promise<void> {
  const [{ importFile }, { UNFOLDED_BYTES_MAX }, { desk }] = await Promise.all([
    import('../scenario/share/file.ts'),
    import('../scenario/share/link.ts'),
    import('./desk.ts'),
  ])
  // One byte too many is enough to be refused; the rest of a huge file is not read.
  const imported = importFile(await file.slice(0, UNFOLDED_BYTES_MAX + 1).text())
  if (imported.ok) {
    desk().openOwn(imported)
    if ('left' in imported && imported.left?.length) showToast(imported.left.join(' '))
  } else fileDoor.setState({ problem: imported.sentence })
}

export async function askForFile(): Promise<void> {
  const file = await chosenFile()
  if (file) await openFile(file)
}

/** Null when the person would rather not. */
function chosenFile(): Promise<File | null> {
  const input = document.createElement('input')
  input.type = 'file'
  input.accept = '.json,application/json'
  return new Promise((resolve) => {
    input.addEventListener('change', () => resolve(input.files?.[0] ?? null))
    input.addEventListener('cancel', () => resolve(null))
    input.click()
  })
}
