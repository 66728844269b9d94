/**
 * The sort of a fact as a shape, so that it never is colour alone: ✕ a fault, ★ an action, ⚠ a promise that was
 * broken, a dot what else happens, an arrow what is under way.
 */
import type { FactLine } from '../session/session.ts'

type Tone = FactLine['tone'] | 'violation'

const paths: Record<Tone, string> = {
  violation: 'M8 2L14.5 13.5H1.5ZM8 6.5V9.5M8 11.4V11.5',
  fault: 'M3 3L13 13M13 3L3 13',
  action: 'M8 1.6L10 6.1L14.9 6.6L11.2 9.9L12.3 14.7L8 12.2L3.7 14.7L4.8 9.9L1.1 6.6L6 6.1Z',
  normal: 'M8 6.5A1.5 1.5 0 1 1 7.99 6.5Z',
  setup: 'M5 8H11',
  link: 'M4 8H12M9.5 5.5L12 8L9.5 10.5',
}

const WIDTHS: Partial<Record<Tone, number>> = { fault: 2.5, violation: 1.6 }

export function ToneMark({ tone }: { tone: Tone }) {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 16 16"
      width="12"
      height="12"
      fill={tone === 'normal' || tone === 'action' ? 'currentColor' : 'none'}
      stroke="currentColor"
      strokeWidth={WIDTHS[tone] ?? 1}
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={paths[tone]} />
    </svg>
  )
}
