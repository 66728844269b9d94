/** A held key loses no step and queues up no work. */
import { describe, expect, it } from 'vitest'
import { stepper } from './stepper.ts'

/** A session whose steps end when the test says so. */
function slowSession() {
  const taken: number[] = []
  let end = () => {}
  const step = (facts: number) => {
    taken.push(facts)
    return new Promise<void>((resolve) => {
      end = resolve
    })
  }
  const endStep = async () => {
    end()
    await new Promise<void>((resolve) => setImmediate(resolve))
  }
  return { taken, step, endStep }
}

describe('stepping with a held key', () => {
  it('given steps wished for during a step, then they are taken together after it', async () => {
    const { taken, step, endStep } = slowSession()
    const wish = stepper(step)
    wish(1)
    wish(1)
    wish(1)
    expect(taken).toEqual([1])
    await endStep()
    expect(taken).toEqual([1, 2])
    await endStep()
    wish(-1)
    expect(taken).toEqual([1, 2, -1])
  })

  it('given steps that cancel each other, then none is taken', async () => {
    const { taken, step, endStep } = slowSession()
    const wish = stepper(step)
    wish(1)
    wish(1)
    wish(-1)
    await endStep()
    expect(taken).toEqual([1])
  })
})
