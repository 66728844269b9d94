/** The sweep in the place of the canvas; the run behind a point opens on the desk. */
import { SweepView } from '../../lab/sweep/SweepView.tsx'
import { openRun } from './openRun.ts'
import type { StageProps } from './stageViews.ts'

export default function SweepStage({ inset }: StageProps) {
  return <SweepView inset={inset} onOpenRun={openRun} />
}
