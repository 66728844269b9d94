/** Programs for KurrentDB: what they ask of the store is what the scenario says. */
import { describe, expect, test } from 'vitest'
import type { ExampleId } from '../../examples/catalog.ts'
import { EVENT_STORES } from '../../examples/eventstores/catalog.ts'
import { exampleCalled } from '../../examples/index.ts'
import { linesLitBy, textOf } from '../program.ts'
import { kurrentProgram } from './kurrent.ts'

function programOf(id: ExampleId, node: string | null, changes: object = {}): string {
  const { scenario } = exampleCalled(id)
  const nodes = scenario.nodes.map((each) => (each.id === node ? { ...each, ...changes } : each))
  const program = kurrentProgram({ ...scenario, nodes }, node)
  return program === null ? '' : textOf(program)
}

describe('given a command handler', () => {
  test('when it expects the version that it has read, then the append says so, and a conflict is tried again', () => {
    const text = programOf('account-two-writers', 'web-shop')
    expect(text).toContain('streamState: revision')
    expect(text).toContain('WrongExpectedVersionError')
  })

  test('when it expects any version, then nothing is tried again', () => {
    const text = programOf('account-two-writers', 'web-shop', { expects: 'any' })
    expect(text).toContain('streamState: ANY')
    expect(text).not.toContain('WrongExpectedVersionError')
  })
})

test.each([
  ['', 'subscribeToAll({ fromPosition: from, filter: excludeSystemEvents() })'],
  ['$all?type=Deposited,With', "filter: eventTypeFilter({ prefixes: ['Deposited', 'With'] })"],
  ['$all?stream=account-', "filter: streamNameFilter({ prefixes: ['account-'] })"],
  ['$ce-account', "subscribeToStream('$ce-account', { fromRevision: from, resolveLinkTos: true })"],
  ['account-acc1', "subscribeToStream('account-acc1', { fromRevision: from })"],
])('given a projection of "%s", then its subscription is %s', (source, expected) => {
  const text = programOf('late-projection', 'balance', { source }).replaceAll(/\s+/g, ' ')
  expect(text).toContain(expected)
})

test('given a member of a persistent subscription, then its settings and its answer are those of the scenario', () => {
  const text = programOf('mailer-group', 'mailer-1', {
    ...{ bufferSize: 7, maxRetryCount: 4, messageTimeoutMs: 2500, onFail: 'park' },
  })
  for (const part of ["nack('park'", 'bufferSize: 7', 'maxRetryCount: 4', 'messageTimeout: 2500']) {
    expect(text).toContain(part)
  }
})

test('given readers of two versions, then each program has the reader that its node has', () => {
  expect(programOf('schema-versions', 'strict')).toContain('function strictReader')
  expect(programOf('schema-versions', 'upcaster')).toContain('function upcasterReader')
  expect(programOf('schema-versions', 'v1-code')).not.toContain('Reader')
})

test('given what has nothing to do with a store, then there is no program', () => {
  expect(programOf('orders', null)).toBe('')
  expect(programOf('account', 'teller')).toBe('')
})

test('given any run on event stores, then its lines are lit by facts, and braces are closed', () => {
  for (const { id } of EVENT_STORES) {
    const { scenario } = exampleCalled(id)
    const program = kurrentProgram(scenario, null)
    if (!program) continue
    const text = textOf(program)
    expect(text.split('{').length, id).toBe(text.split('}').length)
    const handler = scenario.nodes.find(({ kind }) => kind === 'commandHandler')
    if (handler) {
      expect(linesLitBy(program, { node: handler.id, kind: 'appending' }), id).toHaveLength(1)
    }
  }
})
