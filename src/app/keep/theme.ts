/** The theme that the person chose, applied at once and kept between visits. */
import { useSyncExternalStore } from 'react'
import { applyTheme, type ThemeChoice, themeChoices } from '../../ui/theme.ts'
import { keep, readKept } from './browserStorage.ts'

const key = 'theme'

let chosen: ThemeChoice = 'auto'
const listeners = new Set<() => void>()

export function isTheme(value: unknown): value is ThemeChoice {
  return themeChoices.some((choice) => choice === value)
}

/** Before the first paint. */
export function applyKeptTheme(): void {
  const kept = readKept(key)
  if (isTheme(kept)) chosen = kept
  applyTheme(chosen)
}

export function chooseTheme(choice: ThemeChoice): void {
  chosen = choice
  applyTheme(choice)
  keep(key, choice)
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function useTheme(): ThemeChoice {
  return useSyncExternalStore(subscribe, () => chosen)
}
