/** A 2D context for tests: it draws nothing and writes down every call and every property that is set. */

/** What the canvas of a real one would show is a function of this log. */
export interface FakePen {
  pen: Record<string, unknown>
  log: string[]
}

export function createFakePen(): FakePen {
  const log: string[] = []
  const state: Record<string, unknown> = { globalAlpha: 1, font: '' }
  const pen = new Proxy(state, {
    get: (_target, name) => {
      if (name === 'measureText') return (text: string) => ({ width: text.length * 6 })
      const known = state[String(name)]
      if (known !== undefined) return known
      return (...values: unknown[]) => {
        log.push(`${String(name)} ${values.map(rounded).join(' ')}`)
      }
    },
    set: (_target, name, value) => {
      state[String(name)] = value
      log.push(`${String(name)} = ${rounded(value)}`)
      return true
    },
  })
  return { pen, log }
}

function rounded(value: unknown): string {
  return typeof value === 'number' ? value.toFixed(4) : JSON.stringify(value)
}
