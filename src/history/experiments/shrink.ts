/**
 * Makes a run that shows an outcome smaller while it still shows it (delta debugging): fewer actions, fewer
 * messages, fewer nodes and links, a shorter run. Each step is tried as a run of its own; what does not show the outcome any more,
 * or needs more facts to tell it, is left as it was.
 */
import type { Action, NodeDoc, Scenario } from '../../scenario/document.ts'
import { applyEdit } from '../../scenario/edit.ts'
import { parseScript } from '../../scenario/validate.ts'
import type { Finding, ProbeOrder, ProbeResult } from './probe.ts'

/** A run with the outcome that it shows. */
export interface Example {
  order: ProbeOrder
  finding: Finding
}

/** Asks for runs and gets their results; returns the smallest that it found. */
export type Shrinking = Generator<ProbeOrder, Example, ProbeResult>

/** Simulated time that is left after the outcome, to see what it led to. */
const AFTER_MS = 1000

/** `published`: how many messages each producer made in the example's run. */
export function* shrink(example: Example, published: Readonly<Record<string, number>>): Shrinking {
  const calmer = yield* withFewerActions(example)
  const shorter = yield* withShorterRun(calmer)
  const sparser = yield* withFewerMessages(shorter, published)
  const smaller = yield* withLessDrawn(sparser)
  return yield* withShorterRun(smaller)
}

/** The example with another order if its run shows the same, else as it was. */
function* attempt(example: Example, changes: Partial<ProbeOrder>): Shrinking {
  const order = { ...example.order, ...changes }
  const { findings } = yield order
  const { id, outcome } = example.finding
  // Where a competitor is gone, those that are left go by another name.
  const isSame = (each: Finding) =>
    each.id === id || (each.outcome.kind === outcome.kind && each.outcome.node === outcome.node)
  const finding = findings.find(isSame)
  return finding && finding.story <= example.finding.story ? { order, finding } : example
}

/** Takes halves away, then quarters, down to single actions. */
function* withFewerActions(example: Example): Shrinking {
  let best = example
  for (let size = Math.ceil(best.order.script.length / 2); size >= 1; size = half(size)) {
    for (let from = 0; from < best.order.script.length; ) {
      const script = without(best.order.script, from, size)
      const tried: Example = yield* attempt(best, { script })
      if (tried === best) from += size
      best = tried
    }
  }
  return best
}

function half(size: number): number {
  return size === 1 ? 0 : Math.ceil(size / 2)
}

function without(script: readonly Action[], from: number, size: number): Action[] {
  return script.filter((_, i) => i < from || i >= from + size)
}

/** As short as the outcome allows: what only the end can tell may need more time than it takes to happen. */
function* withShorterRun(example: Example): Shrinking {
  const { scenario, script } = example.order
  const lastMs = (script.at(-1)?.atUs ?? 0) / 1000
  const outcomeMs = example.finding.outcome.timeUs / 1000
  for (const times of [1, 1.5, 2, 3]) {
    const durationMs = Math.ceil(Math.max(lastMs, outcomeMs * times + AFTER_MS))
    if (durationMs >= scenario.durationMs) return example
    const shorter = yield* attempt(example, { scenario: { ...scenario, durationMs } })
    if (shorter !== example) return shorter
  }
  return example
}

/**
 * Without the nodes that have nothing to do with it, and without the links. It must still be told in the same words: a
 * message is soon lost for another reason where a link is gone. What is stuck is left as it is drawn, since without a
 * consumer everything is.
 */
function* withLessDrawn(example: Example): Shrinking {
  let best = example
  if (example.finding.outcome.kind === 'stuck') return best
  for (const edit of ['removeNode', 'removeLink'] as const) {
    const { nodes, links } = best.order.scenario
    for (const { id } of edit === 'removeNode' ? nodes : links) {
      const { scenario, script } = best.order
      if (id === best.finding.outcome.node || script.some((action) => isAbout(action, id))) continue
      const edited = applyEdit(scenario, { edit, id })
      if (!edited.ok || edited.scenario.nodes.length === 0) continue
      // What is done in the run must still be possible.
      if (!parseScript(script, edited.scenario).ok) continue
      const tried: Example = yield* attempt(best, { scenario: edited.scenario })
      if (wordsOf(tried) === wordsOf(best)) best = tried
    }
  }
  return best
}

/** What is said of an outcome, but for numbers: the message may be another one. */
function wordsOf({ finding }: Example): string {
  return finding.outcome.sentence.replace(/\d+/g, '#')
}

function isAbout(action: Action, id: string): boolean {
  return Object.values(action).includes(id)
}

/** Each producer in turn makes as few messages as the outcome needs. */
function* withFewerMessages(
  example: Example,
  published: Readonly<Record<string, number>>,
): Shrinking {
  let best = example
  for (const { id, kind: node } of example.order.scenario.nodes) {
    if (node !== 'producer') continue
    let [low, high] = [0, published[id] ?? 0]
    while (low < high) {
      const middle = (low + high) >> 1
      const scenario = withCount(best.order.scenario, id, middle)
      if (scenario === null) low = middle + 1
      else {
        const tried: Example = yield* attempt(best, { scenario })
        if (tried === best) low = middle + 1
        else high = middle
        best = tried
      }
    }
  }
  return best
}

/** The scenario in which a producer makes so many messages; null where its arrivals cannot say that. */
function withCount(scenario: Scenario, id: string, count: number): Scenario | null {
  const change = (node: NodeDoc): NodeDoc | null => {
    if (node.kind !== 'producer') return null
    const { arrivals } = node
    if (arrivals.kind === 'manual') return null
    if (arrivals.kind === 'trace') {
      return { ...node, arrivals: { ...arrivals, atMs: arrivals.atMs.slice(0, count) } }
    }
    return count === 0 ? null : { ...node, arrivals: { ...arrivals, count } }
  }
  const changed = scenario.nodes.map((node) => (node.id === id ? change(node) : node))
  return changed.includes(null) ? null : { ...scenario, nodes: changed as NodeDoc[] }
}
