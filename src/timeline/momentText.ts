/** The playhead in words, for `aria-valuetext` and the narration: when it is, and what the telling nodes hold. */

import { secondsText } from '../base/clockText.ts'
import type { Frame, NodeState } from '../history/frame.ts'
import { nameOf } from '../session/names.ts'
import type { SessionState } from '../session/session.ts'

type Moment = Pick<
  SessionState,
  'scenario' | 'progress' | 'timeUs' | 'factIndex' | 'frame' | 'selection'
>

/** `12.4 of 60 seconds, fact 48 of 210, orders holds 7`. */
export function momentText(state: Moment, endUs: number): string {
  return [
    `${secondsText(state.timeUs)} of ${secondsText(endUs)} seconds`,
    `fact ${state.factIndex} of ${state.progress.factCount}`,
    ...holdings(state),
  ].join(', ')
}

/** `At 12.4 seconds, orders holds 7.` */
export function pauseText(state: Moment): string {
  return `${[`At ${secondsText(state.timeUs)} seconds`, ...holdings(state)].join(', ')}.`
}

const namedMax = 2

/** What is selected speaks first, then what is down, then what holds something. */
function holdings({ frame, scenario, selection }: Moment): string[] {
  if (!frame) return []
  const selected = selection?.type === 'node' ? selection.id : null
  return frame.nodes
    .map((node) => ({
      words: holding(node, nameOf(scenario, node.id)),
      rank: rank(node, selected),
    }))
    .filter(({ words }) => words !== '')
    .sort((a, b) => a.rank - b.rank)
    .slice(0, namedMax)
    .map(({ words }) => words)
}

function rank(node: NodeState, selected: string | null): number {
  if (node.id === selected) return 0
  if (node.crashed) return 1
  if (node.kind === 'queue' || node.kind === 'eventStore') return 2
  return node.kind === 'topic' ? 3 : 4
}

function holding(node: NodeState, name: string): string {
  if (node.crashed) return `${name} is down`
  switch (node.kind) {
    case 'queue': {
      const unacked = node.unackedCount > 0 ? ` and ${node.unackedCount} unacknowledged` : ''
      return `${name} holds ${node.readyCount}${unacked}`
    }
    case 'topic':
      return `${name} holds ${node.partitions.reduce((sum, part) => sum + part.end - part.start, 0)}`
    case 'eventStore':
      return node.streams.map(streamText).join(', ')
    case 'consumer':
    case 'groupConsumer':
    case 'commandHandler':
      return node.jobCount > 0 ? `${name} works on ${node.jobCount}` : ''
    default:
      return ''
  }
}

type Stream = Extract<Frame['nodes'][number], { kind: 'eventStore' }>['streams'][number]

/** `acc1 balance 50`: the fold of a stream where it is one of plain values. */
function streamText(stream: Stream): string {
  const fold = stream.folds.at(-1)
  const cells = typeof fold === 'object' && fold !== null ? Object.entries(fold) : []
  const words = cells
    .filter(([, value]) => typeof value === 'number' || typeof value === 'string')
    .map(([cell, value]) => `${cell} ${value}`)
  return [stream.name, ...words].join(' ')
}
