/** Chooses a theme for the page and reads its colours back for everything that is drawn on a canvas instead of styled. */

export type ThemeChoice = 'auto' | 'light' | 'dark' | 'contrast' | 'projector'

export const themeChoices: readonly ThemeChoice[] = [
  'auto',
  'light',
  'dark',
  'contrast',
  'projector',
]

/** Colours and fonts as plain strings: it survives `postMessage`, so that a worker can draw with it. */
export type Palette = {
  readonly canvas: string
  readonly canvasDot: string
  readonly surface: string
  readonly surfaceRaised: string
  readonly surfaceSunken: string
  readonly ink: string
  readonly inkSoft: string
  readonly quiet: string
  readonly line: string
  readonly lineStrong: string
  readonly accent: string
  readonly accentInk: string
  readonly accentSoft: string
  readonly danger: string
  readonly dangerSoft: string
  readonly warning: string
  readonly ok: string
  readonly focus: string
  readonly lit: string
  readonly litInk: string
  /** Eight hues; a message's identity modulo eight picks one. */
  readonly message: readonly string[]
  readonly messageInk: string
  readonly fontUi: string
  readonly fontCode: string
}

export function applyTheme(choice: ThemeChoice): void {
  document.documentElement.setAttribute('data-theme', choice)
}

/** Larger type and controls for the back of a room; independent of the theme. */
export function applySize(size: 'normal' | 'large'): void {
  document.documentElement.setAttribute('data-size', size)
}

export function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement)
  const role = (name: string) => style.getPropertyValue(`--${name}`).trim()
  return {
    canvas: role('canvas'),
    canvasDot: role('canvas-dot'),
    surface: role('surface'),
    surfaceRaised: role('surface-raised'),
    surfaceSunken: role('surface-sunken'),
    ink: role('ink'),
    inkSoft: role('ink-soft'),
    quiet: role('quiet'),
    line: role('line'),
    lineStrong: role('line-strong'),
    accent: role('accent'),
    accentInk: role('accent-ink'),
    accentSoft: role('accent-soft'),
    danger: role('danger'),
    dangerSoft: role('danger-soft'),
    warning: role('warning'),
    ok: role('ok'),
    focus: role('focus'),
    lit: role('lit'),
    litInk: role('lit-ink'),
    message: [1, 2, 3, 4, 5, 6, 7, 8].map((n) => role(`message-${n}`)),
    messageInk: role('message-ink'),
    fontUi: role('font-ui'),
    fontCode: role('font-code'),
  }
}

/** Calls back after the theme or size attribute, or the system's scheme, has changed; returns the way to stop. */
export function onPaletteChange(callback: (palette: Palette) => void): () => void {
  const notify = () => callback(readPalette())
  const observer = new MutationObserver(notify)
  observer.observe(document.documentElement, { attributeFilter: ['data-theme', 'data-size'] })
  const scheme = matchMedia('(prefers-color-scheme: dark)')
  scheme.addEventListener('change', notify)
  return () => {
    observer.disconnect()
    scheme.removeEventListener('change', notify)
  }
}
