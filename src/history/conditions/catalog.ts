/** The names that a condition may use: nodes by id or by what is written on them, groups, accounts, links. */
import type { NodeDoc, NodeKind, Scenario } from '../../scenario/document.ts'
import type { World } from '../../scenario/world.ts'
import { type Level, levelsOf } from '../metrics/levels.ts'
import { quoted, wordOf } from './names.ts'

/** `lag of mailers` belongs to the word `lag`, whose names are groups too. */
const GROUP_LAG = /^lag of (.*)$/

export class Catalog {
  readonly scenario: Scenario
  /** By word: the places of nodes that have this level. */
  readonly levelPlaces = new Map<string, number[]>()
  /** Name of the level behind a word, and its unit as the inspector writes it. */
  readonly levelNames = new Map<string, string>()
  /** By group: its lag at each topic that it reads. */
  readonly groups = new Map<string, { topic: number }[]>()
  /** Places with at least one level of backlog; and of work. */
  readonly backlogPlaces: number[] = []
  readonly workPlaces: number[] = []

  constructor(world: World) {
    this.scenario = world.scenario
    world.scenario.nodes.forEach((doc, place) => {
      for (const level of levelsOf(world, doc)) this.addLevel(level, place)
    })
  }

  /** Place of the node that goes by an id or, if only one does, by a name; -1 if none does. */
  placeOf(text: string): number | 'several' {
    const { nodes } = this.scenario
    const byId = nodes.findIndex(({ id }) => id === text)
    if (byId !== -1) return byId
    const named = nodes.flatMap(({ name }, place) => (name === text ? [place] : []))
    return named.length > 1 ? 'several' : (named[0] ?? -1)
  }

  node(place: number): NodeDoc {
    return this.scenario.nodes[place] as NodeDoc
  }

  /** How a node is written in a condition: by its name where that is its own, else by its id. */
  written(place: number): string {
    const { id, name } = this.node(place)
    return quoted(this.placeOf(name) === place ? name : id)
  }

  placesOf(...kinds: NodeKind[]): number[] {
    return this.placesWhere(({ kind }) => kinds.includes(kind))
  }

  placesWhere(isWanted: (doc: NodeDoc) => boolean): number[] {
    return this.scenario.nodes.flatMap((doc, place) => (isWanted(doc) ? [place] : []))
  }

  private addLevel({ name, role }: Level, place: number): void {
    if (role === 'backlog' && !this.backlogPlaces.includes(place)) this.backlogPlaces.push(place)
    if (role === 'busy') this.workPlaces.push(place)
    const group = GROUP_LAG.exec(name)?.[1]
    if (group !== undefined) {
      const topics = this.groups.get(group) ?? []
      topics.push({ topic: place })
      this.groups.set(group, topics)
    }
    const word = group === undefined ? wordOf(name) : 'lag'
    const places = this.levelPlaces.get(word) ?? []
    this.levelPlaces.set(word, places)
    if (!places.includes(place)) places.push(place)
    if (group === undefined) this.levelNames.set(word, name)
  }
}
