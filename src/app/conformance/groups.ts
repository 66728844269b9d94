/** Cases by feature, counted and filtered. */
import type { CaseReport } from '../../worker/conformanceReport.ts'

export interface FeatureGroup {
  feature: string
  reports: readonly CaseReport[]
}

/** Each case once, under its first feature; features with failures first, then by name. */
export function byFeature(cases: readonly CaseReport[]): FeatureGroup[] {
  const groups = new Map<string, CaseReport[]>()
  for (const report of cases) {
    const feature = report.features[0] ?? 'other'
    const known = groups.get(feature)
    if (known) known.push(report)
    else groups.set(feature, [report])
  }
  return [...groups]
    .map(([feature, reports]) => ({ feature, reports }))
    .sort((a, b) => failures(b) - failures(a) || (a.feature < b.feature ? -1 : 1))
}

function failures({ reports }: FeatureGroup): number {
  return Math.sign(countsOf(reports).failed)
}

export function countsOf(cases: readonly CaseReport[]): {
  passed: number
  failed: number
  skipped: number
} {
  const counts = { passed: 0, failed: 0, skipped: 0 }
  for (const { verdict } of cases) counts[verdict.outcome]++
  return counts
}

/** Cases that have the words somewhere: in their name, broker, features, or in what they show. */
export function matching(cases: readonly CaseReport[], text: string): readonly CaseReport[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return cases
  return cases.filter(({ name, broker, teaches, features, verdict }) => {
    const all = [name, broker, teaches, ...features, verdict.outcome].join(' ').toLowerCase()
    return words.every((word) => all.includes(word))
  })
}
