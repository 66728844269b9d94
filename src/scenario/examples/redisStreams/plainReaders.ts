/** Readers without a group: each gets every entry, and only itself knows how far it has come. */
import type { LinkDoc } from '../../document.ts'
import type { ExampleBody } from '../example.ts'
import { inRows, LATENCY_MS, reader, SERVER, shop, stream } from './parts.ts'

const links: LinkDoc[] = [
  { id: 'add', from: 'shop', to: 'orders', latencyMs: LATENCY_MS },
  { id: 'read-anna', from: 'orders', to: 'anna', latencyMs: LATENCY_MS },
  { id: 'read-ben', from: 'orders', to: 'ben', latencyMs: LATENCY_MS },
]

const dies = { crashAtMs: 10_000, restartAfterMs: 3000 } as const

export const plainReaders: ExampleBody = {
  about:
    'Two programs read the stream without a group (XREAD), and each gets every entry. The server knows nothing of them: how far they have come is in their memory, and gone with it when both die at ten seconds. Anna reads from 0: back again, she gets everything once more. Ben reads from $, what comes after he has asked: what was added while he was away passes him by, and nothing counts it. Try: in her design, give anna an inbox of a hundred, and what comes again has no effect. Or put a group in their place, and look at what it still knows after the crash.',
  scenario: {
    seed: 1,
    durationMs: 30_000,
    code: 'typescript',
    brokers: SERVER,
    nodes: inRows(
      [
        [shop(800, 30), stream('orders')],
        [
          reader('anna', { ...dies, from: '0', effect: 'Counted: {body}' }),
          reader('ben', { ...dies, from: '$', effect: 'Shown: {body}' }),
        ],
      ],
      links,
    ),
    links,
  },
}
