/**
 * Steps one at a time, however fast a key repeats: while a step is under way the wishes add up, so that holding the key
 * neither queues up work nor loses a step.
 */
export function stepper(step: (facts: number) => Promise<void>): (facts: number) => void {
  let wished = 0
  let underWay = false
  const run = async () => {
    underWay = true
    try {
      while (wished !== 0) {
        const facts = wished
        wished = 0
        await step(facts)
      }
    } finally {
      underWay = false
    }
  }
  return (facts) => {
    wished += facts
    if (!underWay) void run()
  }
}
