/** What every view of the lab is given, and what it hands back: a run to be opened. */
import type { Scenario, Script } from '../scenario/document.ts'

/** A run that is opened beside what is open. */
export interface RunToOpen {
  /** With the seed of the run. */
  scenario: Scenario
  script: Script
  /** What is special about it, behind the title of its scenario. */
  title: string
  /** Where it stands; at the beginning unless said. */
  timeUs?: number
  factIndex?: number
  /** The message that is selected. */
  message?: number
  /** Hash of the run up to there, if it is known. */
  hash?: string
}

/** The address that opens a run on any machine; or why there can be none. */
export type RunLink = { ok: true; address: string } | { ok: false; sentence: string }

export interface LabProps {
  /** What panels cover at the sides. */
  inset: { left: number; right: number }
  onOpenRun: (run: RunToOpen) => void
}
