/** NATS and Redis Pub/Sub as scenarios: what the runs that are offered come to, and what acts do to them. */
import { describe, expect, test } from 'vitest'
import '../everything.ts'
import { NATS_FACTS } from '../../brokers/pubsub/nats/facts.ts'
import type { Stream } from '../../brokers/pubsub/nats/jetstream/stream.ts'
import type { NatsServer } from '../../brokers/pubsub/nats/server.ts'
import type { Action } from '../../scenario/document.ts'
import { exampleCalled } from '../../scenario/examples/index.ts'
import type { World } from '../../scenario/world.ts'
import { columnOf, matrixOf, runOf } from '../../testing/matrixRun.ts'
import { OutcomeReader } from '../outcomes/reader.ts'
import { MATRIX_RULES } from './families/index.ts'
import { DeliveryMatrix, type MatrixOrder } from './matrix.ts'

function countOf(world: World, kind: number): number {
  let count = 0
  const { facts } = world.records
  facts.each(0, facts.count, (_timeUs, each) => {
    if (each === kind) count++
  })
  return count
}

describe('given a broadcast to three of whom one joins at 9 s', () => {
  const matrix = matrixOf(runOf('nats-broadcast'))

  test('when it is over, then the two who were there got all 18 and the third what came after it', () => {
    expect(columnOf(matrix, 'web')).toMatchObject({ got: 18, missed: 0, twice: 0 })
    expect(columnOf(matrix, 'mobile')).toMatchObject({ got: 18, missed: 0 })
    expect(columnOf(matrix, 'dashboard')).toMatchObject({ got: 12, missed: 6 })
    expect(columnOf(matrix, 'dashboard').cells.at(-1)).toMatchObject({ missed: 'not joined yet' })
  })

  test('when a delay is measured, then it is that of both links', () => {
    expect(columnOf(matrix, 'web').meanDelayUs).toBe(800_000)
    expect(columnOf(matrix, 'mobile').longestDelayUs).toBe(1_100_000)
  })
})

test('given a slow subscriber, then rows can be asked for by time, by its delays and by what it missed', () => {
  const world = runOf('nats-slow-subscriber')
  const matrix = new DeliveryMatrix(world, MATRIX_RULES)
  matrix.read(world.records.facts.count)
  const rowsBy = (by: MatrixOrder['by'], node: string | null) =>
    matrix.result(5, { by, node }).rows.map(({ atUs, cells }) => ({ atUs, cells }))
  expect(rowsBy('latest', null)[0]?.atUs).toBeGreaterThan(rowsBy('latest', null)[4]?.atUs ?? 0)
  expect(rowsBy('oldest', null)[0]?.atUs).toBe(500_000)
  const missed = (node: string) => rowsBy('trouble', node).map(({ cells }) => cells[1]?.missed)
  expect(missed('chart')).toEqual(Array(5).fill('slow consumer'))
  // The logger missed nothing: the latest come first.
  expect(rowsBy('trouble', 'logger')).toEqual(rowsBy('latest', null))
  const delays = rowsBy('delay', 'chart').map(({ cells }) => cells[1]?.delayUs ?? -1)
  expect(delays).toEqual(delays.toSorted((a, b) => b - a))
  expect(delays[0]).toBe(columnOf(matrixOf(world), 'chart').longestDelayUs)
})

describe('given six durables that are made late on one stream, each with another deliver policy', () => {
  const matrix = matrixOf(runOf('nats-durable-begins'))
  const got = (id: string) =>
    columnOf(matrix, `gets-${id}`)
      .cells.toReversed()
      .flatMap((cell, at) => (cell?.got ? [at + 1] : []))
      .join(' ')

  test('when it is over, then each has what its policy says, as nats-server 2.9.10 gave it', () => {
    expect(got('all')).toBe('1 2 3 4 5 6 7 8')
    expect(got('last')).toBe('6 7 8')
    expect(got('new')).toBe('7 8')
    expect(got('sequence')).toBe('3 4 5 6 7 8')
    expect(got('time')).toBe('4 5 6 7 8')
    expect(got('subjects')).toBe('5 6 7 8')
  })

  test('when a message is before the beginning of a durable, then that is why its subscriber misses it', () => {
    expect(columnOf(matrix, 'gets-new').missed).toBe(6)
    expect(columnOf(matrix, 'gets-new').cells.at(-1)).toMatchObject({
      missed: 'before where its durable begins',
    })
  })
})

test('given a subscriber that goes offline for a while, then it misses what is published meanwhile and nothing else', () => {
  const matrix = matrixOf(
    runOf('nats-broadcast', [
      { atUs: 4_000_000, do: 'goOffline', node: 'mobile' },
      { atUs: 10_000_000, do: 'comeBack', node: 'mobile' },
    ]),
  )
  const { got, missed, cells } = columnOf(matrix, 'mobile')
  expect([got, missed]).toEqual([13, 5])
  expect(new Set(cells.flatMap((cell) => cell?.missed ?? []))).toEqual(
    new Set(['offline', 'still connecting']),
  )
})

describe('given a link that is cut under messages', () => {
  const cutAt = (atUs: number, link: string): Action[] => [
    { atUs, do: 'cut', link },
    { atUs: atUs + 4_000_000, do: 'mend', link },
  ]
  const lostIn = (world: World) => {
    const reader = new OutcomeReader(world)
    reader.read()
    return reader.finish().filter(({ kind }) => kind === 'lost')
  }

  test('when it is that of a subscriber, then it misses what was under way and what was sent until it is mended', () => {
    const world = runOf('nats-broadcast', cutAt(4_700_000, 'to-web'))
    const { got = 0, missed = 0, waiting, cells } = columnOf(matrixOf(world), 'web')
    expect([got + missed, waiting]).toEqual([18, 0])
    expect(missed).toBeGreaterThan(2)
    expect(new Set(cells.flatMap((cell) => cell?.missed ?? []))).toContain('lost on the link')
    expect(world.part('web')).toMatchObject({ missedCount: missed })
    expect(lostIn(world).filter(({ node }) => node === 'web')).toHaveLength(missed)
  })

  test('when it is that of who publishes, then each has a row, and all who were there miss it', () => {
    const matrix = matrixOf(runOf('nats-broadcast', cutAt(10_000_000, 'publish')))
    expect(matrix.rowCount).toBe(18)
    const lost = matrix.rows.filter(({ cells }) =>
      cells.every((cell) => cell?.missed === 'lost before the server'),
    )
    expect(lost.length).toBeGreaterThan(1)
  })

  test('when messages of MQTT have QoS 0, then they are missed, in the matrix and in the findings', () => {
    const { links } = exampleCalled('mqtt-qos').scenario
    const world = runOf('mqtt-qos', cutAt(10_000_000, 'at-most-once-link'), {
      links: links.map(({ lossRate: _, ...link }) => link),
    })
    const { got = 0, missed = 0, waiting } = columnOf(matrixOf(world), 'at-most-once')
    expect([got + missed, waiting]).toEqual([20, 0])
    expect(missed).toBeGreaterThan(1)
    expect(lostIn(world)).toHaveLength(missed)
  })
})

test('given a message that is lost on its link, then only who is at its end misses it', () => {
  const matrix = matrixOf(
    runOf('nats-broadcast', [{ atUs: 3_000_000, do: 'loseNext', link: 'to-web', way: 'with' }]),
  )
  expect(columnOf(matrix, 'web')).toMatchObject({ got: 17, missed: 1 })
  expect(columnOf(matrix, 'mobile')).toMatchObject({ got: 18, missed: 0 })
})

describe('given a queue group of three beside an audit log', () => {
  const workers = ['worker-a', 'worker-b', 'worker-c']

  test('when nobody fails, then each order has exactly one worker and the log', () => {
    const matrix = matrixOf(runOf('nats-queue-group'))
    const cells = workers.map((worker) => columnOf(matrix, worker).cells)
    for (let row = 0; row < matrix.rows.length; row++) {
      expect(cells.filter((of) => of[row]?.got === 1)).toHaveLength(1)
    }
    expect(columnOf(matrix, 'audit')).toMatchObject({ got: 25, missed: 0 })
  })

  test('when a worker is offline, then nobody misses anything; when all are, then all of them do', () => {
    const one = matrixOf(
      runOf('nats-queue-group', [{ atUs: 0, do: 'goOffline', node: 'worker-a' }]),
    )
    expect(workers.map((worker) => columnOf(one, worker).missed)).toEqual([0, 0, 0])
    const all = matrixOf(
      runOf(
        'nats-queue-group',
        workers.map((node) => ({ atUs: 100_000, do: 'goOffline' as const, node })),
      ),
    )
    expect(workers.map((worker) => columnOf(all, worker).missed)).toEqual([25, 25, 25])
  })
})

test('given filters with wildcards, then each subscriber gets what its filter matches', () => {
  const matrix = matrixOf(runOf('nats-filters'))
  const got = Object.fromEntries(matrix.columns.map(({ node, got: count }) => [node, count]))
  expect(got).toEqual({ archive: 22, caretaker: 14, heating: 9, alarm: 5 })
})

test('given a filter that is changed while it runs, then the new one counts from then on', () => {
  const matrix = matrixOf(
    runOf('nats-filters', [{ atUs: 10_000_000, do: 'filter', link: 'to-smoke', filter: '>' }]),
  )
  const { got = 0 } = columnOf(matrix, 'alarm')
  expect(got).toBeGreaterThan(12)
})

describe('given requests that two services share', () => {
  test('when both are there, then each request has its reply', () => {
    const world = runOf('nats-request-reply')
    expect(world.part('shop')).toMatchObject({ repliedCount: 11, timedOutCount: 0 })
  })

  test('when both are gone, then the server answers at once that nobody is there', () => {
    const script: Action[] = ['prices-a', 'prices-b'].map((node) => ({
      atUs: 100_000,
      do: 'crash',
      node,
    }))
    const world = runOf('nats-request-reply', script)
    expect(world.part('shop')).toMatchObject({ noResponderCount: 11, timedOutCount: 0 })
  })

  test('when a reply is lost, then its request times out', () => {
    const script: Action[] = [{ atUs: 100_000, do: 'loseNext', link: 'ask', way: 'back' }]
    const world = runOf('nats-request-reply', script)
    expect(world.part('shop')).toMatchObject({ repliedCount: 10, timedOutCount: 1 })
  })
})

test('given a slow subscriber, then its library drops and the other one gets all', () => {
  const matrix = matrixOf(runOf('nats-slow-subscriber'))
  const { got = 0, missed = 0, cells } = columnOf(matrix, 'chart')
  expect(columnOf(matrix, 'logger')).toMatchObject({ got: 45, missed: 0 })
  expect(missed).toBeGreaterThan(10)
  expect(got + missed).toBe(45)
  expect(cells.find((cell) => cell?.missed)).toMatchObject({ missed: 'slow consumer' })
})

describe('given an ack wait of 3 s and max deliver 3', () => {
  const world = runOf('nats-ack-wait')

  test('when mails fail, then they come again and some are given up after three deliveries', () => {
    const matrix = matrixOf(world)
    const { twice = 0, cells } = columnOf(matrix, 'mailer')
    expect(twice).toBeGreaterThan(0)
    expect(Math.max(...cells.map((cell) => cell?.got ?? 0))).toBeLessThanOrEqual(3)
    expect(countOf(world, NATS_FACTS.gaveUp)).toBeGreaterThan(0)
  })

  test('when they are given up, then they are in the stream all the same', () => {
    expect((world.part('mail') as Stream).count).toBe(8)
  })
})

describe('given a mail in the hands of the mailer', () => {
  const first = (world: World) => {
    const { facts } = world.records
    let found = { message: -1, atUs: -1 }
    facts.each(0, facts.count, (timeUs, kind, _part, message) => {
      if (kind === NATS_FACTS.sent && found.message === -1) found = { message, atUs: timeUs }
    })
    return found
  }
  const { message, atUs } = first(runOf('nats-ack-wait'))
  const settled = (how: 'ack' | 'nak' | 'term' | 'progress', delayMs?: number) =>
    runOf('nats-ack-wait', [
      {
        atUs: atUs + 700_000,
        do: 'settle',
        node: 'mailer',
        message,
        how,
        ...(delayMs !== undefined && { delayMs }),
      },
    ])

  test.each([
    ['ack', NATS_FACTS.acked],
    ['nak', NATS_FACTS.naked],
    ['term', NATS_FACTS.terminated],
    ['progress', NATS_FACTS.inProgress],
  ] as const)('when a person says %s, then the consumer takes it so', (how, kind) => {
    const world = settled(how)
    let came = false
    const { facts } = world.records
    facts.each(0, facts.count, (timeUs, each, _part, about) => {
      came ||= each === kind && about === message && timeUs === atUs + 1_100_000
    })
    expect(came).toBe(true)
  })

  test('when it is a nak with a delay, then it goes out again after that', () => {
    expect(countOf(settled('nak', 2000), NATS_FACTS.nakedLater)).toBe(1)
  })
})

test('given a work queue, then each job is done once and the stream is empty in the end', () => {
  const world = runOf('nats-work-queue')
  expect(countOf(world, NATS_FACTS.settled)).toBe(18)
  expect((world.part('jobs') as Stream).count).toBe(0)
})

describe('given a durable push consumer beside a plain subscription, both joined at 6 s', () => {
  test('when it is over, then the durable has pushed all, and the plain one missed what was before', () => {
    const world = runOf('nats-push-consumer')
    const matrix = matrixOf(world)
    expect(columnOf(matrix, 'billing')).toMatchObject({ got: 18, missed: 0, twice: 0 })
    expect(columnOf(matrix, 'board')).toMatchObject({ got: 14, missed: 4 })
    expect(countOf(world, NATS_FACTS.acked)).toBe(18)
  })

  test('when its subscriber goes offline and comes back, then nothing is lost to it', () => {
    const world = runOf('nats-push-consumer', [
      { atUs: 10_000_000, do: 'goOffline', node: 'billing' },
      { atUs: 17_000_000, do: 'comeBack', node: 'billing' },
    ])
    expect(columnOf(matrixOf(world), 'billing')).toMatchObject({ got: 18, missed: 0 })
    expect(world.part('billing')).toMatchObject({ processedCount: 18 })
  })
})

test('given a worker that crashes at work, then its job goes to the other one', () => {
  const crash: Action = { atUs: 2_500_000, do: 'crash', node: 'worker-a' }
  const world = runOf('nats-work-queue', [crash], { durationMs: 60_000 })
  expect(countOf(world, NATS_FACTS.ackWaitOver)).toBe(1)
  expect(countOf(world, NATS_FACTS.settled)).toBe(18)
})

describe('given a payment whose acknowledgement is lost', () => {
  const script: Action[] = [{ atUs: 4_000_000, do: 'loseNext', link: 'publish', way: 'back' }]

  test('when it is published again under its id, then the stream knows it', () => {
    const world = runOf('nats-deduplication', script)
    expect(countOf(world, NATS_FACTS.duplicate)).toBe(1)
    expect((world.part('payments') as Stream).last).toBe(7)
    expect(columnOf(matrixOf(world), 'ledger').twice).toBe(0)
  })

  test('when payments bear no ids, then it is stored twice', () => {
    const { nodes } = exampleCalled('nats-deduplication').scenario
    const plain = nodes.map((node) =>
      node.kind === 'producer' ? { ...node, messageIds: false } : node,
    )
    const world = runOf('nats-deduplication', script, { nodes: plain })
    expect((world.part('payments') as Stream).last).toBe(8)
    expect(columnOf(matrixOf(world), 'ledger').twice).toBe(1)
  })
})

describe('given scores on channels of Redis', () => {
  test('when nobody is subscribed to a channel, then its messages are gone', () => {
    const world = runOf('redis-fire-and-forget')
    expect(world.part('redis')).toMatchObject({ unheardCount: 6 })
    const matrix = matrixOf(world)
    expect(columnOf(matrix, 'ticker').got).toBe(6)
    expect(columnOf(matrix, 'app').got).toBe(12)
  })

  test('when a subscriber crashes and restarts, then it misses what was sent meanwhile', () => {
    const matrix = matrixOf(
      runOf('redis-fire-and-forget', [
        { atUs: 5_000_000, do: 'crash', node: 'app' },
        { atUs: 12_000_000, do: 'restart', node: 'app' },
      ]),
    )
    const { missed = 0, got = 0 } = columnOf(matrix, 'app')
    expect(missed).toBeGreaterThan(2)
    expect(missed + got).toBe(12)
  })
})

test('given a server that restarts, then clients connect again and a stream in a file is kept', () => {
  const world = runOf('nats-work-queue', [{ atUs: 6_000_000, do: 'restartBroker', broker: 'nats' }])
  expect((world.part('nats') as NatsServer).jetStream.streams[0]?.alive).toBe(true)
  expect(countOf(world, NATS_FACTS.settled)).toBe(18)
})

describe('given the findings of a run', () => {
  const kindsOf = (world: World) => {
    const reader = new OutcomeReader(world)
    reader.read()
    return reader.finish().map(({ kind, node, message }) => ({ kind, node, message }))
  }

  test('when a subscriber was not there yet, then each message that passed it by is lost to it', () => {
    const lost = kindsOf(runOf('nats-broadcast')).filter(({ kind }) => kind === 'lost')
    expect(lost.map(({ node }) => node)).toEqual(Array(6).fill('dashboard'))
  })

  test('when max deliver is reached, then the mail is given up', () => {
    const found = kindsOf(runOf('nats-ack-wait')).filter(({ kind }) => kind === 'deadLettered')
    expect(new Set(found.map(({ node }) => node))).toEqual(new Set(['mailer-durable']))
  })

  test('when a worker crashes after its effect, then the effect happens twice among those who share the work', () => {
    const script: Action[] = [
      { atUs: 1_000_000, do: 'crashAt', node: 'worker-a', point: 'afterEffect' },
    ]
    const found = kindsOf(runOf('nats-work-queue', script, { durationMs: 60_000 }))
    expect(found.map(({ kind }) => kind)).toContain('duplicated')
  })
})
