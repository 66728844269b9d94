/** When a condition about the fold is true in the run: which number it means, and the stretches in which that is so. */
import type { ReachedMoment } from '../history/answers.ts'
import type { TrueSpans } from '../session/otherConditions.ts'
import { momentAfter } from './edge.ts'
import {
  conditionText,
  type NamedNumber,
  numbersOfState,
  numbersOfTables,
  readCondition,
} from './numbers.ts'
import type { FoldRoom } from './room.ts'

/** Null if it is about nothing that is there. */
export async function whenTrue(room: FoldRoom, text: string): Promise<TrueSpans | null> {
  await room.upToDate()
  const { us: seenUs, over } = room.known
  const read = readCondition(text, await numbersIn(room, text))
  // What is not there yet may still come.
  if (read === null) return over ? null : { spans: [], seenUs, over }
  const { number, comparison, value } = read
  const spans = await room.ask('spans', { log: 'run', comparison, value, ...number.place })
  const { events } = room
  const momentOf = (count: number): ReachedMoment | null => {
    if (count === 0) return { factIndex: 0, timeUs: 0 }
    const event = events[count - 1]
    return event ? { ...momentAfter(event), timeUs: event.timeUs } : null
  }
  return {
    spans: spans.flatMap(([first, end]) => {
      const from = momentOf(first)
      return from ? [{ from, to: end > events.length ? null : momentOf(end) }] : []
    }),
    ...{ seenUs, over },
  }
}

/** Streams whose numbers are offered at once. */
const OFFERED_STREAMS = 8

/** The numbers that a text may go on to name, those of streams first, as conditions name them. */
export async function numbersOffered(room: FoldRoom, text: string): Promise<readonly string[]> {
  await room.upToDate()
  const { summaries, own } = room.store.getState()
  const { streams = [], events: count = 0 } = summaries.run ?? {}
  const mayBe = ({ name }: { name: string }) =>
    `fold ${name} `.startsWith(text) || text.startsWith(`fold ${name} `)
  const states = streams.filter(mayBe).slice(0, OFFERED_STREAMS)
  const ofStreams = states.map(async ({ name: stream }) =>
    numbersOfState(stream, await room.ask('state', { log: 'run', stream, count })),
  )
  const tables = own.is === 'good' ? await room.ask('tables', { log: 'run', count }) : []
  const numbers = [...(await Promise.all(ofStreams)).flat(), ...numbersOfTables(tables)]
  return numbers.map((number) => conditionText(number, '<', 0).slice(0, -' < 0'.length))
}

/** The numbers that it may be about: those of the stream that it names, and of one's own tables. */
async function numbersIn(room: FoldRoom, text: string): Promise<NamedNumber[]> {
  const { summaries, own } = room.store.getState()
  const { streams = [], events: count = 0 } = summaries.run ?? {}
  const named = streams.filter(({ name }) => text.startsWith(`fold ${name} `))
  const [stream] = named.toSorted((a, b) => b.name.length - a.name.length)
  if (stream) {
    const state = await room.ask('state', { log: 'run', stream: stream.name, count })
    return numbersOfState(stream.name, state)
  }
  if (own.is !== 'good') return []
  return numbersOfTables(await room.ask('tables', { log: 'run', count }), Number.MAX_SAFE_INTEGER)
}
