/**
 * The sort of a fact as a shape, so that it never is colour alone: ✕ a fault, ★ an action, a
 * dot what else happens, an arrow what is under way.
 */
import type { FactLine } from '../session/session.ts'

const paths: Record<FactLine['tone'], string> = {
  fault: 'M3 3L13 13M13 3L3 13',
  action: 'M8 1.6L10 6.1L14.9 6.6L11.2 9.9L12.3 14.7L8 12.2L3.7 14.7L4.8 9.9L1.1 6.6L6 6.1Z',
  normal: 'M8 6.5A1.5 1.5 0 1 1 7.99 6.5Z',
  setup: 'M5 8H11',
  link: 'M4 8H12M9.5 5.5L12 8L9.5 10.5',
}

export function ToneMark({ tone }: { tone: FactLine['tone'] }) {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 16 16"
      width="12"
      height="12"
      fill={tone === 'normal' || tone === 'action' ? 'currentColor' : 'none'}
      stroke="currentColor"
      strokeWidth={tone === 'fault' ? 2.5 : 1}
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={paths[tone]} />
    </svg>
  )
}
