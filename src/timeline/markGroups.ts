/** Faults, actions and broken promises as marks on the track; those too close for a finger or a pointer become one. */
import { clockText } from '../base/clockText.ts'
import type { Findings } from '../history/answers.ts'
import { completedAt, VIOLATIONS } from '../history/outcomes/violations.ts'
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
  finding: Finding | null
}

export type Finding = Findings['found'][number]
type Mark = Omit<Density['marks'][number], 'tone'> & {
  tone: 'fault' | 'action' | 'violation'
  finding?: Finding
}

/** Marks of what happened and of what was found, in the order of time. */
export function allMarks(density: Density | null, found: readonly Finding[]): Mark[] {
  const violations = found
    .filter(({ kind }) => VIOLATIONS.has(kind))
    .map((finding) => ({
      timeUs: finding.timeUs,
      factIndex: completedAt(finding),
      tone: 'violation' as const,
      label: finding.sentence,
      finding,
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
  const rest = members.length - labels.length
  const what = labels.join(' ') + (rest > 0 ? ` And ${rest} more.` : '')
  return {
    timeUs: first.timeUs,
    factIndex: first.factIndex,
    tone: GRAVEST.find((tone) => members.some((mark) => mark.tone === tone)) ?? 'action',
    count: members.length,
    text: `${clockText(first.timeUs)} ${what}`,
    finding: members.find((mark) => mark.finding)?.finding ?? null,
  }
}
