/** What an MQTT broker is given: how its packets go out, and how it departs from the standard. */
import type { Session } from './session.ts'

/** Properties of a message. */
export interface MqttProps {
  qos: number
  retain: boolean
  /** Message expiry interval in seconds; 0 = never. */
  expiryS: number
}

export interface MqttWire {
  /** PUBLISH to a client; `position` names it when it is answered, -1 with QoS 0. */
  publish(
    session: Session,
    message: number,
    qos: number,
    retain: boolean,
    dup: boolean,
    position: number,
  ): void
  /** PUBREL to a client. */
  pubrel?(session: Session, position: number): void
  /** PUBACK, PUBREC and PUBCOMP to a client that published. */
  puback?(session: Session, packetId: number): void
  pubrec?(session: Session, packetId: number): void
  pubcomp?(session: Session, packetId: number): void
  /** The broker ended a connection. */
  closed?(connection: string): void
  /** A message was passed on to all who are subscribed. */
  passed?(message: number): void
  /** A message will not come to a session; why (`DROPPED`, or `SESSION_GONE`). */
  dropped?(session: Session, message: number, why: number): void
}

export interface MqttOptions {
  /**
   * Does as mosquitto 2.0.11 does where it departs from the standard: the QoS of the first subscription
   * found instead of the greatest, retained messages for shared subscriptions, a share group's next member
   * even if it is not connected, nothing but the QoS changed by subscribing again, what is retained for the
   * filters before a bad one sent when the client comes back, and no expiry of sessions after a restart.
   */
  asMosquitto: boolean
  /** Most messages that wait for one session (max_queued_messages). */
  queueMax: number
}
