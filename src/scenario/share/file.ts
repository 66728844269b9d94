/** The file: the same payload as in a link, readable, for what is too large for one or worth keeping. */
import { isDefinitions, scenarioFromDefinitions } from '../definitions.ts'
import type { Scenario } from '../document.ts'
import { parseScenario } from '../validate.ts'
import { UNFOLDED_BYTES_MAX } from './link.ts'
import { packMoment, type SharedMoment, unpackMoment } from './moment.ts'

export const FILE_EXTENSION = '.eventarium.json'

/** A moment with all its branches, or a scenario alone. */
export type Imported =
  | { ok: true; moment: SharedMoment }
  /** `left` says what of a foreign file could not be taken over. */
  | { ok: true; scenario: Scenario; left?: readonly string[] }
  | { ok: false; sentence: string }

/** What to write into the file. */
export function exportFile(moment: SharedMoment): string {
  return `${JSON.stringify(packMoment(moment), null, 2)}\n`
}

/** A name for the file: the title in letters that every system takes. */
export function fileNameOf(scenario: Scenario): string {
  const stem = scenario.title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
  return `${stem || 'scenario'}${FILE_EXTENSION}`
}

/** What a file's text holds: an exported moment, a bare scenario document, or RabbitMQ's definitions. */
export function importFile(text: string): Imported {
  if (text.length > UNFOLDED_BYTES_MAX) {
    return failed('This file is larger than 4 MB, which no scenario needs. It is not opened.')
  }
  let content: unknown
  try {
    content = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    return failed(
      'This file is not JSON. Choose one that Eventarium saved, or a scenario document.',
    )
  }
  if (isDefinitions(content)) {
    const read = scenarioFromDefinitions(content)
    return read.ok ? read : failed(`These definitions cannot be opened. ${read.sentence}`)
  }
  const isMoment = content !== null && typeof content === 'object' && Object.hasOwn(content, 'v')
  const result = isMoment ? unpackMoment(content) : parseScenario(content)
  return result.ok ? result : failed(`This file cannot be opened. ${result.sentence}`)
}

function failed(sentence: string): Imported {
  return { ok: false, sentence }
}
