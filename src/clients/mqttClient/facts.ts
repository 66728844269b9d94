/** What can happen to an MQTT client besides what happens to every client. */
export const MQTT_CLIENT_FACTS = {
  /** It sends CONNECT; aux = number of the connection. */
  connecting: 800,
  /** CONNACK came; aux = 1 if the broker still had its session. */
  connected: 801,
  /** Its connection is over; aux = how (`WENT`). */
  disconnected: 802,
  /** PINGREQ on the beat of its keep alive. */
  pingSent: 803,
  pingAnswered: 804,
  /** QoS 1 or 2, a message waits to be sent; message, aux = position. */
  waitsToSend: 805,
  /** PUBLISH with QoS 1 or 2, unanswered from now on; message, aux = position. */
  sent: 806,
  /** The same once more with DUP, or its PUBREL once more, after a reconnect; message, aux = position. */
  sentAgain: 807,
  /** QoS 0 and no connection, or one that breaks under it: the message is gone; message. */
  notSent: 808,
  /** PUBACK came, QoS 1 is done; message, aux = position. */
  pubackCame: 809,
  /** PUBREC came, PUBREL goes; message, aux = position. */
  pubrecCame: 810,
  /** PUBCOMP came, QoS 2 is done; message, aux = position. */
  pubcompCame: 811,
  /** PUBLISH with QoS 2 came and is held until it is released; message, aux = position. */
  held: 812,
  /** PUBREL came: it is released; message, aux = position. */
  released: 813,
  /** A QoS 2 message that it holds already came once more: only answered; message, aux = position. */
  knownAlready: 814,
  /** A message in memory is lost with the process; message, aux = entry. */
  forgotten: 815,
  /** A message that its filters match will never come; message, aux = why (`MISSED`). */
  missed: 816,
  /** The broker hears from it: CONNECT or PINGREQ. */
  heard: 817,
  /** A packet gets lost on its way, and its connection with it; message, aux = packet. */
  packetLost: 819,
  /** As `held`, of a message that came with DUP. */
  heldAgain: 820,
  /** After CONNACK it has asked for its filters and sent again what is unanswered: from now on new messages go out. */
  settled: 821,
  /** SUBACK came: the broker knows its filters. */
  subackCame: 822,
  /** Its document says when it joins, leaves, comes back or crashes; aux = timer. */
  foreseen: 823,
} as const

/** How a connection ended, as its client sees it. */
export const WENT = { asked: 0, lost: 1, closed: 2, silence: 3, refused: 4 } as const

/** Why a message never comes. */
export const MISSED = {
  absent: 0,
  notYet: 1,
  lost: 2,
  full: 3,
  expired: 4,
  ended: 5,
  /** It never came to the broker. */
  unsent: 6,
} as const
