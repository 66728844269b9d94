/**
 * Very many flights as columns of numbers: where thousands are under way, an object for each of them in
 * every frame costs more than drawing it.
 */
import { OP } from '../scenario/wiring/ops.ts'
import type { World } from '../scenario/world.ts'
import { kindOfOp } from './flights.ts'
import type { Flight } from './frame.ts'

/** More of one frame than this are not looked at: nobody could tell. */
const FLIGHTS_MAX = 100_000
/** Their names as numbers. */
const KINDS: readonly Flight['kind'][] = [
  ...(['message', 'batch', 'command', 'append', 'event'] as const),
  ...(['ack', 'nack', 'poll', 'commit', 'confirm', 'reply', 'packet'] as const),
]
/** Kinds below this one are tokens, the others marks. */
const TOKENS = 5

export class FlightColumns {
  count = 0
  /** How many of them are tokens. */
  tokens = 0
  link = new Uint16Array(1024)
  message = new Int32Array(1024)
  /** What it stands for: 1, or the messages of a batch. */
  size = new Int32Array(1024)
  sentUs = new Float64Array(1024)
  arriveUs = new Float64Array(1024)
  private kinds = new Uint8Array(1024)
  private backs = new Uint8Array(1024)

  kind(i: number): Flight['kind'] {
    return KINDS[this.kinds[i] as number] ?? 'reply'
  }
  isToken(i: number): boolean {
    return (this.kinds[i] as number) < TOKENS
  }

  /** Where it is: the share of its link, seen along the arrow. */
  share(i: number, timeUs: number): number {
    const sentUs = this.sentUs[i] as number
    const span = (this.arriveUs[i] as number) - sentUs
    const passed = span <= 0 ? 1 : (timeUs - sentUs) / span
    const share = passed < 0 ? 0 : passed > 1 ? 1 : passed
    return this.backs[i] === 1 ? 1 - share : share
  }

  /** Everything under way in a world. */
  fill(world: World): void {
    this.clear()
    world.links.forEach(({ forward, back }, link) => {
      for (const pipe of back ? [forward, back] : [forward]) {
        const isBack = pipe === back
        pipe.eachUnderWay((op, message, a, sentUs, arriveUs) => {
          const size = op === OP.batch || op === OP.produce ? Math.max(1, a) : 1
          this.add(link, isBack, kindOfOp(op), message, size, sentUs, arriveUs)
        })
      }
    })
  }

  /** The flights of a frame. */
  take(flights: readonly Flight[]): void {
    this.clear()
    for (const { link, back, kind, message, count, sentUs, arriveUs } of flights) {
      this.add(link, back, kind, message, count, sentUs, arriveUs)
    }
  }

  private clear(): void {
    this.count = 0
    this.tokens = 0
  }

  private add(
    link: number,
    back: boolean,
    kind: Flight['kind'],
    message: number,
    size: number,
    sentUs: number,
    arriveUs: number,
  ): void {
    if (this.count >= FLIGHTS_MAX) return
    const i = this.count++
    if (i === this.link.length) this.grow()
    const number = KINDS.indexOf(kind)
    if (number < TOKENS) this.tokens++
    this.link[i] = link
    this.backs[i] = back ? 1 : 0
    this.kinds[i] = number
    this.message[i] = message
    this.size[i] = size
    this.sentUs[i] = sentUs
    this.arriveUs[i] = arriveUs
  }

  private grow(): void {
    const capacity = this.link.length * 2
    const longer = <T extends { set(from: T): void }>(from: T, to: T): T => {
      to.set(from)
      return to
    }
    this.link = longer(this.link, new Uint16Array(capacity))
    this.message = longer(this.message, new Int32Array(capacity))
    this.size = longer(this.size, new Int32Array(capacity))
    this.sentUs = longer(this.sentUs, new Float64Array(capacity))
    this.arriveUs = longer(this.arriveUs, new Float64Array(capacity))
    this.kinds = longer(this.kinds, new Uint8Array(capacity))
    this.backs = longer(this.backs, new Uint8Array(capacity))
  }
}
