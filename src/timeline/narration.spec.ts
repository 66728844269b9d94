/** Screen readers are told once things have come to rest, and not too often. */
import { describe, expect, it } from 'vitest'
import { type Clock, narrate } from './narration.ts'

/** A clock that a test moves by hand. */
function handClock() {
  let now = 0
  let calls: { atMs: number; call: () => void }[] = []
  const clock: Clock = {
    nowMs: () => now,
    after(ms, call) {
      const entry = { atMs: now + ms, call }
      calls.push(entry)
      return () => {
        calls = calls.filter((other) => other !== entry)
      }
    },
  }
  const run = (ms: number) => {
    now += ms
    const due = calls.filter((entry) => entry.atMs <= now)
    calls = calls.filter((entry) => entry.atMs > now)
    for (const entry of due) entry.call()
  }
  return { clock, run }
}

function narrated() {
  const { clock, run } = handClock()
  const said: string[] = []
  return { narration: narrate((topics) => said.push(topics.join(' ')), clock), said, run }
}

describe('narration', () => {
  it('given a dragged slider, then it speaks once, after it has come to rest', () => {
    const { narration, said, run } = narrated()
    for (let i = 0; i < 10; i += 1) {
      narration.tell('moment')
      run(50)
    }
    expect(said).toEqual([])
    run(400)
    expect(said).toEqual(['moment'])
  })

  it('given something said just now, then the next waits until two seconds have passed', () => {
    const { narration, said, run } = narrated()
    narration.tell('moment')
    run(400)
    narration.tell('moment')
    run(1999)
    expect(said).toHaveLength(1)
    run(1)
    expect(said).toHaveLength(2)
  })

  it('given two sorts of news, then they are merged into one announcement', () => {
    const { narration, said, run } = narrated()
    narration.tell('branch')
    narration.tell('moment')
    run(400)
    expect(said).toEqual(['branch moment'])
  })

  it('given news that no longer holds, then it is not said', () => {
    const { narration, said, run } = narrated()
    narration.tell('moment')
    narration.hush('moment')
    run(5000)
    expect(said).toEqual([])
  })

  it('given that it was stopped, then nothing more is said', () => {
    const { narration, said, run } = narrated()
    narration.tell('moment')
    narration.stop()
    run(5000)
    expect(said).toEqual([])
  })
})
