/** The groups of facts that the log offers, and the filter that each of them means. */
import type { FactFilter } from '../session/session.ts'

type FactGroup = 'usual' | 'faults' | 'actions' | 'everything'

export const factGroups: { value: FactGroup; label: string }[] = [
  { value: 'usual', label: 'Usual' },
  { value: 'faults', label: 'Faults' },
  { value: 'actions', label: 'Actions' },
  { value: 'everything', label: 'All' },
]

export interface LogChoice {
  text: string
  /** A node or link, or '' for all of them. */
  node: string
  group: FactGroup
}

export const wholeLog: LogChoice = { text: '', node: '', group: 'usual' }

export function filterOf({ text, node, group }: LogChoice): FactFilter {
  const filter: FactFilter = {}
  if (text.trim() !== '') filter.text = text.trim()
  if (node !== '') filter.node = node
  if (group === 'faults') filter.tones = ['fault']
  if (group === 'actions') filter.tones = ['action']
  if (group !== 'usual') filter.everything = true
  return filter
}
