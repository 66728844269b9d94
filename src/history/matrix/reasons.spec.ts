/** What the matrix says of a message that somebody did not get, not at first, or not again, and why. */
import { describe, expect, test } from 'vitest'
import '../everything.ts'
import type { Action } from '../../scenario/document.ts'
import { exampleCalled } from '../../scenario/examples/index.ts'
import { columnOf, matrixOf, runOf } from '../../testing/matrixRun.ts'
import type { Matrix } from './matrix.ts'

describe('given a reader of a stream, whom the stream keeps messages for', () => {
  const reasons = (matrix: Matrix, node: string) =>
    columnOf(matrix, node).cells.flatMap((cell) => cell?.missed ?? [])
  const lose = (link: string, atUs: number): Action => ({
    atUs,
    do: 'loseNext',
    link,
    way: 'with',
  })

  test('when an order is lost before the server, then it misses that order, as the plain subscriber does', () => {
    const matrix = matrixOf(runOf('nats-push-consumer', [lose('publish', 10_000_000)]))
    expect(reasons(matrix, 'billing')).toEqual(['lost before the server'])
    expect(reasons(matrix, 'board')).toContain('lost before the server')
    expect(columnOf(matrix, 'billing')).toMatchObject({ got: 17, missed: 1, waiting: 0 })
  })

  test('when orders are on the publisher’s link as it is cut, then each is missed', () => {
    const cut: Action[] = [
      { atUs: 9_700_000, do: 'cut', link: 'publish' },
      { atUs: 13_000_000, do: 'mend', link: 'publish' },
    ]
    const matrix = matrixOf(runOf('nats-push-consumer', cut))
    const { got = 0, missed = 0, waiting } = columnOf(matrix, 'billing')
    expect([got + missed, waiting]).toEqual([18, 0])
    expect(missed).toBeGreaterThan(1)
  })

  test('when a delivery is lost on its link, then it comes again, and the cell says why it came late', () => {
    const matrix = matrixOf(runOf('nats-push-consumer', [lose('push', 12_000_000)]))
    expect(columnOf(matrix, 'billing')).toMatchObject({ got: 18, missed: 0 })
    expect(columnOf(matrix, 'billing').cells.map((cell) => cell?.atFirst)).toContain(
      'lost on the link',
    )
  })

  test('when the stream is purged, then what it had not got is purged', () => {
    const matrix = matrixOf(
      runOf('nats-push-consumer', [{ atUs: 5_000_000, do: 'purge', node: 'orders' }]),
    )
    expect(new Set(reasons(matrix, 'billing'))).toEqual(new Set(['purged']))
  })

  test('when the stream is full and discards what is new, then it misses what was refused', () => {
    const { nodes } = exampleCalled('nats-push-consumer').scenario
    const full = nodes.map((node) =>
      node.kind === 'natsStream' ? { ...node, maxMessages: 5, discard: 'new' as const } : node,
    )
    const matrix = matrixOf(runOf('nats-push-consumer', [], { nodes: full }))
    expect(columnOf(matrix, 'billing')).toMatchObject({ got: 5, missed: 13, waiting: 0 })
    expect(new Set(reasons(matrix, 'billing'))).toEqual(new Set(['stream full']))
  })

  test('when the stream discards what is old, then it misses what went over the limit before it joined', () => {
    const { nodes } = exampleCalled('nats-push-consumer').scenario
    const short = nodes.map((node) =>
      node.kind === 'natsStream' ? { ...node, maxMessages: 2 } : node,
    )
    const matrix = matrixOf(runOf('nats-push-consumer', [], { nodes: short }))
    expect(reasons(matrix, 'billing')).toEqual(['over a limit', 'over a limit'])
  })

  test('when max deliver is reached, then the cell says that it goes out no more', () => {
    expect(new Set(reasons(matrixOf(runOf('nats-ack-wait')), 'mailer'))).toEqual(
      new Set(['max deliver']),
    )
  })

  test('when several share a consumer and a job is lost before the server, then all of them miss it', () => {
    const { nodes } = exampleCalled('nats-work-queue').scenario
    const plain = nodes.map((node) =>
      node.kind === 'producer' ? { ...node, confirms: false } : node,
    )
    const matrix = matrixOf(runOf('nats-work-queue', [lose('publish', 400_000)], { nodes: plain }))
    expect(reasons(matrix, 'worker-a')).toEqual(['lost before the server'])
    expect(reasons(matrix, 'worker-b')).toEqual(['lost before the server'])
  })
})

test('given a queue group, when an order is lost before the server, then each member misses it', () => {
  const matrix = matrixOf(
    runOf('nats-queue-group', [{ atUs: 5_000_000, do: 'loseNext', link: 'publish', way: 'with' }]),
  )
  for (const node of ['audit', 'worker-a', 'worker-b', 'worker-c']) {
    expect(columnOf(matrix, node).cells.flatMap((cell) => cell?.missed ?? [])).toEqual([
      'lost before the server',
    ])
  }
})

test('given a shared subscription, when all its members are offline, then each misses what comes', () => {
  const script = ['worker-1', 'worker-2', 'worker-3'].map(
    (node): Action => ({ atUs: 10_000_000, do: 'goOffline', node }),
  )
  const { nodes } = exampleCalled('mqtt-shared').scenario
  const matrix = matrixOf(runOf('mqtt-shared', script))
  expect(nodes.some(({ id }) => id === 'worker-1')).toBe(true)
  expect(columnOf(matrix, 'worker-1').missed).toBeGreaterThan(5)
  expect(columnOf(matrix, 'worker-1').missed).toBe(columnOf(matrix, 'worker-3').missed)
  expect(columnOf(matrix, 'auditor').missed).toBe(0)
})

describe('given cloud subscriptions', () => {
  const cutFor = (link: string): Action[] => [
    { atUs: 6_000_000, do: 'cut', link },
    { atUs: 12_000_000, do: 'mend', link },
  ]
  const reasons = (matrix: Matrix, node: string) =>
    new Set(columnOf(matrix, node).cells.flatMap((cell) => cell?.missed ?? []))

  test('when the publisher’s link is cut, then all whose filters want a message miss it', () => {
    const matrix = matrixOf(runOf('sns-fan-out', cutFor('publish')))
    expect(matrix.rowCount).toBe(20)
    expect(reasons(matrix, 'all-sales')).toEqual(new Set(['lost before the topic']))
    expect(reasons(matrix, 'orders-only')).toEqual(
      new Set(['lost before the topic', 'filtered out']),
    )
  })

  test('when a filter lets a message pass by, then it is not missed, and its cell says why it is empty', () => {
    const column = columnOf(matrixOf(runOf('sns-fan-out')), 'orders-only')
    expect(column).toMatchObject({ got: 14, missed: 0, waiting: 0 })
    const spared = column.cells.filter((cell) => cell?.spared)
    expect(spared.map((cell) => cell?.missed)).toEqual(Array(6).fill('filtered out'))
  })

  test('when the link to a subscription is cut, then it misses what is routed there', () => {
    const { links } = exampleCalled('cloud-ack-deadline').scenario
    expect(links.some(({ id }) => id === 'to-audit')).toBe(true)
    const matrix = matrixOf(runOf('cloud-ack-deadline', cutFor('to-audit')))
    expect(reasons(matrix, 'audit')).toEqual(new Set(['lost on the link']))
  })

  test('when what is pulled is lost, then it comes again after its deadline, late and once', () => {
    const calm = exampleCalled('cloud-ordering').scenario.nodes.map((node) =>
      node.kind === 'pollingConsumer' ? { ...node, failureRate: 0 } : node,
    )
    const matrix = matrixOf(runOf('cloud-ordering', cutFor('pull-unordered'), { nodes: calm }))
    const { got = 0, missed, cells } = columnOf(matrix, 'unordered')
    expect([got, missed]).toEqual([22, 0])
    expect(cells.map((cell) => cell?.atFirst)).toContain('lost on the link')
  })

  test('when what is passed on is lost on the way to its queue, then the cell says so', () => {
    const { links } = exampleCalled('sns-fan-out').scenario
    const link = links.find(({ from }) => from === 'all-sales')?.id ?? ''
    const matrix = matrixOf(runOf('sns-fan-out', cutFor(link)))
    expect(reasons(matrix, 'all-sales')).toEqual(new Set(['lost on the way to the queue']))
  })

  test('when a photo becomes a dead letter, then it came as often as it may, and goes out no more', () => {
    const matrix = matrixOf(runOf('cloud-ack-deadline'))
    const dead = columnOf(matrix, 'resize').cells.filter((cell) => cell?.missed === 'dead letter')
    expect(dead.length).toBeGreaterThan(0)
    expect(new Set(dead.map((cell) => cell?.got))).toEqual(new Set([3]))
  })
})

test('given the same prices at four places, then each late subscriber has its column, that of Kafka too', () => {
  const matrix = matrixOf(runOf('late-subscriber'))
  expect(matrix.columns.map(({ node, got, missed }) => [node, got, missed])).toEqual([
    ['late-core', 2, 6],
    ['late-stream', 8, 0],
    ['late-mqtt', 3, 5],
    ['late-kafka', 8, 0],
  ])
})
