/** Most records have one key: its partition grows, and only one member can work on it. */
import { type ExampleBody, inColumns } from '../example.ts'
import { BROKER, link, member, producer, steadily, topic } from './parts.ts'

const MEMBERS = ['counter-1', 'counter-2', 'counter-3']
const links = [link('pages', 'views', 400), ...MEMBERS.map((id) => link('views', id))]

export const hotKey: ExampleBody = {
  about:
    'Six of eight views are of one page, and its key sends them all to one partition: that member falls behind while the others wait, and no further member can help it. Try: set Keys of pages to none, or add a member, and compare the lag.',
  scenario: {
    seed: 1,
    durationMs: 45_000,
    code: 'python',
    brokers: [{ id: BROKER, family: 'log' }],
    nodes: inColumns(
      [
        [
          producer({
            id: 'pages',
            name: 'pages',
            arrivals: steadily(350, 90),
            bodies: ['view {n}'],
            keys: {
              kind: 'turn',
              of: ['/home', '/home', '/about', '/home', '/home', '/shop', '/home', '/home'],
            },
          }),
        ],
        [topic('views', { partitions: 3 })],
        MEMBERS.map((id) => member(id, 'counting', 700)),
      ],
      links,
    ),
    links,
  },
}
