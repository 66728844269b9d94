/**
 * The views that can take the canvas's place, each loaded when it is first shown. A new one is a line
 * here; one that is not listed is not offered.
 */
import type { ComponentType } from 'react'
import type { Inset } from '../../canvas/fit.ts'
import type { Scenario } from '../../scenario/document.ts'
import { RECEIVING_KINDS } from '../../scenario/kinds.ts'
import {
  CompareIcon,
  ExploreIcon,
  FoldIcon,
  type Icon,
  LanesIcon,
  MatrixIcon,
  SweepIcon,
} from '../../ui/icons.ts'
import type { StageViewName } from './stageView.ts'

export interface StageProps {
  /** What panels and notices cover at the edges. */
  inset: Inset
  /** What the view was asked to look at, if anything: it may come from a link, so it may be anything. */
  parameter: string | null
  /** Tells what is looked at now, for links and for coming back. */
  onParameter: (parameter: string) => void
}

export interface StageEntry {
  /** One word, as the header shows it. */
  label: string
  icon: Icon
  /** The letter that shows it, and that shows the canvas again. */
  key: string
  /** What it is for, in the list of keys: `Lanes: each node a lane, each message a line`. */
  does: string
  load: () => Promise<{ default: ComponentType<StageProps> }>
  /** Whether a scenario has something to show in it; without it every scenario has. */
  isFor?: (scenario: Scenario) => boolean
}

/** In the order in which they are offered, after the canvas. */
export const STAGE_VIEWS: Partial<Record<Exclude<StageViewName, 'canvas'>, StageEntry>> = {
  lanes: {
    label: 'Lanes',
    icon: LanesIcon,
    key: 'L',
    does: 'Lanes: each node a lane, each message a line',
    load: () => import('../../timeline/lanes/Lanes.tsx'),
  },
  matrix: {
    label: 'Matrix',
    icon: MatrixIcon,
    key: 'M',
    does: 'Matrix: message by subscriber, who got what, after how long, and why not',
    load: () => import('../matrix/Matrix.tsx'),
    isFor: ({ nodes }) => nodes.some(({ kind }) => RECEIVING_KINDS.has(kind)),
  },
  compare: {
    label: 'Compare',
    icon: CompareIcon,
    key: 'C',
    does: 'Compare: two branches side by side, or a change with what was before',
    load: () => import('../compare/Compare.tsx'),
  },
  sweep: {
    label: 'Sweep',
    icon: SweepIcon,
    key: 'S',
    does: 'Sweep: a setting over a range, many runs, one chart',
    load: () => import('./SweepStage.tsx'),
  },
  explore: {
    label: 'Explore',
    icon: ExploreIcon,
    key: 'X',
    does: 'Explore: what can happen, over many seeds and faults',
    load: () => import('./ExploreStage.tsx'),
  },
  fold: {
    label: 'Fold',
    icon: FoldIcon,
    key: 'E',
    does: 'Fold: events and the state that they add up to',
    load: () => import('../../fold/FoldView.tsx'),
    isFor: ({ nodes }) => nodes.some(({ kind }) => kind === 'eventStore'),
  },
}

/** Whether a view has something to show of a scenario. */
export function isOffered(name: StageViewName, scenario: Scenario): boolean {
  return name === 'canvas' || (STAGE_VIEWS[name]?.isFor?.(scenario) ?? name in STAGE_VIEWS)
}

/** Names of the views that exist. */
export const stageNames = Object.keys(STAGE_VIEWS) as (keyof typeof STAGE_VIEWS)[]
