/**
 * Which view takes the canvas's place. Whoever opens one (the header, a branch's row, a link) says so
 * here, with a parameter where the view needs to know what to look at, such as the other branch's id.
 */
import { createStore } from 'zustand/vanilla'
import type { SharedStage } from '../../scenario/share/moment.ts'

const names = ['canvas', 'lanes', 'compare', 'sweep', 'explore', 'fold', 'matrix'] as const

export type StageViewName = (typeof names)[number]

export interface StageView {
  view: StageViewName
  /** What the view looks at; null when it begins with its own choice. */
  parameter: string | null
}

export const stageView = createStore<StageView>(() => ({ view: 'canvas', parameter: null }))

/** What each view looked at when it was left: who comes back finds it. */
const left = new Map<StageViewName, string | null>()

export function showStage(
  view: StageViewName,
  parameter: string | null = left.get(view) ?? null,
): void {
  const present = stageView.getState()
  if (present.view === view && present.parameter === parameter) return
  left.set(present.view, present.parameter)
  stageView.setState({ view, parameter })
}

/** What a link says of it; the canvas needs no words. */
export function sharedStage(): SharedStage | null {
  const { view, parameter } = stageView.getState()
  return view === 'canvas' ? null : { view, parameter }
}

/** Shows what a link says, as far as it is known here. */
export function showShared(shared: SharedStage | null): void {
  const view = names.find((name) => name === shared?.view)
  showStage(view ?? 'canvas', view === undefined ? null : (shared?.parameter ?? null))
  left.clear()
}
