/** Two groups are made while the stream is in use: one from its beginning, one from its end. */
import type { LinkDoc } from '../../document.ts'
import type { ExampleBody } from '../example.ts'
import { consumer, group, inRows, LATENCY_MS, SERVER, shop, stream } from './parts.ts'

const links: LinkDoc[] = [
  { id: 'add', from: 'shop', to: 'orders', latencyMs: LATENCY_MS },
  { id: 'of-audit', from: 'orders', to: 'audit', latencyMs: 0 },
  { id: 'of-alerts', from: 'orders', to: 'alerts', latencyMs: 0 },
  { id: 'read-anna', from: 'audit', to: 'anna', latencyMs: LATENCY_MS },
  { id: 'read-ben', from: 'alerts', to: 'ben', latencyMs: LATENCY_MS },
]

const MADE_MS = 8000
const late = { service: { kind: 'fixed', ms: 400 }, startAtMs: MADE_MS } as const

export const lateGroups: ExampleBody = {
  about:
    'At eight seconds two services join, each with a group of its own. Audit is made with 0: it starts before the first entry, and anna works her way through all that was there. Alerts is made with $, the last entry at that moment: of what came before, ben never hears. Neither misses anything from then on, whether somebody reads or not. Try: move alerts to 0 (XGROUP SETID) and ben gets the whole past. Or destroy alerts while ben waits: his read is refused, and what is added until you create it again with $ passes him by.',
  scenario: {
    seed: 1,
    durationMs: 30_000,
    code: 'python',
    brokers: SERVER,
    nodes: inRows(
      [
        [shop(700, 36), stream('orders')],
        [group('audit', '0', MADE_MS), group('alerts', '$', MADE_MS)],
        [
          consumer('anna', { ...late, effect: 'Audited: {body}' }),
          consumer('ben', { ...late, effect: 'Alert: {body}' }),
        ],
      ],
      links,
    ),
    links,
  },
}
