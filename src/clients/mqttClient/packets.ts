/** Control packets of MQTT (MQTT 5.0, 2.1.2), by the numbers under which they travel on links. */
export const PACKETS = {
  connect: 100,
  connack: 101,
  publish: 102,
  puback: 103,
  pubrec: 104,
  pubrel: 105,
  pubcomp: 106,
  subscribe: 107,
  suback: 108,
  unsubscribe: 109,
  unsuback: 110,
  pingreq: 111,
  pingresp: 112,
  disconnect: 113,
  /** No packet: the end of a TCP connection, which comes after all that was sent before it. */
  close: 114,
} as const

const NAMES = new Map<number, string>(
  Object.entries(PACKETS).map(([name, number]) => [number, name.toUpperCase()]),
)

/** The name of a packet as the standard writes it; undefined for what is none. */
export function packetName(op: number): string | undefined {
  return NAMES.get(op)
}

/** What is said of a PUBLISH besides its message, in one number: QoS, retain flag, DUP flag. */
export interface PublishFlags {
  qos: number
  retain: boolean
  dup: boolean
}

export function flagsOf({ qos, retain, dup }: PublishFlags): number {
  return qos + (retain ? 4 : 0) + (dup ? 8 : 0)
}

export function readFlags(flags: number): PublishFlags {
  return { qos: flags & 3, retain: (flags & 4) !== 0, dup: (flags & 8) !== 0 }
}
