/** Faults and actions as marks on the track; those too close for a finger or a pointer become one. */
import type { Density } from '../session/session.ts'
import { fractionOf } from './scale.ts'
import { clockText } from './timeText.ts'

export interface MarkGroup {
  timeUs: number
  /** The moment right after it. */
  factIndex: number
  /** A group with a fault in it is a fault. */
  tone: 'fault' | 'action'
  count: number
  /** When and what, as the tooltip says it. */
  text: string
}

const namedMax = 3

export function markGroups(
  marks: Density['marks'],
  endUs: number,
  widthPx: number,
  apartPx: number,
): MarkGroup[] {
  const groups: MarkGroup[] = []
  let members: Density['marks'] = []
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

function groupOf(members: Density['marks']): MarkGroup | null {
  const first = members[0]
  if (!first) return null
  const labels = members.slice(0, namedMax).map((mark) => mark.label)
  const rest = members.length - labels.length
  const what = labels.join(' ') + (rest > 0 ? ` And ${rest} more.` : '')
  return {
    timeUs: first.timeUs,
    factIndex: first.factIndex,
    tone: members.some((mark) => mark.tone === 'fault') ? 'fault' : 'action',
    count: members.length,
    text: `${clockText(first.timeUs)} ${what}`,
  }
}
