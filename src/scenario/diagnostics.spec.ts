/** Unfinished designs: each says on which node, and what to do; finished ones say nothing. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { scenarios } from '../testing/arbitrary.ts'
import { diagnose } from './diagnostics.ts'
import type { NodeKind, Scenario } from './document.ts'
import { applyEdit, type Edit } from './edit.ts'
import { EXAMPLES, exampleCalled } from './examples/index.ts'
import { NODE_KINDS } from './kinds.ts'
import { newNode } from './placement.ts'

const orders = exampleCalled('orders')

const EMPTY: Scenario = { ...orders.scenario, brokers: [], nodes: [], links: [] }

function edited(scenario: Scenario, ...edits: Edit[]): Scenario {
  return edits.reduce((before, edit) => {
    const result = applyEdit(before, edit)
    if (!result.ok) throw new Error(result.sentence)
    return result.scenario
  }, scenario)
}

function sentencesAlone(kind: NodeKind): string[] {
  const scenario = edited(EMPTY, { edit: 'addNode', node: newNode(kind, EMPTY) })
  return diagnose(scenario).map(({ sentence }) => sentence)
}

describe('finished designs', () => {
  // It has a member without a partition.
  const unfinished = ['notifications-team']
  it.each(EXAMPLES.filter(({ id }) => !unfinished.includes(id)).map((e) => [e.id, e] as const))(
    'given the example %s, then there is nothing to say',
    (_id, { scenario }) => {
      expect(diagnose(scenario)).toEqual([])
    },
  )

  it('given more members than partitions, then each member says so', () => {
    const team = EXAMPLES.find(({ id }) => id === 'notifications-team')
    expect(diagnose(team?.scenario ?? EMPTY)).toHaveLength(3)
    expect(diagnose(team?.scenario ?? EMPTY)[0]).toEqual({
      node: 'email-1',
      sentence:
        'Its group has 3 members for 2 partitions: some have nothing to do. Add partitions or remove members.',
    })
  })
})

describe('unfinished designs', () => {
  it.each<[NodeKind, string]>([
    [
      'producer',
      'Its messages go nowhere. Link it to an exchange, a queue, a topic or a command handler.',
    ],
    ['exchange', 'No queue is bound to it: every message is lost. Link it to a queue.'],
    ['queue', 'Nobody consumes from it: messages stay. Link it to a consumer.'],
    ['consumer', 'It gets nothing. Link a queue to it.'],
    ['topic', 'Nobody reads it. Link it to a group consumer.'],
    ['groupConsumer', 'It gets nothing. Link a topic to it.'],
    ['eventStore', 'It stays empty. Link a command handler to it.'],
    ['commandHandler', 'It turns every command down. Link it to an event store.'],
    ['projection', 'It has no events to fold. Link an event store to it.'],
    ['relay', 'It has no events to move. Link an event store to it.'],
  ])('given %s alone, then it says what it needs', (kind, sentence) => {
    expect(sentencesAlone(kind)).toContain(sentence)
  })

  it('given every kind, then every sentence says what happens and then what to do', () => {
    for (const kind of NODE_KINDS) {
      for (const sentence of sentencesAlone(kind)) {
        expect(sentence).toMatch(/^[A-Z][^.]*\. (Link|Give|Publish|Add) [^.]*\.$/)
      }
    }
  })

  it('given a key that no queue is bound with, then the producer says which would do', () => {
    const wrong = edited(orders.scenario, {
      edit: 'changeLink',
      id: 'publish',
      changes: { key: 'oders' },
    })
    expect(diagnose(wrong)[0]).toEqual({
      node: 'shop',
      sentence:
        'No queue of (default) is bound with the key "oders". Give the link the key "orders".',
    })
    const none = edited(wrong, { edit: 'changeLink', id: 'publish', changes: { key: undefined } })
    expect(diagnose(none)).toEqual([
      {
        node: 'shop',
        sentence: 'Its messages to (default) have no routing key. Give the link the key "orders".',
      },
    ])
  })

  it('given any scenario, then each diagnostic is about a node of it', () => {
    fc.assert(
      fc.property(scenarios(), (scenario) => {
        const ids = new Set(scenario.nodes.map(({ id }) => id))
        for (const { node } of diagnose(scenario)) expect(ids).toContain(node)
      }),
    )
  })
})
