import { describe, expect, it } from 'vitest'
import type { FactLine } from '../session/session.ts'
import {
  AHEAD,
  currentPosition,
  type FactWindow,
  LINES_MAX,
  PAGE,
  shows,
  windowAround,
  withEarlier,
  withLater,
} from './factWindow.ts'

const MILLION = 1_000_000

/** Every third fact of a run, as a filter would leave them. */
function matching(from: number, to: number): FactLine[] {
  const lines: FactLine[] = []
  for (let index = Math.ceil(from / 3) * 3; index < to; index += 3) {
    lines.push({
      index,
      timeUs: index * 10,
      node: 'n',
      kind: 'k',
      message: -1,
      sentence: '',
      tone: 'normal',
    })
  }
  return lines
}
const before = (index: number, limit: number) => matching(0, index).slice(-limit)
const after = (index: number, limit: number, count: number) =>
  matching(index, Math.min(count, index + limit * 3 + 3)).slice(0, limit)

function around(index: number, count: number): FactWindow {
  return windowAround(index, before(index, PAGE), after(index, AHEAD, count), count)
}

function expectComplete(window: FactWindow) {
  expect(window.lines).toEqual(matching(window.from, window.to))
}

describe('a window into a million facts', () => {
  it('given the middle of the run, then it holds a page before and a few lines after the playhead', () => {
    const window = around(500_000, MILLION)
    expect(window.lines).toHaveLength(PAGE + AHEAD)
    expectComplete(window)
    expect(shows(window, 500_000, MILLION)).toBe(true)
  })

  it('given the start or the end of the run, then it reaches to the first or the last fact', () => {
    expect(around(6, MILLION).from).toBe(0)
    expect(around(MILLION, MILLION).to).toBe(MILLION)
    expect(shows(around(0, MILLION), 0, MILLION)).toBe(true)
    expect(shows(around(MILLION, MILLION), MILLION, MILLION)).toBe(true)
  })

  it('given pages added at either edge, then it stays complete and never exceeds its limit', () => {
    let window = around(500_000, MILLION)
    for (let page = 0; page < 5; page += 1) {
      window = withLater(window, after(window.to, PAGE, MILLION), PAGE, MILLION)
      expectComplete(window)
      expect(window.lines.length).toBeLessThanOrEqual(LINES_MAX)
    }
    for (let page = 0; page < 9; page += 1) {
      window = withEarlier(window, before(window.from, PAGE), PAGE)
      expectComplete(window)
      expect(window.lines.length).toBeLessThanOrEqual(LINES_MAX)
    }
  })

  it('given a playhead near an edge or outside, then it must be asked for anew', () => {
    const window = around(500_000, MILLION)
    expect(shows(window, window.to + 1, MILLION)).toBe(false)
    expect(shows(window, window.from - 1, MILLION)).toBe(false)
    expect(shows(window, window.to - 3, MILLION)).toBe(false)
    expect(shows(window, window.from + 3, MILLION)).toBe(false)
  })

  it('given no match at all, then it covers the whole run and needs no more asking', () => {
    const window = windowAround(700, [], [], 1000)
    expect(window).toEqual({ lines: [], from: 0, to: 1000 })
    expect(shows(window, 900, 1000)).toBe(true)
  })

  it('given a run that has grown, then a window at its old end asks for more', () => {
    const window = around(1000, 1000)
    expect(shows(window, 1000, 1000)).toBe(true)
    expect(shows(window, 1000, 5000)).toBe(false)
  })
})

describe('the current line', () => {
  it('is the last one that has happened at the playhead', () => {
    const lines = matching(0, 12)
    expect(currentPosition(lines, 0)).toBe(-1)
    expect(currentPosition(lines, 1)).toBe(0)
    expect(currentPosition(lines, 3)).toBe(0)
    expect(currentPosition(lines, 4)).toBe(1)
    expect(currentPosition(lines, 99)).toBe(3)
  })
})
