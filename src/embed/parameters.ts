/** What the address of a figure asks for: `embed.html?example=orders&t=12.4&speed=0.5&autoplay=0&theme=dark`, or a moment in the fragment. */
import { type ThemeChoice, themeChoices } from '../ui/theme.ts'

export interface FigureParameters {
  /** A shared moment; it comes before an example. */
  moment: string | null
  exampleId: string | null
  /** Where to begin; null: where the moment is, or at the start. */
  atUs: number | null
  speed: number
  /** Whether it starts by itself once it is in view. */
  autoplay: boolean
  theme: ThemeChoice
}

const usPerS = 1_000_000
const off = new Set(['0', 'false', 'no', 'off'])

export function readParameters(search: string, fragment: string): FigureParameters {
  const query = new URLSearchParams(search)
  const theme = query.get('theme')
  const autoplay = query.get('autoplay')
  return {
    moment: fragment.startsWith('#m=') ? fragment : null,
    exampleId: query.get('example'),
    atUs: secondsUs(query.get('t')),
    speed: between(Number(query.get('speed') ?? 1), 0.1, 1000) ?? 1,
    autoplay: autoplay === null || !off.has(autoplay),
    theme: themeChoices.find((choice) => choice === theme) ?? 'auto',
  }
}

/** Simulated seconds, as `12.4` or `12.4s`. */
function secondsUs(text: string | null): number | null {
  if (text === null || !/^\d+(\.\d+)?s?$/.test(text)) return null
  return Math.round(Number.parseFloat(text) * usPerS)
}

function between(value: number, least: number, most: number): number | null {
  return Number.isFinite(value) ? Math.min(most, Math.max(least, value)) : null
}
