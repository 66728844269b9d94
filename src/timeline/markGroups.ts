/** Faults, actions and broken promises as marks on the track; those too close for a finger or a pointer become one. */
import { clockText } from '../base/clockText.ts'
import { completedAt, type Violation } from '../history/outcomes/violations.ts'
import type { Density } from '../session/session.ts'
import { fractionOf } from './scale.ts'

export interface MarkGroup {
  timeUs: number
  /** The moment right after it. */
  factIndex: number
  /** What is gravest in it: a broken promise, then a fault. */
  tone: Mark['tone']
  count: number
  /** When and what, as the tooltip says it. */
  text: string
  /** The first broken promise in it. */
  violation: Violation | null
}

type Mark = Omit<Density['marks'][number], 'tone'> & {
  tone: 'fault' | 'action' | 'violation'
  violation?: Violation
}

/** Marks of what happened and of what was broken, in the order of time. */
export function allMarks(density: Density | null, broken: readonly Violation[]): Mark[] {
  const violations = broken.map((violation) => ({
    timeUs: violation.timeUs,
    factIndex: completedAt(violation),
    tone: 'violation' as const,
    label: violation.sentence,
    violation,
  }))
  if (violations.length === 0) return density?.marks ?? []
  return [...(density?.marks ?? []), ...violations].sort((a, b) => a.timeUs - b.timeUs)
}

const GRAVEST = ['violation', 'fault'] as const
const namedMax = 3

export function markGroups(
  marks: readonly Mark[],
  endUs: number,
  widthPx: number,
  apartPx: number,
): MarkGroup[] {
  const groups: MarkGroup[] = []
  let members: Mark[] = []
  const close = () => {
    const group = groupOf(members)
    if (group) groups.push(group)
    members = []
  }
  for (const mark of marks) {
    const first = members[0]
    if (
      first &&
      (fractionOf(mark.timeUs, endUs) - fractionOf(first.timeUs, endUs)) * widthPx >= apartPx
    )
      close()
    members.push(mark)
  }
  close()
  return groups
}

function groupOf(members: readonly Mark[]): MarkGroup | null {
  const first = members[0]
  if (!first) return null
  const labels = members.slice(0, namedMax).map((mark) => mark.label)
  const count = members.reduce((sum, { violation }) => sum + (violation?.count ?? 1), 0)
  const rest = count - labels.length
  const what = labels.join(' ') + (rest > 0 ? ` And ${rest} more.` : '')
  return {
    timeUs: first.timeUs,
    factIndex: first.factIndex,
    tone: GRAVEST.find((tone) => members.some((mark) => mark.tone === tone)) ?? 'action',
    count,
    text: `${clockText(first.timeUs)} ${what}`,
    violation: members.find((mark) => mark.violation)?.violation ?? null,
  }
}
