/** Messages that are gone are told of on the spot, with the reason, and only for a moment. */
import { describe, expect, test } from 'vitest'
import { must } from '../base/assert.ts'
import { AMQP_FACTS } from '../brokers/amqp/facts.ts'
import { CLIENT_FACTS } from '../clients/client.ts'
import type { Action } from '../scenario/document.ts'
import { findExample } from '../scenario/examples/index.ts'
import { History } from './history.ts'
import { VANISHED_US } from './vanished.ts'

function run(example: string, script: Action[] = []): History {
  const history = new History(must(findExample(example), example).scenario, script)
  while (history.advance()) {}
  return history
}

function at(history: History, atUs: number) {
  history.seek({ atUs })
  return history.frame().vanished
}

/** When the first fact of a kind happened. */
function firstUs(history: History, kind: number): number {
  const { facts } = history.live.records
  for (let i = 0; i < facts.count; i++) if (facts.kind(i) === kind) return facts.timeUs(i)
  throw new Error(`no fact of kind ${kind}`)
}

describe('given a queue that refuses what is too much', () => {
  const history = run('overload')
  const us = firstUs(history, AMQP_FACTS.refused)

  test('when it refuses a message, then that stands at the queue with its reason', () => {
    expect(at(history, us)[0]).toMatchObject({
      at: 'readings',
      reason: 'refused, full',
      atUs: us,
    })
  })

  test('just before and after its moment is over, nothing of it is shown', () => {
    expect(at(history, us - 1)).toEqual([])
    const later = at(history, us + VANISHED_US + 1)
    expect(later.filter(({ atUs }) => atUs === us)).toEqual([])
  })
})

describe('given messages that die and go to a dead-letter exchange', () => {
  test('then none of them is shown as lost: they live on', () => {
    const history = run('retry')
    const us = firstUs(history, AMQP_FACTS.rejectedToDeadLetter)
    expect(at(history, us)).toEqual([])
    expect(at(history, firstUs(history, AMQP_FACTS.expired))).toEqual([])
    const limited = run('delivery-limit')
    expect(at(limited, firstUs(limited, AMQP_FACTS.gaveUp))).toEqual([])
  })
})

describe('given a consumer without acknowledgements', () => {
  test('when it crashes with a message in its hands, then that message is lost there', () => {
    const { scenario } = must(findExample('orders'), 'orders')
    const nodes = scenario.nodes.map((node) =>
      node.kind === 'consumer' ? { ...node, ack: 'auto' as const } : node,
    )
    const busy = new History({ ...scenario, nodes })
    while (busy.advance()) {}
    const { facts } = busy.live.records
    let startedUs = 0
    for (let i = 0; i < facts.count && startedUs === 0; i++) {
      if (facts.kind(i) === CLIENT_FACTS.started) startedUs = facts.timeUs(i)
    }
    const crash: Action = { do: 'crash', node: 'worker', atUs: startedUs + 1 }
    const history = new History({ ...scenario, nodes }, [crash])
    while (history.advance()) {}
    expect(at(history, startedUs + 1)[0]).toMatchObject({
      at: 'worker',
      reason: 'auto-acked, lost',
    })
  })
})

describe('given a link that is cut', () => {
  const cut: Action = { do: 'cut', link: 'publish', atUs: 4_100_000 }

  test('then what is under way, and what is sent later, is lost beside it', () => {
    const history = run('orders', [cut])
    expect(at(history, 4_100_000)).toMatchObject([{ at: 'publish', reason: 'connection lost' }])
    expect(at(history, 7_000_000)).toMatchObject([{ at: 'publish', reason: 'link cut' }])
    expect(at(history, 6_500_000)).toEqual([])
  })

  test('then a message that its producer publishes again is not lost', () => {
    const { scenario } = must(findExample('orders'), 'orders')
    const nodes = scenario.nodes.map((node) =>
      node.kind === 'producer'
        ? { ...node, confirms: true, onNack: 'retry' as const, retries: 9 }
        : node,
    )
    const history = new History({ ...scenario, nodes }, [cut])
    while (history.advance()) {}
    expect(at(history, 4_100_000)).toEqual([])
    expect(at(history, 7_000_000)).toEqual([])
  })

  test('then a delivery is lost if it counts as acknowledged, and comes again if it does not', () => {
    const consume: Action = { do: 'cut', link: 'consume', atUs: 2_000_000 }
    expect(at(run('orders', [consume]), 2_000_000)).toMatchObject([{ at: 'consume' }])
    const { scenario } = must(findExample('orders'), 'orders')
    const nodes = scenario.nodes.map((node) =>
      node.kind === 'consumer' ? { ...node, ack: 'manual' as const } : node,
    )
    const history = new History({ ...scenario, nodes }, [consume])
    while (history.advance()) {}
    expect(at(history, 2_000_000)).toEqual([])
  })

  test('when a message is taken off a link, then that is said beside it', () => {
    const drop: Action = { do: 'drop', at: 'publish', message: 0, atUs: 1_200_000 }
    expect(at(run('orders', [drop]), 1_200_000)).toMatchObject([
      { message: 0, at: 'publish', reason: 'taken off' },
    ])
  })
})
