/** Lets topics that are kept be viewed. */
import { keptSide } from '../keptSide.ts'
import { changedSettings, clusterState, fateOf, keptState } from '../keptTopic.ts'

keptSide.views = { changedSettings, clusterState, fateOf, keptState }
