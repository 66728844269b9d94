/** What the conformance worker says of a case. */
import type { Verdict } from '../brokers/conformance/run.ts'

export interface CaseReport {
  name: string
  broker: string
  version: string
  /** What the case shows, in one line. */
  teaches: string
  features: readonly string[]
  steps: number
  verdict: Verdict
}
