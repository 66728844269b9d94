/** The agenda against a plain list: whatever is set and taken off, it comes out by time, ties as they were set. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Agenda } from './agenda.ts'
import { Loader, Saver } from './archive.ts'

interface Timer {
  atUs: number
  part: number
  kind: number
  arg: number
}

/** The same, slowly: a list in the order of setting. */
class Plain {
  readonly timers: Timer[] = []

  next(): Timer | undefined {
    let first: Timer | undefined
    for (const timer of this.timers) if (!first || timer.atUs < first.atUs) first = timer
    return first
  }

  pop(): void {
    const first = this.next()
    if (first) this.timers.splice(this.timers.indexOf(first), 1)
  }
}

function nextOf(agenda: Agenda): Timer | undefined {
  if (agenda.nextUs === Number.POSITIVE_INFINITY) return undefined
  const head = agenda.head()
  return { atUs: agenda.nextUs, part: head & 0xffff, kind: head >>> 16, arg: agenda.arg() }
}

/** Numbers: a delay to set a timer after, or -1 to take one off. Few different delays make many ties. */
const steps = fc.array(fc.oneof(fc.integer({ min: 0, max: 9 }), fc.constant(-1)), {
  maxLength: 400,
  size: 'max',
})

describe('given timers set and taken off at random', () => {
  test('when the next one is asked for, then it is that of a plain list', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 150 }), steps, (before, actions) => {
        const agenda = new Agenda()
        const plain = new Plain()
        let nowUs = 0
        const set = (delayUs: number, arg: number) => {
          const timer = { atUs: nowUs + delayUs, part: arg % 7, kind: arg % 3, arg }
          plain.timers.push(timer)
          agenda.add(timer.atUs, timer.part, timer.kind, timer.arg)
        }
        for (let n = 0; n < before; n++) set((n * 37) % 11, n)
        actions.forEach((action, n) => {
          if (action >= 0) set(action, 1000 + n)
          else if (plain.timers.length > 0) {
            nowUs = agenda.nextUs
            agenda.pop()
            plain.pop()
          }
          expect(nextOf(agenda)).toEqual(plain.next())
        })
      }),
    )
  })
})

describe('given thousands of timers', () => {
  const agenda = new Agenda()
  for (let n = 0; n < 5000; n++) agenda.add((n * 7919) % 4999, n % 5, n % 3, n)

  function drained(from: Agenda): Timer[] {
    const timers: Timer[] = []
    for (let next = nextOf(from); next; next = nextOf(from)) {
      timers.push(next)
      from.pop()
    }
    return timers
  }

  test('when it is restored from a checkpoint, then the same comes out, in order', () => {
    const saver = new Saver()
    agenda.archive(saver)
    const restored = new Agenda()
    restored.add(1, 1, 1, 1)
    const loader = new Loader(saver.done())
    restored.archive(loader)
    loader.finish()
    const timers = drained(restored)
    expect(timers).toHaveLength(5000)
    expect(timers).toEqual(drained(agenda))
    const sorted = timers.toSorted((a, b) => a.atUs - b.atUs || a.arg - b.arg)
    expect(timers).toEqual(sorted)
  })
})
