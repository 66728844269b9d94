/** Steps of four orders over three partitions, with the order's number as key: order holds where the key is the same. */
import { type ExampleBody, inColumns } from '../example.ts'
import { BROKER, link, member, producer, steadily, topic } from './parts.ts'

const MEMBERS = ['packer-1', 'packer-2']
const links = [link('shop', 'orders', 500), ...MEMBERS.map((id) => link('orders', id))]
const STEPS = ['created', 'paid', 'packed']

export const orderingByKey: ExampleBody = {
  about:
    'Each record’s key is its order, so all steps of one order lie in one partition, in the order in which they were written; between partitions nobody promises anything. Try: set Keys of the shop to none and watch the steps of one order come out of order.',
  scenario: {
    seed: 3,
    durationMs: 40_000,
    code: 'python',
    brokers: [{ id: BROKER, family: 'log' }],
    nodes: inColumns(
      [
        [
          producer({
            id: 'shop',
            name: 'shop',
            arrivals: steadily(600, 36),
            bodies: STEPS.flatMap((step) => ['A', 'B', 'C', 'D'].map((of) => `${of} ${step}`)),
            keys: { kind: 'turn', of: ['order-A', 'order-B', 'order-C', 'order-D'] },
          }),
        ],
        [topic('orders', { partitions: 3 })],
        MEMBERS.map((id, i) => member(id, 'packing', 500 + i * 900)),
      ],
      links,
    ),
    links,
  },
}
