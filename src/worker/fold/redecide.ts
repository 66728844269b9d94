/**
 * What a decider makes of the commands of a run, each decided on what came of those before it. What happened
 * stays as it was: this is the history that stands beside it.
 */
import type { Decided, Folding, LoggedEvent } from './folding.ts'
import { SandboxRefusal } from './problem.ts'
import type { AskedCommand, Redecided } from './protocol.ts'

/** Events that are folded in one call, at most: what a program may spend is counted by call. */
const TAKEN_MAX = 256

/** Events of the run that came of none of the commands stay in their place; their versions count anew. */
export function redecide(
  run: readonly LoggedEvent[],
  commands: readonly AskedCommand[],
  folding: Folding,
  onward: () => void = () => {},
): Pick<Redecided, 'events' | 'outcomes'> {
  const asked = new Set(commands.map(({ command }) => command))
  const kept = run.filter(({ causation = -1 }) => !asked.has(causation))
  const history = new Rewritten(folding)
  const outcomes: Redecided['outcomes'] = []
  let at = 0
  for (const command of commands) {
    for (; (kept[at]?.factIndex ?? Number.POSITIVE_INFINITY) < command.factIndex; at++) {
      history.add(kept[at] as LoggedEvent)
    }
    outcomes.push(decide(command, folding, history))
    if (outcomes.length % TAKEN_MAX === 0) onward()
  }
  for (const event of kept.slice(at)) history.add(event)
  history.fold()
  return { events: history.events, outcomes }
}

function decide(
  { command, stream, body, factIndex, timeUs }: AskedCommand,
  folding: Folding,
  history: Rewritten,
): Decided {
  history.fold()
  let decided: Decided
  try {
    decided = folding.decide(body, folding.state(stream))
  } catch (error) {
    if (error instanceof SandboxRefusal && error.problem.isLimit) throw error
    return { rejected: error instanceof Error ? error.message : String(error) }
  }
  if ('rejected' in decided) return decided
  for (const { type, data } of decided.events) {
    const from = { message: -1, factIndex, timeUs, causation: command }
    history.add({ stream, type, data, version: 0, position: 0, ...from })
  }
  return decided
}

/** A log that is written anew: each event gets the version and the position that it has here. */
class Rewritten {
  readonly events: LoggedEvent[] = []
  private folded = 0
  private readonly versions = new Map<string, number>()
  private readonly folding: Folding

  constructor(folding: Folding) {
    this.folding = folding
    folding.reset()
  }

  add(event: LoggedEvent): void {
    const version = this.versions.get(event.stream) ?? 0
    this.versions.set(event.stream, version + 1)
    this.events.push({ ...event, version, position: this.events.length })
  }

  /** Folds what is new. */
  fold(): void {
    while (this.folded < this.events.length) {
      const end = Math.min(this.events.length, this.folded + TAKEN_MAX)
      this.folding.take(this.events.slice(this.folded, end))
      this.folded = end
    }
  }
}
