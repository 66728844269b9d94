/** What comes with a message besides its topic and body: QoS, retain flag, and how long it is worth sending. */
import type { Records } from '../../../engine/records.ts'
import type { Simulation } from '../../../engine/simulation.ts'
import type { MqttProps } from './wire.ts'

export function propsOf(records: Records, message: number): MqttProps {
  return records.rowAt<MqttProps>(records.messages.props(message))
}

/** Whole seconds that a message has still to live (MQTT 5.0, 3.3.2.3.3). */
export function secondsLeft({ records, nowUs }: Simulation, message: number): number {
  const { expiryS } = propsOf(records, message)
  if (expiryS === 0) return Number.POSITIVE_INFINITY
  const bornS = Math.floor(records.messages.bornUs(message) / 1_000_000)
  return bornS + expiryS - Math.floor(nowUs / 1_000_000)
}
