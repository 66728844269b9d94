/** A topic: a name to publish to. It keeps nothing itself. */
import type { Archive } from '../../../engine/archive.ts'
import type { Part, Simulation } from '../../../engine/simulation.ts'
import { CLOUD_FACTS as FACTS } from './facts.ts'

/** Row behind `topicCreated`. */
export interface TopicRow {
  part: number
  name: string
}

export class Topic implements Part {
  alive = true
  published = 0
  readonly node: number
  readonly name: string
  readonly row: number

  constructor(sim: Simulation, row: number, { part, name }: TopicRow) {
    this.node = part
    this.name = name
    this.row = row
    sim.enlist(this)
  }

  apply(kind: number): void {
    if (kind === FACTS.published) this.published++
    else if (kind === FACTS.topicDeleted) this.alive = false
  }

  archive(io: Archive): void {
    this.alive = io.flag(this.alive)
    this.published = io.int(this.published)
  }
}
