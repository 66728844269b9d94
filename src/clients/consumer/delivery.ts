/** A delivery in one integer, as facts carry it: its tag, whether it needs an answer, whether it came again. */

export function deliveryOf(tag: number, noAck: boolean, redelivered: boolean): number {
  return (tag << 2) | (noAck ? 2 : 0) | (redelivered ? 1 : 0)
}

export function tagOf(delivery: number): number {
  return delivery >> 2
}

/** The broker considers it acknowledged already: no answer is due. */
export function isNoAck(delivery: number): boolean {
  return (delivery & 2) !== 0
}

export function isRedelivered(delivery: number): boolean {
  return (delivery & 1) !== 0
}
