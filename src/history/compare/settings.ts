/** How two documents differ in what they set: which nodes and links only one has, and which settings differ. */
import type { Scenario } from '../../scenario/document.ts'

export interface SettingDifference {
  /** Id of the node or link, '' for the scenario's own settings. */
  id: string
  /** Name of the setting; '' where the whole thing is only in one of them. */
  setting: string
  /** As it would be written; '' where it is not set. */
  here: string
  there: string
}

/** Where things stand and what the scenario says of itself is no setting. */
const NO_SETTINGS = new Set(['id', 'position', 'title', 'about', 'code', 'format'])
const LISTS = new Set(['nodes', 'links', 'brokers'])

export function settingDifferences(here: Scenario, there: Scenario): SettingDifference[] {
  const own = fieldsThatDiffer('', here, there).filter(({ setting }) => !LISTS.has(setting))
  return [
    ...own,
    ...thingsThatDiffer(here.nodes, there.nodes),
    ...thingsThatDiffer(here.links, there.links),
  ]
}

interface Thing {
  id: string
}

function thingsThatDiffer(here: readonly Thing[], there: readonly Thing[]): SettingDifference[] {
  const ids = [...new Set([...here, ...there].map(({ id }) => id))]
  return ids.flatMap((id): SettingDifference[] => {
    const mine = here.find((thing) => thing.id === id)
    const other = there.find((thing) => thing.id === id)
    if (mine && other) return fieldsThatDiffer(id, mine, other)
    return [{ id, setting: '', here: mine ? 'there' : '', there: other ? 'there' : '' }]
  })
}

function fieldsThatDiffer(id: string, here: object, there: object): SettingDifference[] {
  const mine = here as Record<string, unknown>
  const other = there as Record<string, unknown>
  const names = [...new Set([...Object.keys(mine), ...Object.keys(other)])]
  return names
    .filter((name) => !NO_SETTINGS.has(name))
    .map((setting) => ({
      id,
      setting,
      here: written(mine[setting]),
      there: written(other[setting]),
    }))
    .filter((difference) => difference.here !== difference.there)
}

function written(value: unknown): string {
  if (value === undefined) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}
