/** A subscription of SNS is given another filter policy while a run goes on; one of Google keeps its filter. */
import { describe, expect, test } from 'vitest'
import { CLOUD_FACTS } from '../../../brokers/pubsub/cloud/facts.ts'
import { type Action, actAt, type NodeDoc, type Scenario } from '../../document.ts'
import { parseScript } from '../../validate.ts'
import { World } from '../../world.ts'

const S = 1_000_000
const position = { x: 0, y: 0 }

/** An order of 50, one of 150 and a refund, a second apart, over and over. */
function scenarioWith(target: NodeDoc, filter: string): Scenario {
  return {
    format: 'eventarium-scenario/1',
    title: 'Filters',
    seed: 1,
    durationMs: 12_500,
    brokers: [
      { id: 'sns', family: 'cloud' },
      { id: 'sqs', family: 'sqs' },
    ],
    nodes: [
      {
        kind: 'producer',
        id: 'shop',
        name: 'shop',
        position,
        arrivals: { kind: 'interval', every: { kind: 'fixed', ms: 1000 }, count: 12 },
        bodies: ['{n}'],
        headers: [
          { type: 'order', price: 50 },
          { type: 'order', price: 150 },
          { type: 'refund', price: 20 },
        ],
      },
      { kind: 'cloudTopic', id: 'sales', name: 'sales', broker: 'sns', position },
      { kind: 'cloudSubscription', id: 'some', name: 'some', broker: 'sns', position, filter },
      target,
    ],
    links: [
      { id: 'publish', from: 'shop', to: 'sales', latencyMs: 0 },
      { id: 'fan', from: 'sales', to: 'some', latencyMs: 0 },
      { id: 'on', from: 'some', to: target.id, latencyMs: 0 },
    ],
  }
}
const queue: NodeDoc = { kind: 'sqsQueue', id: 'q', name: 'q', broker: 'sqs', position }
const puller: NodeDoc = {
  kind: 'pollingConsumer',
  id: 'p',
  name: 'p',
  position,
  service: { kind: 'fixed', ms: 10 },
  maxMessages: 1,
  waitTimeMs: 1000,
  deleteWhen: 'after',
}

function passedOn(scenario: Scenario, script: Action[]): string[] {
  const world = new World(scenario)
  world.start(script)
  world.run(world.endUs)
  const { facts } = world.records
  const bodies: string[] = []
  facts.each(0, facts.count, (_us, kind, _part, message) => {
    if (kind === CLOUD_FACTS.forwarded) bodies.push(world.records.body(message))
  })
  return bodies
}

const act = (atS: number, filter: string) => actAt(atS * S, { do: 'filter', link: 'fan', filter })

describe('given a subscription of SNS with a policy', () => {
  const scenario = scenarioWith(queue, '{"type": ["order"]}')

  test('when it is given others in a run, then each holds from its moment on', () => {
    const script = [act(6.5, '{"price": [{"numeric": [">=", 100]}]}'), act(9.5, '{}')]
    expect(passedOn(scenario, script)).toEqual(['1', '2', '4', '5', '8', '10', '11', '12'])
  })

  test('when a link carries such an act, then it is read, and a policy with a mistake is refused with its place', () => {
    expect(parseScript([act(1, '{"type": ["refund"]}')], scenario)).toMatchObject({ ok: true })
    expect(parseScript([act(1, '{"type": "refund"}')], scenario)).toMatchObject({
      sentence: expect.stringContaining('"type" wants a list of values, such as ["order"]'),
    })
  })
})

describe('given a subscription that is pulled, which is one of Google', () => {
  test('when it is to be given another filter, then that is refused', () => {
    const scenario = scenarioWith(puller, 'attributes.type = "order"')
    expect(parseScript([act(1, 'attributes.type = "refund"')], scenario)).toMatchObject({
      sentence: expect.stringContaining('Google Pub/Sub keeps the filter'),
    })
  })
})
