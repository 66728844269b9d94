/**
 * Stretches of time, append-only and sorted by their start: a message on its way, or waiting, or in work.
 * What lies in a window is found by what is in the window, however long the run is: a tree of latest ends
 * over the sorted starts leads past everything that was over before.
 */

/** Children of each block of the tree. */
const FAN_BITS = 5
const LEVELS = 6
/** The end of what is not over yet. */
export const OPEN = Number.POSITIVE_INFINITY

interface Level {
  /** Stretches of the block that are not over. */
  open: Int32Array
  /** When the last one that is over ended. */
  latest: Float64Array
}

export class Spans {
  count = 0
  private startsUs = new Float64Array(64)
  private endsUs = new Float64Array(64)
  private messages = new Int32Array(64)
  private tags = new Int32Array(64)
  /** When the first, the second … of them was over, in the order in which they were. */
  private overUs = new Float64Array(64)
  private overCount = 0
  private readonly levels: Level[] = Array.from({ length: LEVELS }, () => ({
    open: new Int32Array(8),
    latest: new Float64Array(8).fill(Number.NEGATIVE_INFINITY),
  }))

  /** Begins a stretch, at or after the start of the one before it; returns its number. */
  open(startUs: number, message: number, tag: number): number {
    const index = this.count++
    if (index === this.startsUs.length) this.grow()
    this.startsUs[index] = startUs
    this.endsUs[index] = OPEN
    this.messages[index] = message
    this.tags[index] = tag
    for (let level = 0; level < LEVELS; level++) {
      const block = index >> (FAN_BITS * (level + 1))
      const { open } = this.roomFor(level, block)
      open[block] = (open[block] as number) + 1
    }
    return index
  }

  /** Ends a stretch, at or after the end of the one that ended before it. */
  close(index: number, endUs: number): void {
    this.endsUs[index] = endUs
    this.overUs[this.overCount++] = endUs
    for (let level = 0; level < LEVELS; level++) {
      const block = index >> (FAN_BITS * (level + 1))
      const { open, latest } = this.levels[level] as Level
      open[block] = (open[block] as number) - 1
      latest[block] = endUs
    }
  }

  startUs(index: number): number {
    return this.startsUs[index] as number
  }
  endUs(index: number): number {
    return this.endsUs[index] as number
  }
  message(index: number): number {
    return this.messages[index] as number
  }
  tag(index: number): number {
    return this.tags[index] as number
  }
  retag(index: number, tag: number): void {
    this.tags[index] = tag
  }

  /** How many began before a moment, or at it. */
  begunAt(timeUs: number): number {
    return rank(this.startsUs, this.count, timeUs, true)
  }

  /** How many are there at a moment, after everything of that microsecond. */
  presentAt(timeUs: number): number {
    return this.begunAt(timeUs) - rank(this.overUs, this.overCount, timeUs, true)
  }

  /** How many touch a window, ends included: exact, without looking at any of them. */
  countIn(fromUs: number, toUs: number): number {
    return this.begunAt(toUs) - rank(this.overUs, this.overCount, fromUs, false)
  }

  /** Calls `visit` with each stretch that touches the window, in the order of their starts. */
  eachIn(fromUs: number, toUs: number, visit: (index: number) => void): void {
    const end = this.begunAt(toUs)
    this.descend(LEVELS - 1, 0, end, fromUs, visit)
  }

  /** Calls `visit` with each stretch of a message. */
  eachOf(message: number, visit: (index: number) => void): void {
    const { messages, count } = this
    for (let at = messages.indexOf(message); at !== -1 && at < count; ) {
      visit(at)
      at = messages.indexOf(message, at + 1)
    }
  }

  /** Bytes held. */
  get bytes(): number {
    const { startsUs, endsUs, messages, tags, overUs } = this
    let sum = 0
    for (const column of [startsUs, endsUs, messages, tags, overUs]) sum += column.byteLength
    for (const { open, latest } of this.levels) sum += open.byteLength + latest.byteLength
    return sum
  }

  private descend(
    level: number,
    first: number,
    end: number,
    fromUs: number,
    visit: (index: number) => void,
  ): void {
    if (level < 0) {
      const last = Math.min(end, first + (1 << FAN_BITS))
      for (let i = first; i < last; i++) if ((this.endsUs[i] as number) >= fromUs) visit(i)
      return
    }
    const { open, latest } = this.levels[level] as Level
    const step = 1 << (FAN_BITS * (level + 1))
    const stop = level === LEVELS - 1 ? end : Math.min(end, first + (step << FAN_BITS))
    for (let at = first; at < stop; at += step) {
      const block = at >> (FAN_BITS * (level + 1))
      if ((open[block] as number) === 0 && (latest[block] as number) < fromUs) continue
      this.descend(level - 1, at, end, fromUs, visit)
    }
  }

  private roomFor(level: number, block: number): Level {
    const known = this.levels[level] as Level
    if (block < known.open.length) return known
    const open = new Int32Array(known.open.length * 2)
    const latest = new Float64Array(open.length).fill(Number.NEGATIVE_INFINITY)
    open.set(known.open)
    latest.set(known.latest)
    const wider = { open, latest }
    this.levels[level] = wider
    return wider
  }

  private grow(): void {
    const capacity = this.startsUs.length * 2
    this.startsUs = wider(this.startsUs, new Float64Array(capacity))
    this.endsUs = wider(this.endsUs, new Float64Array(capacity))
    this.overUs = wider(this.overUs, new Float64Array(capacity))
    this.messages = wider(this.messages, new Int32Array(capacity))
    this.tags = wider(this.tags, new Int32Array(capacity))
  }
}

function wider<T extends Float64Array | Int32Array>(narrow: T, wide: T): T {
  wide.set(narrow as never)
  return wide
}

/** How many of the sorted `times` are before `timeUs`, or at it when `inclusive`. */
export function rank(
  times: Float64Array,
  count: number,
  timeUs: number,
  inclusive: boolean,
): number {
  let low = 0
  let high = count
  while (low < high) {
    const middle = (low + high) >>> 1
    const at = times[middle] as number
    if (at < timeUs || (inclusive && at === timeUs)) low = middle + 1
    else high = middle
  }
  return low
}
