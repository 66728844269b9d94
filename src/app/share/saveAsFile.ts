/** Puts what is open into a file of the person's own. */
import { definitionsOf } from '../../scenario/definitions.ts'
import type { Scenario } from '../../scenario/document.ts'
import { exportFile, fileNameOf } from '../../scenario/share/file.ts'
import type { SharedMoment } from '../../scenario/share/moment.ts'
import type { Desk } from '../desk.ts'

export async function saveAsFile(desk: Desk): Promise<void> {
  downloadMoment(await desk.moment())
}

export function downloadMoment(moment: SharedMoment): void {
  download(exportFile(moment), fileNameOf(moment.scenario))
}

/** Exchanges, queues and bindings of a broker, as `rabbitmqctl import_definitions` takes them. */
export function downloadDefinitions(scenario: Scenario, broker: string): void {
  download(
    `${JSON.stringify(definitionsOf(scenario, broker), null, 2)}\n`,
    `${broker}.definitions.json`,
  )
}

function download(text: string, name: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser has taken hold of the file by the next task.
  setTimeout(() => URL.revokeObjectURL(url), 0)
}
