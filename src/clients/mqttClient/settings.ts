/** Parameters of this kind of client, as the scenario document states them. */
import type { Arrivals, Duration } from '../../engine/distributions.ts'
import type { InboxSettings } from '../client.ts'

export interface MqttSubscriptionDoc {
  /** With `$share/group/` for a shared subscription. */
  filter: string
  qos: 0 | 1 | 2
  /** MQTT 5: does not get what it published itself. */
  noLocal?: boolean
}

export interface MqttWillDoc {
  topic: string
  body: string
  qos?: 0 | 1 | 2
  retain?: boolean
  /** MQTT 5: how long the broker waits for the client to come back. */
  delayMs?: number
}

/** An MQTT client: publishes, subscribes, or both, over one connection. */
export interface MqttClientSettings extends InboxSettings {
  /** 5 unless stated; 4 is MQTT 3.1.1. */
  version?: 4 | 5
  /** Begins with a new session; true unless stated. */
  cleanStart?: boolean
  /** How long its session outlives its connection; 0 unless stated. Of MQTT 3.1.1: for ever unless clean. */
  sessionExpiryMs?: number
  /** PINGREQ at this beat; 0 = never, which is so unless stated. */
  keepAliveMs?: number
  /** It connects at this moment; 0 unless stated. */
  connectAtMs?: number
  /** It says goodbye at one moment, and is back at another. */
  leaveAtMs?: number
  backAtMs?: number
  /** Its process dies at this moment. */
  crashAtMs?: number
  /** Pause before it connects again after its connection was lost; 1000 ms unless stated. */
  reconnectMs?: number
  /** Most QoS 1 and 2 messages that the broker may have unanswered with it; 20 unless stated. */
  receiveMaximum?: number
  subscriptions?: MqttSubscriptionDoc[]
  will?: MqttWillDoc
  /** Publishing: when, to which topics in turn, and how. */
  arrivals: Arrivals
  topics?: string[]
  bodies: string[]
  qos?: 0 | 1 | 2
  retain?: boolean
  /** Message expiry interval; 0 = never. */
  expiryS?: number
  /** How long it works on a message that came. */
  service: Duration
  effect?: string
}

export const RECONNECT_MS = 1000
export const IN_FLIGHT_MAX = 20
