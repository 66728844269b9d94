/** Puts what is open into a file of the person's own. */
import { exportFile, fileNameOf } from '../../scenario/share/file.ts'
import type { SharedMoment } from '../../scenario/share/moment.ts'
import type { Desk } from '../desk.ts'

export async function saveAsFile(desk: Desk): Promise<void> {
  downloadMoment(await desk.moment())
}

export function downloadMoment(moment: SharedMoment): void {
  const url = URL.createObjectURL(new Blob([exportFile(moment)], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = url
  link.download = fileNameOf(moment.scenario)
  link.click()
  // The browser has taken hold of the file by the next task.
  setTimeout(() => URL.revokeObjectURL(url), 0)
}
