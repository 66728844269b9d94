/** Experiments of every example lead to nodes that exist. */
import { describe, expect, it } from 'vitest'
import { must } from '../base/assert.ts'
import { EXAMPLES, findExample } from '../scenario/examples/index.ts'
import { whatToTry } from './whatToTry.ts'

const tryIn = (id: string) => whatToTry(must(findExample(id), id).scenario)

describe('what to try', () => {
  it('given any example, then there is something to try, at nodes that exist', () => {
    for (const { id, scenario } of EXAMPLES) {
      const experiments = whatToTry(scenario)
      expect(experiments.length, id).toBeGreaterThan(0)
      const ids = scenario.nodes.map((node) => node.id)
      for (const { node } of experiments) expect(ids).toContain(node)
    }
  })
  it('given automatic acknowledgement, then a crash is said to lose the message', () => {
    expect(
      tryIn('orders')
        .map(({ sentence }) => sentence)
        .join(' '),
    ).toContain('is gone')
  })
  it('given several of a kind, then the first speaks for all', () => {
    const nodes = tryIn('notifications-team').map(({ node }) => node)
    expect(nodes).toEqual(['notifications', 'email-1'])
  })
  it('given subscribers that are served in several ways, then each way has its own, and what is kept for comes first', () => {
    const of = (id: string) => tryIn(id).map(({ node, sentence }) => `${node}: ${sentence}`)
    expect(of('nats-push-consumer')[0]).toMatch(/^billing: .*kept for it/)
    expect(of('nats-push-consumer').at(-1)).toMatch(/^board: .*passes it by/)
    expect(of('nats-queue-group').join()).toMatch(/worker a offline. The others of workers get/)
    expect(of('nats-work-queue').join()).toMatch(/worker a offline. The others who take from/)
    expect(of('mqtt-shared').join()).toMatch(/worker-1 offline. The others of the share get/)
  })
  it('given a topic, then a group that has offsets can be moved, by its name, and a share group cannot', () => {
    const of = (id: string) => tryIn(id).map(({ sentence }) => sentence)
    expect(of('notifications')).toContain(
      'Move email on notifications to the beginning. It reads everything again; the others do not notice.',
    )
    expect(of('group-shares')).toContain(
      'Move packing on orders to the beginning. It reads everything again.',
    )
    expect(of('share-queue').join()).not.toContain('to the beginning')
  })
  it('given cloud subscriptions, then the deadline has its name, and what only passes on has nothing to nack', () => {
    const of = (id: string) => tryIn(id).map(({ sentence }) => sentence)
    expect(of('cloud-ack-deadline').join()).toContain('outlasts the ack deadline')
    expect(of('cloud-ordering').join()).toContain('when its ack deadline is over')
    // A run of 40 s does not show the end of a visibility timeout of 30 s to whoever acts in its middle.
    expect(of('sns-fan-out').join()).toContain('waits in billing')
    expect(of('sqs-jobs').join()).toMatch(/outlasts the visibility timeout|timeout is over/)
    expect(of('sns-fan-out').join()).not.toContain('nack')
  })
  it('given MQTT clients, then what waits for each is what its session and the QoS of all say', () => {
    const of = (id: string) => tryIn(id).map(({ sentence }) => sentence)
    expect(of('mqtt-session').join()).toContain('waits in its session')
    expect(of('mqtt-qos').join()).toContain('published meanwhile passes it by.')
    expect(of('mqtt-retained').join()).toContain('passes it by; it gets only what is retained')
  })
  it('given patterns of Redis, then a channel can be tried', () => {
    const of = (id: string) => tryIn(id).map(({ sentence }) => sentence)
    expect(of('redis-fire-and-forget').join()).toContain('whose patterns match')
  })
})
