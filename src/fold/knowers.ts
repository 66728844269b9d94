/** Who knew of an event when: the store, the readers that got so far, and the handlers that decided knowing it. */
import type { FoldRoom, StoreEvent } from './room.ts'
import { laterText, timeText } from './words.ts'

export interface Knower {
  node: string
  how: string
  timeUs: number
  factIndex: number
}

/** The store first, then each reader that got so far and each handler that decided knowing it. */
export function knowersOf(room: FoldRoom, event: StoreEvent, storeId: string): Knower[] {
  const { timeUs, factIndex } = event
  const knowers: Knower[] = [{ node: storeId, how: 'appended it', timeUs, factIndex }]
  const seen = new Set<string>()
  for (const mark of room.reads) {
    const isDone = mark.message === event.message || mark.position > event.position
    if (!isDone || seen.has(mark.node) || mark.factIndex < event.factIndex) continue
    seen.add(mark.node)
    knowers.push({ node: mark.node, how: 'had it', timeUs: mark.timeUs, factIndex: mark.factIndex })
  }
  for (const mark of room.commands) {
    const knew = mark.seen > event.position && mark.stream === event.stream
    if (!knew || seen.has(mark.handler)) continue
    seen.add(mark.handler)
    const { handler: node, timeUs: atUs, factIndex: fact } = mark
    knowers.push({ node, how: 'decided knowing it', timeUs: atUs, factIndex: fact })
  }
  return knowers.toSorted((a, b) => a.factIndex - b.factIndex)
}

/** All of it in one sentence: `events appended it at 00:01.000; balance had it 80 ms later.` */
export function knowersText(
  event: StoreEvent,
  knowers: readonly Knower[],
  name: (node: string) => string,
): string {
  const [store, ...others] = knowers
  if (!store) return ''
  const parts = others.map(({ node, how, timeUs }) => {
    return `${name(node)} ${how} ${laterText(timeUs - event.timeUs)}`
  })
  const rest = parts.length === 0 ? ' Nobody else has come so far.' : ''
  return `${[`${name(store.node)} ${store.how} at ${timeText('run', event.timeUs)}`, ...parts].join('; ')}.${rest}`
}
