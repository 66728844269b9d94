/** Filters of subscriptions that were changed while a run went on: links and trials show what holds at the playhead. */
import type { LinkDoc } from '../scenario/document.ts'
import type { Frame } from './frame.ts'

/** The filters of a link as they are at a moment, in one text; null where they are those of the document. */
export function changedFilter(link: LinkDoc, frame: Frame | null): string | null {
  for (const state of frame?.nodes ?? []) {
    if (state.id !== link.to && state.id !== link.from) continue
    if (state.kind === 'mqttClient') return state.filtersChanged ? state.filters.join(', ') : null
    if (state.id !== link.to) continue
    if (state.kind === 'natsConsumer') {
      return state.gone || state.filter === (link.key || '>') ? null : state.filter
    }
    if (state.kind === 'cloudSubscription') return state.changedFilter
    if (state.kind === 'natsSubscriber' || state.kind === 'redisSubscriber') {
      return state.filters[link.id] ?? null
    }
  }
  return null
}
