/**
 * The article's comparison as statements that can be opened: each cell in the article's words. What is true of each,
 * and the run that shows it, is in `verdicts.ts`, which is loaded when one is opened.
 */
import type { ExampleId } from './examples/catalog.ts'

export type Pattern = 'queue' | 'pubsub' | 'events'
export type Row = 'communication' | 'consumers' | 'ordering' | 'use' | 'for' | 'against'

export interface Claim {
  id: string
  pattern: Pattern
  row: Row
  /** What the article says. */
  cell: string
}

export const PATTERNS: readonly { id: Pattern; title: string; exampleId: ExampleId }[] = [
  { id: 'queue', title: 'Message queue', exampleId: 'orders' },
  { id: 'pubsub', title: 'Pub/sub', exampleId: 'notifications' },
  { id: 'events', title: 'Event sourcing', exampleId: 'account' },
]

/** The rows of the table; each pattern has one cell in each of the first four, and three in the others. */
export const ROWS: readonly { id: Row; title: string }[] = [
  { id: 'communication', title: 'Communication' },
  { id: 'consumers', title: 'Consumers' },
  { id: 'ordering', title: 'Ordering' },
  { id: 'use', title: 'Use' },
  { id: 'for', title: 'For' },
  { id: 'against', title: 'Against' },
]

/** Id, row and words of each. */
const CELLS: { readonly [P in Pattern]: readonly (readonly [string, Row, string])[] } = {
  queue: [
    ['queue-communication', 'communication', 'point-to-point'],
    ['queue-consumers', 'consumers', 'single consumer per message'],
    ['queue-ordering', 'ordering', 'FIFO (usually)'],
    ['queue-use', 'use', 'task processing'],
    ['queue-delivery', 'for', 'guaranteed delivery'],
    ['queue-order-kept', 'for', 'ordered processing'],
    ['queue-decouples', 'for', 'decouples'],
    ['queue-one-consumer', 'against', 'only one consumer per message'],
    ['queue-scaling', 'against', 'requires manual scaling'],
    ['queue-bottleneck', 'against', 'can become a bottleneck'],
  ],
  pubsub: [
    ['pubsub-communication', 'communication', 'broadcast'],
    ['pubsub-consumers', 'consumers', 'multiple consumers'],
    ['pubsub-ordering', 'ordering', 'depends on system'],
    ['pubsub-use', 'use', 'real-time notifications'],
    ['pubsub-multiple', 'for', 'multiple consumers per message'],
    ['pubsub-scalable', 'for', 'highly scalable'],
    ['pubsub-realtime', 'for', 'real-time broadcasting'],
    ['pubsub-no-order', 'against', 'no guaranteed order (unless partitioned)'],
    ['pubsub-setup', 'against', 'complex setup'],
    ['pubsub-duplicates', 'against', 'can lead to duplicate processing'],
  ],
  events: [
    ['events-communication', 'communication', 'append-only log'],
    ['events-consumers', 'consumers', 'replayable events'],
    ['events-ordering', 'ordering', 'strictly ordered'],
    ['events-use', 'use', 'state reconstruction'],
    ['events-audit', 'for', 'complete audit trail'],
    ['events-time-travel', 'for', 'time-travel debugging'],
    ['events-cqrs', 'for', 'works well with CQRS'],
    ['events-replay', 'against', 'replay can be slow'],
    ['events-storage', 'against', 'storage can grow large'],
    ['events-schema', 'against', 'requires careful schema design'],
  ],
}

export const CLAIMS: readonly Claim[] = PATTERNS.flatMap(({ id: pattern }) =>
  CELLS[pattern].map(([id, row, cell]) => ({ id, pattern, row, cell })),
)

/** The claims of a cell of the table: one, or three where the article lists pros and cons. */
export function claimsOf(pattern: Pattern, row: Row): Claim[] {
  return CLAIMS.filter((claim) => claim.pattern === pattern && claim.row === row)
}

/** The claim of that id, if there is one. */
export function findClaim(id: string): Claim | undefined {
  return CLAIMS.find((claim) => claim.id === id)
}
