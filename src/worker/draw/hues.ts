/** The hue of each message of a run, found once: a table of bytes. */

export class HueTable {
  private known = new Uint8Array(1024)
  private readonly find: (message: number) => number

  constructor(find: (message: number) => number) {
    this.find = find
  }

  /** 0 to 7; -1 for no message. */
  of(message: number): number {
    if (message < 0) return -1
    if (message >= this.known.length) {
      const wider = new Uint8Array(Math.max(message + 1, this.known.length * 2))
      wider.set(this.known)
      this.known = wider
    }
    const known = this.known[message] as number
    if (known > 0) return known - 1
    const hue = this.find(message) & 7
    this.known[message] = hue + 1
    return hue
  }
}
