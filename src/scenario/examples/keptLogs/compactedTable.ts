/** A topic of prices by product, compacted: of each key the latest record stays, and one is taken away by a tombstone. */
import { type ExampleBody, inColumns } from '../example.ts'
import { BROKER, link, member, producer, steadily, topic } from './parts.ts'

const links = [link('catalogue', 'prices', 300), link('prices', 'shop', 300)]

export const compactedTable: ExampleBody = {
  about:
    'Each record is the new price of a product, its key. Once half of the closed segments is dirty they are compacted: the latest price of each product stays at its offset, the others leave holes, and the empty record (a tombstone) takes the pear away. Try: move the group shop to the beginning: it reads a table, not the history.',
  scenario: {
    seed: 1,
    durationMs: 45_000,
    code: 'python',
    brokers: [{ id: BROKER, family: 'log' }],
    nodes: inColumns(
      [
        [
          producer({
            id: 'catalogue',
            name: 'catalogue',
            arrivals: steadily(1000, 34),
            bodies: ['{n} €', '{n} €', '{n} €', '{n} €', '{n} €', '{n} €', ''],
            keys: {
              kind: 'turn',
              of: ['apple', 'plum', 'pear', 'apple', 'plum', 'apple', 'pear'],
            },
          }),
        ],
        [
          topic('prices', {
            partitions: 1,
            cleanup: 'compact',
            segmentBytes: 36,
            dirtyRatio: 0.5,
            deleteRetentionMs: 6000,
            checkMs: 1000,
          }),
        ],
        [member('shop', 'shop', 200)],
      ],
      links,
    ),
    links,
  },
}
