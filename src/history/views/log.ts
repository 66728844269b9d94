/** Finds the log that a node of a viewed world belongs to. */
import { must } from '../../base/assert.ts'
import { LogBroker } from '../../brokers/log/broker.ts'
import type { World } from '../../scenario/world.ts'

/** The broker of a topic. */
export function logBrokerOf(world: World, topic: string): LogBroker {
  const node = must(
    world.scenario.nodes.find(({ id }) => id === topic),
    `topic ${topic}`,
  )
  const broker = 'broker' in node ? world.broker<LogBroker>(node.broker) : null
  if (!(broker instanceof LogBroker)) throw new Error(`${topic} is no topic of a log`)
  return broker
}
