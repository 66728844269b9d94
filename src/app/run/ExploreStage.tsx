/** The exploration in the place of the canvas; the shortest run of a class opens on the desk, or elsewhere as a link. */
import { ExploreView } from '../../lab/explore/ExploreView.tsx'
import { linkToRun, openRun } from './openRun.ts'
import type { StageProps } from './stageViews.ts'

export default function ExploreStage({ inset }: StageProps) {
  return <ExploreView inset={inset} onOpenRun={openRun} onLink={linkToRun} />
}
