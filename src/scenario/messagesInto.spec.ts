/** The keys and headers that come to an exchange, read off ready-made runs and off what a person did. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { must } from '../base/assert.ts'
import { matchesTopic } from '../brokers/amqp/topicPattern.ts'
import type { ExchangeDoc, Script } from './document.ts'
import type { ExampleId } from './examples/catalog.ts'
import { exampleCalled } from './examples/index.ts'
import { exampleKeys, messagesInto } from './messagesInto.ts'

function into(id: ExampleId, exchange: string, script: Script = []) {
  const { scenario } = exampleCalled(id)
  const node = must(
    scenario.nodes.find((each) => each.id === exchange),
    exchange,
  )
  return messagesInto(scenario, script, node as ExchangeDoc)
}

const keysInto = (id: ExampleId, exchange: string, script: Script = []) =>
  into(id, exchange, script).map(({ key }) => key)

describe('the keys that come to an exchange', () => {
  it('are those of its producers', () => {
    expect(keysInto('topics', 'animals')).toEqual([
      'quick.orange.rabbit',
      'lazy.orange.elephant',
      'quick.brown.fox',
      'lazy.pink.rabbit',
    ])
  })

  it('are the one that the link says, where it says one', () => {
    expect(keysInto('orders', 'default')).toEqual(['orders'])
  })

  it('are those that a person used too', () => {
    const script: Script = [{ atUs: 5, do: 'publish', node: 'animals', key: 'lazy' }]
    expect(keysInto('topics', 'animals', script)).toContain('lazy')
  })

  it('are those of what dies on the way, under its dead-letter key or its own', () => {
    expect(keysInto('retry', 'later')).toEqual(['order'])
    expect(keysInto('retry', 'work')).toEqual(['order'])
  })

  it('are the names of the queues in which replies are wanted', () => {
    expect(keysInto('rpc', 'default')).toEqual(['replies'])
  })
})

it('given a headers exchange, then its producers’ headers come to it', () => {
  expect(into('headers', 'documents').map(({ headers }) => headers)).toEqual([
    { type: 'pdf', kind: 'invoice' },
    { type: 'pdf', kind: 'letter' },
    { type: 'png', kind: 'invoice' },
    { type: 'png', kind: 'photo' },
  ])
})

it('example keys of a pattern match it', () => {
  const word = fc.constantFrom('*', '#', 'a', 'lazy')
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), (words) => {
      const pattern = words.join('.')
      const keys = exampleKeys(pattern)
      expect(keys.length).toBeGreaterThan(0)
      for (const key of keys) expect(matchesTopic(pattern, key), `${pattern} ${key}`).toBe(true)
    }),
  )
})
