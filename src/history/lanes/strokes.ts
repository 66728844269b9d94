/** What is drawn one by one: stretches and lines as columns, in time and lanes, before anything is known of pixels. */

export class Strokes {
  count = 0
  startUs = new Float64Array(256)
  endUs = new Float64Array(256)
  message = new Int32Array(256)
  /** Lanes (indexes of the scenario's nodes) and rows at both ends; the same for what stays. */
  fromLane = new Uint16Array(256)
  toLane = new Uint16Array(256)
  fromRow = new Uint16Array(256)
  toRow = new Uint16Array(256)
  form = new Uint8Array(256)
  /** How far it came, 0 to 1: less than all of the way only for what was lost. */
  reach = new Float32Array(256)

  clear(): void {
    this.count = 0
  }

  add(
    startUs: number,
    endUs: number,
    message: number,
    form: number,
    fromLane: number,
    toLane: number,
    fromRow: number,
    toRow: number,
    reach: number,
  ): void {
    const i = this.count++
    if (i === this.startUs.length) this.grow()
    this.startUs[i] = startUs
    this.endUs[i] = endUs
    this.message[i] = message
    this.form[i] = form
    this.fromLane[i] = fromLane
    this.toLane[i] = toLane
    this.fromRow[i] = fromRow
    this.toRow[i] = toRow
    this.reach[i] = reach
  }

  private grow(): void {
    const capacity = this.startUs.length * 2
    const longer = <T extends { set(from: T): void }>(from: T, to: T): T => {
      to.set(from)
      return to
    }
    this.startUs = longer(this.startUs, new Float64Array(capacity))
    this.endUs = longer(this.endUs, new Float64Array(capacity))
    this.message = longer(this.message, new Int32Array(capacity))
    this.fromLane = longer(this.fromLane, new Uint16Array(capacity))
    this.toLane = longer(this.toLane, new Uint16Array(capacity))
    this.fromRow = longer(this.fromRow, new Uint16Array(capacity))
    this.toRow = longer(this.toRow, new Uint16Array(capacity))
    this.form = longer(this.form, new Uint8Array(capacity))
    this.reach = longer(this.reach, new Float32Array(capacity))
  }
}
