/** What a relay publishes for an event. */
import { expect, test } from 'vitest'
import { relayBody } from './body.ts'

const event = {
  message: 4,
  stream: 'account-acc1',
  type: 'Deposited',
  data: { account: 'acc1', amount: 100, by: { name: 'Ann' } },
  version: 1,
  position: 9,
  schemaVersion: 1,
  causation: -1,
  recordedUs: 0,
  metadata: {},
}

test.each([
  [undefined, '{"type":"Deposited","account":"acc1","amount":100,"by":{"name":"Ann"}}'],
  ['', '{"type":"Deposited","account":"acc1","amount":100,"by":{"name":"Ann"}}'],
  ['{type} {data}', 'Deposited {"account":"acc1","amount":100,"by":{"name":"Ann"}}'],
  ['{account}: {amount} {by}', 'acc1: 100 {"name":"Ann"}'],
  ['{stream}@{version} #{position}', 'account-acc1@1 #9'],
  ['{n} {owner}', '{n} {owner}'],
  ['{type} {owner}', 'Deposited'],
  ['{type} of {owner}, {amount}', 'Deposited of , 100'],
])('given the template %s, when an event is relayed, then the body is %s', (template, body) => {
  expect(relayBody(template, event)).toBe(body)
})

test('given an event with a cell of the name type, when it is relayed, then the type is the event’s', () => {
  const data = { type: 'gift' }
  expect(relayBody('', { ...event, data })).toBe('{"type":"Deposited"}')
  expect(relayBody('{type}', { ...event, data })).toBe('Deposited')
})

test('given an event whose data is no object, when it is relayed without a template, then its type remains', () => {
  expect(relayBody(undefined, { ...event, data: 7 })).toBe('{"type":"Deposited"}')
})
