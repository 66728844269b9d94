/** A topic that keeps five seconds, one group that keeps up and one that does not. */
import { type ExampleBody, inColumns } from '../example.ts'
import { BROKER, link, member, producer, steadily, topic } from './parts.ts'

const links = [
  link('sensor', 'readings', 300),
  link('readings', 'dashboard', 300),
  link('readings', 'archive', 300),
]

export const retentionAndLag: ExampleBody = {
  about:
    'The topic keeps what is younger than 5 s, whoever has read it. The dashboard keeps up; the archive is slow, and as soon as its lag is older than that, records go before it comes to them: its position jumps. Try: choose the topic and keep records for a minute from now on, or let the archive take half as long.',
  scenario: {
    seed: 1,
    durationMs: 45_000,
    code: 'python',
    brokers: [{ id: BROKER, family: 'log' }],
    nodes: inColumns(
      [
        [
          producer({
            id: 'sensor',
            name: 'sensor',
            arrivals: steadily(700, 60),
            bodies: ['{n} °C'],
          }),
        ],
        [topic('readings', { partitions: 1, retentionMs: 5000, segmentMs: 1500, checkMs: 1000 })],
        [
          member('dashboard', 'dashboard', 200),
          member('archive', 'archive', 2000, { maxPollRecords: 1 }),
        ],
      ],
      links,
    ),
    links,
  },
}
