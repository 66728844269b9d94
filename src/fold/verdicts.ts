/** Which commands of the run a person's decider is asked about, and where it decides otherwise than the run did. */
import type { AskedCommand, Decided } from '../session/folds.ts'
import type { CommandMark, StoreEvent } from './room.ts'

/** What a person's decider makes of the commands of the run, beside what the run made of them. */
export interface Verdict {
  mark: CommandMark
  outcome: Decided
  isAlike: boolean
}

/**
 * The commands about streams of one kind, since a decider is one kind's, in the order in which the run decided
 * them: where events came of one, that is where they lie.
 */
export function decidedAnew(
  commands: readonly CommandMark[],
  events: readonly StoreEvent[],
  stream: string,
): CommandMark[] {
  const kind = kindOf(stream)
  const made = madeBy(events)
  return commands
    .filter((mark) => mark.outcome !== 'conflicted' && kindOf(mark.stream) === kind)
    .toSorted((a, b) => placeOf(a, made) - placeOf(b, made))
}

export function askedOf(
  marks: readonly CommandMark[],
  events: readonly StoreEvent[],
): AskedCommand[] {
  const made = madeBy(events)
  return marks.map((mark) => {
    const { command, stream, body, timeUs } = mark
    return { command, stream, body, timeUs, factIndex: placeOf(mark, made) }
  })
}

export function verdictsOn(
  marks: readonly CommandMark[],
  events: readonly StoreEvent[],
  outcomes: readonly Decided[],
): Verdict[] {
  const made = madeBy(events)
  return marks.flatMap((mark, i) => {
    const outcome = outcomes[i]
    if (!outcome) return []
    return [{ mark, outcome, isAlike: isAlike(mark, outcome, made.get(mark.command) ?? []) }]
  })
}

type Made = ReadonlyMap<number, readonly StoreEvent[]>

function placeOf({ command, factIndex }: CommandMark, made: Made): number {
  return made.get(command)?.[0]?.factIndex ?? factIndex
}

function kindOf(stream: string): string {
  return stream.split('-')[0] ?? ''
}

/** The events that came of each command. */
function madeBy(events: readonly StoreEvent[]): Map<number, StoreEvent[]> {
  const made = new Map<number, StoreEvent[]>()
  for (const event of events) {
    const known = made.get(event.causation)
    if (known) known.push(event)
    else made.set(event.causation, [event])
  }
  return made
}

function isAlike(mark: CommandMark, outcome: Decided, made: readonly StoreEvent[]): boolean {
  if ('rejected' in outcome) return mark.outcome === 'rejected'
  const said = ({ type, data }: { type: string; data: unknown }) => JSON.stringify([type, data])
  return (
    mark.outcome === 'accepted' && made.map(said).join('\n') === outcome.events.map(said).join('\n')
  )
}
