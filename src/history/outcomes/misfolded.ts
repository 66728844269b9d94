/**
 * Read models that are not the fold of their events: an event counted twice or never, because rows and position were
 * saved apart and something happened in between. What a rebuild makes anew is right again.
 */
import { CLIENT_FACTS } from '../../clients/client.ts'
import { PROJECTION_FACTS, type Rebuild } from '../../clients/projection/facts.ts'
import type { Detector, OutcomeContext } from './outcome.ts'

/** A table as its facts make it. */
class Table {
  /** By position: the fact that put the event in last. */
  readonly facts: number[] = []
  /** Behind the highest position that was put in or left out. */
  end = 0
  isRight = true
}

interface Tables {
  serving: Table
  building: Table | null
}

export class MisfoldedDetector implements Detector {
  private readonly projections = new Map<number, Tables>()
  private readonly context: OutcomeContext

  constructor(context: OutcomeContext) {
    this.context = context
  }

  read(index: number, _time: number, kind: number, part: number, message: number, aux: number) {
    switch (kind) {
      case CLIENT_FACTS.processed:
        if (this.context.world.scenario.nodes[part]?.kind === 'projection') {
          this.put(index, part, message, aux)
        }
        return
      case PROJECTION_FACTS.leftOut: {
        const { serving } = this.of(part)
        serving.end = Math.max(serving.end, aux + 1)
        return
      }
      case PROJECTION_FACTS.rebuilding: {
        const { how } = this.context.records.rowAt<Rebuild>(aux)
        const tables = this.of(part)
        if (how === 'inPlace') this.projections.set(part, { serving: new Table(), building: null })
        else tables.building = new Table()
        return
      }
      case PROJECTION_FACTS.rebuilt: {
        const { building } = this.of(part)
        if (!building) return
        building.facts[aux] = index
        building.end = aux + 1
        return
      }
      case PROJECTION_FACTS.swapped: {
        const { building } = this.of(part)
        if (building) this.projections.set(part, { serving: building, building: null })
      }
    }
  }

  end(): void {}

  held(): string[] {
    const { context } = this
    return [...this.projections].flatMap(([part, { serving }]) => {
      if (!serving.isRight || serving.end === 0) return []
      return [
        `${context.name(context.nodeOf(part))} is the fold of the first ${serving.end} events.`,
      ]
    })
  }

  private put(index: number, part: number, message: number, position: number): void {
    const { serving } = this.of(part)
    const { facts, end } = serving
    const before = facts[position]
    facts[position] = index
    if (position === end) {
      serving.end++
      return
    }
    const { context } = this
    const node = context.nodeOf(part)
    const name = context.name(node)
    serving.isRight = false
    serving.end = Math.max(end, position + 1)
    const report = (other: number | undefined, sentence: string) =>
      context.report({
        kind: 'misfolded',
        factIndexes: other === undefined ? [index] : [other, index],
        message,
        node,
        sentence,
      })
    if (position < end) {
      const label = context.label(message)
      report(
        before,
        `${name} counts ${label} a second time: its rows are not the fold of its events.`,
      )
    } else {
      const events = position - end === 1 ? 'an event' : `${position - end} events`
      report(facts[end - 1], `${name} goes on behind ${events} that it never counted.`)
    }
  }

  private of(part: number): Tables {
    const known = this.projections.get(part)
    if (known) return known
    const made: Tables = { serving: new Table(), building: null }
    this.projections.set(part, made)
    return made
  }
}
