/** What a person's own fold begins as: the decider and the projections of the scenario at hand, to be changed. */
import { STARTER_DECIDERS } from './starterDeciders.ts'
import { STARTER_VIEWS } from './starterViews.ts'

/** A projection of the scenario: what it is called, and its view. */
export interface StarterView {
  name: string
  view: string
}

/** What there is: whose fold the stream has, and the types of the events. */
interface AtHand {
  domain: string
  types: readonly string[]
}

export function starterFor(summary: AtHand, views: readonly StarterView[]): string {
  const decider = STARTER_DECIDERS[summary.domain] ?? generalDecider(summary.types.slice(0, 12))
  return `${decider}
// Tables beside the stream. Add one: it is filled from the first event on.
const projections = {
${projectionsOf(views)}}
`
}

function projectionsOf(views: readonly StarterView[]): string {
  const known = views.flatMap(({ name, view }) => {
    const inside = STARTER_VIEWS[view]
    return inside === undefined ? [] : [[name, inside] as const]
  })
  const written = new Map(known.length > 0 ? known : [['counts', STARTER_VIEWS.counts ?? '']])
  return [...written].map(([name, inside]) => `  ${keyOf(name)}: {\n${inside}\n  },\n`).join('')
}

function keyOf(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name)
}

/** For events that are known by their types alone. */
function generalDecider(types: readonly string[]): string {
  const cases = types.map((type) => `    case ${JSON.stringify(type)}:\n`).join('')
  return `// What is known before the first event.
function initialState() {
  return { events: 0 }
}

// What is known after one more event. All of history goes through here.
function evolve(state, event) {
  switch (event.type) {
${cases}      return { ...state, ...event.data, events: state.events + 1 }
    default:
      return state
  }
}
`
}
