/**
 * Which view takes the canvas's place. Whoever opens one (the header, a branch's row, a link) says so
 * here, with a parameter where the view needs to know what to look at, such as the other branch's id.
 */
import { createStore } from 'zustand/vanilla'

export type StageViewName = 'canvas' | 'lanes' | 'compare' | 'sweep' | 'explore'

export interface StageView {
  view: StageViewName
  /** What the view looks at; null when it begins with its own choice. */
  parameter: string | null
}

export const stageView = createStore<StageView>(() => ({ view: 'canvas', parameter: null }))

export function showStage(view: StageViewName, parameter: string | null = null): void {
  const present = stageView.getState()
  if (present.view === view && present.parameter === parameter) return
  stageView.setState({ view, parameter })
}
