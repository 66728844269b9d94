/** What is unusual about a node besides what is inside it: drawn as its badge, and said to those who listen. */
import type { NodeState } from './frame.ts'
import type { RedisConsumerState, RedisReaderState } from './redisStates.ts'

/** The most important of what is unusual: deleted or not there yet, cut off, away, about to crash or paused; null if nothing is. */
export function standingOf(state: NodeState): { text: string; grave: boolean } | null {
  if (state.kind === 'redisGroup' && state.gone) {
    return state.wasMade ? { text: 'destroyed', grave: true } : NOT_MADE
  }
  if ('gone' in state && state.gone) {
    return { text: state.kind.startsWith('nats') ? 'not there' : 'deleted', grave: true }
  }
  if ('lostCode' in state && state.lostCode >= 0) {
    const text = state.lostCode === 0 ? 'queue is gone' : `channel closed ${state.lostCode}`
    return { text, grave: true }
  }
  if ('away' in state && state.away !== null) return { text: state.away, grave: false }
  if ('online' in state && !state.online) {
    return { text: state.joined ? 'offline' : 'not joined yet', grave: false }
  }
  if (isReader(state) && state.phase === 'out') return { text: 'not started yet', grave: false }
  if ('crashPoint' in state && state.crashPoint !== null) {
    return { text: POINT[state.crashPoint], grave: true }
  }
  return 'paused' in state && state.paused ? { text: 'paused', grave: false } : null
}

function isReader(state: NodeState): state is RedisConsumerState | RedisReaderState {
  return state.kind === 'redisConsumer' || state.kind === 'redisReader'
}

const NOT_MADE = { text: 'not made yet', grave: false }

const POINT = {
  beforeEffect: 'crashes before effect',
  afterEffect: 'crashes after effect',
  afterAck: 'crashes after ack',
  beforeMark: 'crashes before the mark',
  beforePublish: 'crashes before it publishes',
  midBatch: 'crashes in mid batch',
  afterMark: 'crashes after the mark',
} as const
